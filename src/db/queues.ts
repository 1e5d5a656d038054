import { PgBoss } from 'pg-boss';
import type { Connection } from './connection.ts';

/**
 * The lanes of work. Each carries no data: a job says only "there is something to do", the tables say
 * what. At most one waits and one runs at a time, across all instances.
 */
export const LANES = ['inbox', 'outbox', 'flush', 'pull', 'sweep', 'full_pass', 'housekeeping'] as const;
export type Lane = (typeof LANES)[number];

/** A running lane whose process fell silent for so long is taken over by another. pg-boss asks for at least 10. */
const SILENCE_SECONDS = 10;

/** How often somebody looks whether a running lane fell silent. */
const WATCH_SECONDS = 10;

/** One run of a lane may take so long before it counts as stuck. */
const LONGEST_RUN_SECONDS = 600;

/**
 * How often an idle lane looks for work that another instance woke it for. Nobody else can on PGlite,
 * where looking seldom spares the engine; it still finds a run that was left behind.
 */
const LOOK_SECONDS = { pglite: 30, postgres: 2 };

/** After a run or the queue itself failed, the lane is woken again so much later. */
const RETRY_MILLISECONDS = 5000;

/** Wakes work up, now or on other instances. */
export interface Lanes {
  /**
   * Tells a lane that there is something to do. Harmless when it knows already. With `onceInSeconds`, it
   * counts once in so long a span of the clock, however many instances say it.
   */
  wake(lane: Lane, when?: { onceInSeconds: number }): Promise<void>;
  /**
   * Runs the work whenever its lane is woken, and once at start unless told otherwise. Work that fails is
   * run again in a while.
   */
  serve(lane: Lane, work: () => Promise<void>, options?: { atStart: boolean }): Promise<void>;
  /** Waits for running work, then lets go. */
  stop(): Promise<void>;
}

/** Opens the lanes on a database that is migrated. Errors of the queue itself and of work go to `onError`. */
export async function openLanes(connection: Connection, onError: (error: Error) => void): Promise<Lanes> {
  const boss = new PgBoss({
    db: connection.boss,
    ...(connection.engine === 'pglite' ? { backend: 'pglite' as const } : {}),
    schedule: false,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    // Jobs that wait for other jobs: we have none.
    flowIntervalSeconds: 3600,
  });
  const lanes = lanesOf(boss, { lookSeconds: LOOK_SECONDS[connection.engine], onError });
  boss.on('error', (error) => lanes.recover(error));
  await boss.start();
  await Promise.all(LANES.map((lane) => makeQueue(boss, lane)));
  if (connection.engine === 'pglite') await forgetRunsOfDeadProcess(connection);
  return lanes;
}

async function makeQueue(boss: PgBoss, lane: Lane): Promise<void> {
  await boss.createQueue(lane, {
    policy: 'stately',
    retryLimit: 0,
    heartbeatSeconds: SILENCE_SECONDS,
    expireInSeconds: LONGEST_RUN_SECONDS,
    retentionSeconds: 3600,
    deleteAfterSeconds: 60,
  });
}

/** We hold the folder alone, so whatever still counts as running died with the process before us. */
async function forgetRunsOfDeadProcess(connection: Connection): Promise<void> {
  await connection.script("update pgboss.job set state = 'cancelled', completed_on = now() where state = 'active'");
}

function lanesOf(
  boss: PgBoss,
  { lookSeconds, onError }: { lookSeconds: number; onError: (error: Error) => void },
): Lanes & { recover(error: Error): void } {
  const workers = new Map<Lane, string>();
  const retries = new Map<Lane, NodeJS.Timeout>();
  async function wake(lane: Lane, when?: { onceInSeconds: number }): Promise<void> {
    await boss.send(lane, {}, when === undefined ? {} : { singletonSeconds: when.onceInSeconds });
    const worker = workers.get(lane);
    if (worker !== undefined) boss.notifyWorker(worker);
  }
  function wakeLater(lane: Lane): void {
    if (retries.has(lane)) return;
    const again = () => {
      retries.delete(lane);
      wake(lane).catch((error: Error) => {
        onError(error);
        wakeLater(lane);
      });
    };
    retries.set(lane, setTimeout(again, RETRY_MILLISECONDS));
  }
  return {
    wake,
    async serve(lane, work, { atStart } = { atStart: true }) {
      const run = async () => {
        try {
          await work();
        } catch (error) {
          onError(error instanceof Error ? error : new Error(String(error)));
          wakeLater(lane);
        }
      };
      workers.set(lane, await boss.work(lane, { pollingIntervalSeconds: lookSeconds }, run));
      if (atStart) await wake(lane);
    },
    recover(error) {
      onError(error);
      for (const lane of workers.keys()) wakeLater(lane);
    },
    async stop() {
      for (const retry of retries.values()) clearTimeout(retry);
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
