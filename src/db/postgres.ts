import { drizzle } from 'drizzle-orm/node-postgres';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import type { Connection, Queries } from './connection.ts';
import { once } from './once.ts';
import { cutOff, unreachable } from './outage.ts';
import * as schema from './schema.ts';

/** Connections to the server; one lane decides, the rest serve pages and receive. */
const POOL_SIZE = 10;

/** Opens a PostgreSQL server by its address. */
export function openPostgres(url: string): Connection {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, options: '-c timezone=UTC' });
  // The server may end a connection at any time, as when it is started anew. What was asked over it fails, the pool lets
  // go of it, and opens another when one is wanted. Unheard, the event itself would end this process: one that nobody
  // uses tells the pool, one that is held between two questions tells nobody but itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const transaction = transactionsOf(pool);
  const queries = Object.assign(drizzle(pool, { schema }), { transaction }) as unknown as Queries;
  return {
    engine: 'postgres',
    place: withoutPassword(url),
    queries,
    urgently: (work) => work(queries),
    hasSenders: () => false,
    boss: fromPool(pool),
    async script(text) {
      await pool.query(text);
    },
    close: once(() => pool.end()),
  };
}

/**
 * Drizzle's own takes a connection from the pool, and keeps it for ever if that dies before `begin` is answered: after
 * ten of those nobody has one (drizzle-orm issue 6241). Here it is given back whatever happens; the pool drops dead ones.
 */
function transactionsOf(pool: pg.Pool) {
  return async <Result>(work: (queries: Queries) => Promise<Result>, config?: PgTransactionConfig): Promise<Result> => {
    const client = await pool.connect().catch((error: unknown) => Promise.reject(unreachable(error)));
    let isCut = false;
    const cut = () => void (isCut = true);
    client.once('error', cut);
    try {
      const session = drizzle(client) as unknown as Queries;
      return await session.transaction(work, config);
    } catch (error) {
      throw isCut ? cutOff(error) : error;
    } finally {
      client.off('error', cut);
      client.release();
    }
  };
}

/** pg-boss speaks to the pool as it would to its own. */
function fromPool(pool: pg.Pool): Connection['boss'] {
  return {
    async executeSql(text, values) {
      const result = await pool.query(text, values);
      return { rows: Array.isArray(result) ? result.flatMap((each) => each.rows) : result.rows };
    },
  };
}

function withoutPassword(url: string): string {
  const address = new URL(url);
  if (address.password !== '') address.password = '***';
  return address.toString();
}
