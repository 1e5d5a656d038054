import { resolve } from 'node:path';
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { fromPglite } from 'pg-boss';
import { Problem } from '../domain/problem.ts';
import type { Connection } from './connection.ts';
import { beginFolder, damaged } from './database-folder.ts';
import { type Disk, DurableFiles, type FlushCount } from './durable-files.ts';
import { lockFolder } from './folder-lock.ts';
import { type GuardedEngine, startEngine } from './guarded-engine.ts';
import { once } from './once.ts';
import { type Ask, createAsk, arePlain } from './pipelined.ts';
import * as schema from './schema.ts';
import { createTurns, type Turns } from './turns.ts';

/** After an engine that would not start, the next try waits so long: recovery reads all of the log. */
const REST_MILLISECONDS = 2000;

/** The embedded engine on a folder, with a count of its flushes. */
export interface PgliteConnection extends Connection {
  flushes: Readonly<FlushCount>;
}

/**
 * Opens, and at first start makes, the database under a data folder.
 *
 * When the engine dies, because the disk is full or fails, what was under way is refused with the
 * Problem `database.stopped`; the next query starts it again, and PostgreSQL recovers from its log as
 * after a crash. So a disk that has room again needs no restart by hand.
 *
 * @throws Problem `data.in-use`, `database.damaged`
 */
export async function openPglite(dataFolder: string, disk?: Disk): Promise<PgliteConnection> {
  const release = lockFolder(dataFolder);
  const flushes = { wal: 0, data: 0 };
  const place = resolve(dataFolder, 'database');
  try {
    await beginFolder(place, disk);
    const engine = await keepRunning(() => startEngine(new DurableFiles(place, { flushes, disk }))).catch(
      damaged(place),
    );
    return connectionTo(engine, { place, flushes, release });
  } catch (error) {
    release();
    throw error;
  }
}

/** An engine that is started again when it has died. */
interface RunningEngine {
  /** Does something with the engine, and starts one first when the last has died. */
  use<Result>(work: (engine: PGlite) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

async function keepRunning(start: () => Promise<GuardedEngine>): Promise<RunningEngine> {
  let current = await start();
  let starting: Promise<void> | null = null;
  let restUntil = 0;
  async function startAgain(): Promise<void> {
    restUntil = performance.now() + REST_MILLISECONDS;
    const dead = current;
    current = await start();
    dead.bury();
  }
  /** Whoever comes while an engine starts waits for that start. */
  async function living(): Promise<GuardedEngine> {
    if (current.death() !== null && starting === null && performance.now() < restUntil) throw stopped(current.death());
    if (current.death() !== null) {
      starting ??= startAgain().finally(() => (starting = null));
      await starting.catch((error: unknown) => Promise.reject(stopped(error)));
    }
    return current;
  }
  return {
    async use(work) {
      const engine = await living();
      try {
        return await work(engine.pglite);
      } catch (error) {
        throw engine.death() === null ? error : stopped(error);
      }
    },
    async close() {
      await starting?.catch(() => undefined);
      if (current.death() === null) await current.pglite.close();
    },
  };
}

function stopped(cause: unknown): Problem {
  return new Problem(
    {
      code: 'database.stopped',
      message: 'The database engine stopped, most likely because the disk is full or failing.',
      fix: 'Make room on the disk that holds the data folder; it starts again by itself.',
      retry: 'later',
    },
    { cause },
  );
}

function connectionTo(
  engine: RunningEngine,
  { place, flushes, release }: { place: string; flushes: FlushCount; release: () => void },
): PgliteConnection {
  const turns = createTurns();
  const asks = createAsks();
  const ordinary = inTurn(engine, turns);
  const client = clientOf(ordinary);
  const atOnce = drizzle({ client: quickened(engine, { asks, turns }), schema });
  return {
    engine: 'pglite',
    place,
    flushes,
    queries: drizzle({ client: quickened(ordinary, { asks, turns }), schema }),
    urgently: (work) => turns.take('urgent', () => work(atOnce)),
    hasSenders: turns.hasSenders,
    boss: fromPglite(client),
    async script(sql) {
      await client.exec(sql);
    },
    close: once(async () => {
      await engine.close();
      release();
    }),
  };
}

/** The members of PGlite that Drizzle and pg-boss call. */
function clientOf(engine: RunningEngine): PGlite {
  const client: Pick<PGlite, 'query' | 'exec' | 'transaction'> = {
    query: (...question) => engine.use((pglite) => pglite.query(...question)),
    exec: (...script) => engine.use((pglite) => pglite.exec(...script)),
    transaction: (work) => engine.use((pglite) => pglite.transaction(work)),
  };
  return client as PGlite;
}

/** The engine for those who wait for their turn. */
function inTurn(engine: RunningEngine, turns: Turns): RunningEngine {
  return { ...engine, use: (work) => turns.take('ordinary', () => engine.use(work)) };
}

/** The one `Ask` of each engine: it alone knows which statements the engine knows. */
function createAsks(): (pglite: PGlite) => Ask {
  const asks = new WeakMap<PGlite, Ask>();
  return (pglite) => {
    const ask = asks.get(pglite) ?? createAsk(pglite);
    asks.set(pglite, ask);
    return ask;
  };
}

/** How Drizzle asks. */
interface Asking {
  asks: (pglite: PGlite) => Ask;
  turns: Turns;
}

/** The same for Drizzle, most of whose queries can be asked in one go. */
function quickened(engine: RunningEngine, { asks, turns }: Asking): PGlite {
  const client = clientOf(engine);
  const quick: Pick<PGlite, 'query' | 'exec' | 'transaction'> = {
    exec: client.exec,
    async query<Row>(sql: string, params: unknown[] = [], options: QueryOptions = {}) {
      if (!arePlain(params)) return client.query<Row>(sql, params, options);
      // As PGlite's own `query` goes about it: ready, then after any transaction, then after any query.
      return engine.use(async (pglite) => {
        await pglite._checkReady();
        const asked = () => pglite._runExclusiveQuery(() => asks(pglite)(sql, params, options));
        return (await pglite._runExclusiveTransaction(asked)) as Results<Row>;
      });
    },
    transaction: (work) =>
      engine.use((pglite) =>
        pglite.transaction((tx) => work(quickenedTransaction(tx, { pglite, ask: asks(pglite), turns }))),
      ),
  };
  return quick as PGlite;
}

/** The members of a transaction that Drizzle calls. */
function quickenedTransaction(
  tx: Transaction,
  { pglite, ask, turns }: { pglite: PGlite; ask: Ask; turns: Turns },
): Transaction {
  const quick: Pick<Transaction, 'query' | 'exec' | 'rollback' | 'closed'> = {
    exec: tx.exec,
    rollback: tx.rollback,
    get closed() {
      return tx.closed;
    },
    async query<Row>(sql: string, params: unknown[] = [], options: QueryOptions = {}) {
      await turns.breathe();
      if (tx.closed || !arePlain(params)) return tx.query<Row>(sql, params, options);
      return (await pglite._runExclusiveQuery(() => ask(sql, params, options))) as Results<Row>;
    },
  };
  return quick as Transaction;
}
