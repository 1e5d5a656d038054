import { createTask } from 'node-cron';
import type { Log } from '../kit/log.ts';

/** Something that happens at set times. */
export interface Tick {
  name: string;
  /** Six fields: second, minute, hour, day, month, weekday. */
  cron: string;
  timeZone: string;
  work(): Promise<void>;
}

/** Runs ticks at their times; tests have one that is told when. Returns the call that ends it. */
export type Scheduler = (tick: Tick) => () => void;

/** Ticks by the clock of this machine. One that is still running when its time comes again is left out. */
export function cronScheduler(log: Log): Scheduler {
  return ({ name, cron, timeZone, work }) => {
    const task = createTask(cron, work, { name, timezone: timeZone, noOverlap: true, logger: cronLog(log) });
    void task.start();
    return () => void task.destroy();
  };
}

/** node-cron would write to the console. What it warns of, a late tick on a busy machine, the next one mends. */
function cronLog(log: Log) {
  return {
    info: (message: string) => log.debug({}, message),
    warn: (message: string) => log.debug({}, message),
    debug: () => undefined,
    error: (message: string | Error) => log.error({ err: message instanceof Error ? message : null }, 'a tick failed'),
  };
}
