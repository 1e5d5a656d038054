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

/** One run of a lane may take so long before it counts as stuck. */
const LONGEST_RUN_SECONDS = 600;

/** Wakes work up, now or on other instances. */
export interface Lanes {
  /** Tells a lane that there is something to do. Harmless when it knows already. */
  wake(lane: Lane): Promise<void>;
  /** Runs the work whenever its lane is woken, and once at start. */
  serve(lane: Lane, work: () => Promise<void>): Promise<void>;
  /** Waits for running work, then lets go. */
  stop(): Promise<void>;
}

/** Opens the lanes on a database that is migrated. */
export async function openLanes(connection: Connection, onError: (error: Error) => void): Promise<Lanes> {
  const boss = new PgBoss({
    db: connection.boss,
    ...(connection.engine === 'pglite' ? { backend: 'pglite' as const } : {}),
    schedule: false,
  });
  boss.on('error', onError);
  await boss.start();
  for (const lane of LANES) {
    await boss.createQueue(lane, {
      policy: 'stately',
      retryLimit: 0,
      heartbeatSeconds: SILENCE_SECONDS,
      expireInSeconds: LONGEST_RUN_SECONDS,
      retentionSeconds: 3600,
      deleteAfterSeconds: 60,
    });
  }
  if (connection.engine === 'pglite') await forgetRunsOfDeadProcess(connection);
  return lanesOf(boss);
}

/** We hold the folder alone, so whatever still counts as running died with the process before us. */
async function forgetRunsOfDeadProcess(connection: Connection): Promise<void> {
  await connection.script("update pgboss.job set state = 'cancelled', completed_on = now() where state = 'active'");
}

function lanesOf(boss: PgBoss): Lanes {
  const workers = new Map<Lane, string>();
  return {
    async wake(lane) {
      await boss.send(lane, {});
      const worker = workers.get(lane);
      if (worker !== undefined) boss.notifyWorker(worker);
    },
    async serve(lane, work) {
      workers.set(lane, await boss.work(lane, { pollingIntervalSeconds: 2 }, work));
      await this.wake(lane);
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}
