import type { Connection } from '../db/connection.ts';
import type { Lane, Lanes } from '../db/queues.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';
import { dueLanes, LOOK_SECONDS } from './due-lanes.ts';
import type { Scheduler, Tick } from './schedule.ts';

/** Everything is looked at when few people work, and off the full hour, when everybody else's jobs run. */
const FULL_PASS = '0 17 3 * * *';

/** The base is read as a whole, and deleted rows are found, after the tickets were looked at. */
const COMPARE = '0 37 3 * * *';

/** Whatever is new by then is learned, before people come. */
const LEARN = '0 57 3 * * *';

const HOUSEKEEPING = '0 23 * * * *';

/** Ticks of several instances within so long are one. */
const SAME_TICK_SECONDS = 60;

export interface SweepParts {
  connection: Connection;
  lanes: Pick<Lanes, 'wake'>;
  schedule: Scheduler;
  /** Of the desk: whose night it is. */
  timeZone: string;
  now: Now;
  log: Log;
}

/** What makes time pass for the tickets. */
export interface Sweeps {
  start(): void;
  stop(): void;
}

/**
 * The ticks. They do nothing themselves but wake lanes, of which each has one run at a time across all
 * instances; and they wake none for which nothing is due, so that an idle desk leaves its disk alone.
 */
export function createSweeps(parts: SweepParts): Sweeps {
  const stops: (() => void)[] = [];
  return {
    start() {
      for (const tick of ticksOf(parts)) stops.push(parts.schedule(tick));
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

function ticksOf(parts: SweepParts): Tick[] {
  const { connection, lanes, timeZone, now } = parts;
  const wakeOnce = (lane: Lane, onceInSeconds: number) => () => lanes.wake(lane, { onceInSeconds });
  const ticks = [
    {
      name: 'due',
      cron: `*/${LOOK_SECONDS} * * * * *`,
      work: async () => {
        for (const lane of await dueLanes(connection, now())) await wakeDue(parts, lane);
      },
    },
    { name: 'full_pass', cron: FULL_PASS, work: wakeOnce('full_pass', SAME_TICK_SECONDS) },
    { name: 'compare', cron: COMPARE, work: wakeOnce('compare', SAME_TICK_SECONDS) },
    { name: 'learn', cron: LEARN, work: wakeOnce('learn', SAME_TICK_SECONDS) },
    { name: 'housekeeping', cron: HOUSEKEEPING, work: wakeOnce('housekeeping', SAME_TICK_SECONDS) },
  ];
  return ticks.map((tick) => ({ ...tick, timeZone, work: () => quietly(parts, tick) }));
}

/** Asking the base costs a request, so of several instances whose ticks fall together one asks. */
function wakeDue({ lanes }: SweepParts, lane: Lane): Promise<void> {
  const isAsking = lane === 'pull' || lane === 'tables';
  return isAsking ? lanes.wake(lane, { onceInSeconds: LOOK_SECONDS }) : lanes.wake(lane);
}

/** A tick that fails is followed by another; nothing is lost, since the tables know what is to be done. */
async function quietly({ log }: SweepParts, { name, work }: Pick<Tick, 'name' | 'work'>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error, tick: name }, 'a tick could not wake its lanes');
  }
}
