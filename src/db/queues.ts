import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import type { Connection } from './connection.ts';

/**
 * The lanes of work. Each carries no data: a job says only "there is something to do", the tables say
 * what. At most one waits and one runs at a time, across all instances.
 */
export const LANES = [
  'inbox',
  'outbox',
  'attachments',
  'events',
  'flush',
  'pull',
  'comments',
  'tables',
  'advise',
  'learn',
  'sweep',
  'full_pass',
  'compare',
  'weekly',
  'housekeeping',
] as const;
export type Lane = (typeof LANES)[number];

/** A running lane whose process fell silent for so long is taken over by another. pg-boss asks for at least 10. */
const SILENCE_SECONDS = 10;

/** One run of a lane may take so long before it counts as stuck. */
const LONGEST_RUN_SECONDS = 600;

/**
 * One waits, and one runs, as all jobs of a lane are one group. What a job was for stands in the tables, so nothing is
 * tried again and little is kept. Not `stately`, which says the same in a word: of such a queue pg-boss remembers for a
 * minute that a job was running when it last counted, and fetches none meanwhile.
 */
const QUEUE = {
  policy: 'short',
  retryLimit: 0,
  heartbeatSeconds: SILENCE_SECONDS,
  expireInSeconds: LONGEST_RUN_SECONDS,
  retentionSeconds: 3600,
  deleteAfterSeconds: 60,
} as const;

/** Any number that nobody else takes; the same for all instances. */
const LOCK = 7_261_004;

/** How often a lane is looked after. */
export interface LaneTimes {
  /** How often an idle lane looks for work that another instance woke it for. */
  lookSeconds: number;
  /** How often somebody looks whether a running lane fell silent. */
  watchSeconds: number;
  /** After a run or the queue itself failed, the lane is woken again so much later. */
  retryMilliseconds: number;
  /** At a stop, running work may take so long to end; then it is left to the next start. */
  patienceMilliseconds: number;
}

/** Nobody else can wake a lane on PGlite, where looking seldom spares the engine; it still finds a run left behind. */
const TIMES: Readonly<Record<Connection['engine'], LaneTimes>> = {
  pglite: { lookSeconds: 30, watchSeconds: 10, retryMilliseconds: 5000, patienceMilliseconds: 10_000 },
  postgres: { lookSeconds: 2, watchSeconds: 10, retryMilliseconds: 5000, patienceMilliseconds: 10_000 },
};

/** Wakes work up, now or on other instances. */
export interface Lanes {
  /**
   * Tells a lane that there is something to do. Harmless when it knows already. With `onceInSeconds`, it
   * counts once in so long a span of the clock, however many instances say it.
   */
  wake(lane: Lane, when?: { onceInSeconds: number }): Promise<void>;
  /** The same for whoever cannot try again: where it fails it is done in a while, and told as work that failed. */
  wakeSurely(lane: Lane): Promise<void>;
  /** Runs the work whenever its lane is woken. Work that fails is run again in a while. */
  serve(lane: Lane, work: () => Promise<void>): Promise<void>;
  /** Whether they were told to stop: work that takes long ends where it can, and leaves the rest to the next start. */
  isStopping(): boolean;
  /** Waits a while for running work, then lets go; what still runs fails quietly once the database is closed. */
  stop(): Promise<void>;
}

/**
 * Opens the lanes on a database that is migrated. Errors of the queue itself and of work go to `onError`. Times
 * that are left out are those of the engine.
 */
export async function openLanes(
  connection: Connection,
  onError: (error: Error) => void,
  given: Partial<LaneTimes> = {},
): Promise<Lanes> {
  const times = { ...TIMES[connection.engine], ...given };
  const boss = new PgBoss({
    db: connection.boss,
    ...(connection.engine === 'pglite' ? { backend: 'pglite' as const } : {}),
    schedule: false,
    superviseIntervalSeconds: times.watchSeconds,
    monitorIntervalSeconds: times.watchSeconds,
    // Jobs that wait for other jobs: we have none.
    flowIntervalSeconds: 3600,
  });
  const lanes = lanesOf(boss, { engine: connection.engine, times, onError });
  boss.on('error', (error) => lanes.recover(error));
  await alone(connection, async () => {
    await boss.start();
    await makeQueues(boss);
  });
  if (connection.engine === 'pglite') await forgetRunsOfDeadProcess(connection);
  return lanes;
}

/** Instances that start together on an empty database would make the tables of the queue twice, so they take turns. */
async function alone({ engine, queries }: Connection, work: () => Promise<void>): Promise<void> {
  if (engine === 'pglite') return work();
  await queries.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await work();
  });
}

/** A queue of an earlier version, of another policy, is made anew: what waited in it is woken at every start. */
async function makeQueues(boss: PgBoss): Promise<void> {
  const policies = new Map((await boss.getQueues()).map(({ name, policy }) => [name, policy]));
  for (const lane of LANES.filter((each) => policies.get(each) !== QUEUE.policy)) {
    if (policies.has(lane)) await boss.deleteQueue(lane);
    await boss.createQueue(lane, QUEUE);
  }
}

/** We hold the folder alone, so whatever still counts as running died with the process before us. */
async function forgetRunsOfDeadProcess(connection: Connection): Promise<void> {
  await connection.script("update pgboss.job set state = 'cancelled', completed_on = now() where state = 'active'");
}

function lanesOf(
  boss: PgBoss,
  { engine, times, onError }: { engine: Connection['engine']; times: LaneTimes; onError: (error: Error) => void },
): Lanes & { recover(error: Error): void } {
  const served = createServed(boss, engine);
  const waking = createWaking(served.wake, { times, onError });
  let isStopping = false;
  let isOver = false;
  return {
    wake: served.wake,
    wakeSurely: waking.surely,
    async serve(lane, work) {
      const run = async () => {
        served.begins(lane);
        try {
          await work();
        } catch (error) {
          if (isOver) return;
          onError(asError(error));
          waking.later(lane);
        }
      };
      served.add(lane, await boss.work(lane, { pollingIntervalSeconds: times.lookSeconds, groupConcurrency: 1 }, run));
    },
    recover(error) {
      if (isOver) return;
      onError(error);
      for (const lane of served.forget()) waking.later(lane);
    },
    isStopping: () => isStopping,
    async stop() {
      isStopping = true;
      waking.stop();
      // A run that the queue gave up would be begun anew at once by another process, while ours may still write to the
      // base. So the queue waits for longer than we do: the run falls silent with us, and is taken over after that.
      const asked = boss.stop({ graceful: true, timeout: times.patienceMilliseconds * 10 });
      asked.catch(() => undefined);
      await Promise.race([asked, pause(times.patienceMilliseconds, undefined, { ref: false })]);
      isOver = true;
    },
  };
}

/** Wakes lanes in a while: after work that failed, and where waking itself fails, until it works. */
function createWaking(
  wake: Lanes['wake'],
  { times, onError }: { times: LaneTimes; onError: (error: Error) => void },
): { surely: Lanes['wakeSurely']; later(lane: Lane): void; stop(): void } {
  const retries = new Map<Lane, NodeJS.Timeout>();
  async function surely(lane: Lane): Promise<void> {
    try {
      await wake(lane);
    } catch (error) {
      onError(asError(error));
      later(lane);
    }
  }
  function later(lane: Lane): void {
    if (retries.has(lane)) return;
    const again = () => {
      retries.delete(lane);
      void surely(lane);
    };
    retries.set(lane, setTimeout(again, times.retryMilliseconds));
  }
  return {
    surely,
    later,
    stop() {
      for (const retry of retries.values()) clearTimeout(retry);
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * The lanes that are served here, and which of them were woken since their last run began. On the embedded
 * engine nobody else can have run those, so they need no second job: each costs a commit, while tickets are
 * made a dozen times a second.
 */
function createServed(boss: PgBoss, engine: Connection['engine']) {
  const workers = new Map<Lane, string>();
  const woken = new Map<Lane, Promise<void>>();
  async function send(lane: Lane, options: { singletonSeconds?: number }): Promise<void> {
    await boss.send(lane, {}, { ...options, group: { id: lane } });
    const worker = workers.get(lane);
    if (worker !== undefined) boss.notifyWorker(worker);
  }
  function sendOnce(lane: Lane): Promise<void> {
    const known = woken.get(lane);
    if (known !== undefined) return known;
    const sent = send(lane, {});
    if (engine === 'postgres' || !workers.has(lane)) return sent;
    woken.set(lane, sent);
    sent.catch(() => woken.delete(lane));
    return sent;
  }
  return {
    add: (lane: Lane, worker: string) => void workers.set(lane, worker),
    /** A job that counts once in a span may not be made at all, so nothing is remembered of it. */
    wake: (lane: Lane, when?: { onceInSeconds: number }) =>
      when === undefined ? sendOnce(lane) : send(lane, { singletonSeconds: when.onceInSeconds }),
    /** What comes in from now on may be missed by this run, and needs another. */
    begins: (lane: Lane) => void woken.delete(lane),
    /** For when the queue itself failed, and nobody knows which jobs there are. Returns all lanes. */
    forget(): readonly Lane[] {
      woken.clear();
      return [...workers.keys()];
    },
  };
}
