import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Db as BossConnection } from 'pg-boss';
import type { FlushCount } from './durable-files.ts';
import type * as schema from './schema.ts';

/** A place to run typed queries: the database itself, or a transaction in it. */
export type Queries = PgDatabase<PgQueryResultHKT, typeof schema>;

/** One of the two engines, opened. Everything above this folder is the same on both. */
export interface Connection {
  engine: 'pglite' | 'postgres';
  /** Where the data lives, for people: a folder, or an address without its password. */
  place: string;
  queries: Queries;
  /**
   * Works for those at whose door senders wait: the embedded engine lets them go before the lanes, and works
   * for nobody else meanwhile. What is asked for is best gathered within, when the turn has come.
   */
  urgently<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  /**
   * Whether senders came to the door of late. They wait for the turn that is running to end, so turns are to
   * be short then. Never so on PostgreSQL, where nobody waits for a turn.
   */
  hasSenders(): boolean;
  /** The two members that pg-boss asks for. */
  boss: BossConnection;
  /** Runs several statements at once, without parameters. */
  script(sql: string): Promise<void>;
  /** Flushes so far, where the engine runs within this process. */
  flushes?: Readonly<FlushCount>;
  /** Lets go of the database; harmless when it is closed already. */
  close(): Promise<void>;
}
