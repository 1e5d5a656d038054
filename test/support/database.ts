import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { inject } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { openDatabase } from '../../src/db/open.ts';
import { rowsOf } from '../../src/db/rows-of.ts';
import { TEMPLATE } from './engines.ts';
import { NO_FLUSH } from './no-flush.ts';

/** Both engines; `describe.each(ENGINES)` runs a suite on each. */
export const ENGINES = ['pglite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

/** A database of a test's own, with all tables and nothing in them. */
export interface TestDatabase {
  connection: Connection;
  /** What `openDatabase` was given, for tests that open it again. */
  where: { url?: string; dataFolder: string };
  /** Empties every table, which takes a hundredth of what a new database takes. */
  empty(): Promise<void>;
  /** Gives it back for other tests, emptied; or closes the connection, if it is open still, and deletes everything. */
  drop(): Promise<void>;
}

/** Databases that a file of tests gave back, for the next one in this process: to open one takes longer than most tests. */
const GIVEN_BACK: Record<Engine, TestDatabase[]> = { pglite: [], postgres: [] };

export async function aDatabase(engine: Engine): Promise<TestDatabase> {
  return GIVEN_BACK[engine].pop() ?? (await newDatabase(engine));
}

async function newDatabase(engine: Engine): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(inject('testFolder'), 'test-'));
  const where = engine === 'pglite' ? await copyFolder(dataFolder) : await copyDatabase(dataFolder);
  const connection = await openDatabase({ ...where, disk: NO_FLUSH });
  const database = {
    connection,
    where,
    empty: () => emptyTables(connection),
    async drop() {
      if (GIVEN_BACK[engine].length === 0 && (await isAsNew(connection))) GIVEN_BACK[engine].push(database);
      else await remove();
    },
  };
  async function remove(): Promise<void> {
    await connection.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
  return database;
}

/** Empties it. One that was closed, or whose lanes did something, is not given to others. */
async function isAsNew(connection: Connection): Promise<boolean> {
  try {
    await emptyTables(connection);
    const jobs = await connection.queries.execute(sql`select from pgboss.job limit 1`);
    return rowsOf(jobs).length === 0;
  } catch {
    return false;
  }
}

/**
 * What migrations and the queue made of themselves stays. Rows are deleted rather than tables truncated, which would
 * make new files of every table and index: of a test's few rows that is a tenth of the work.
 */
export async function emptyTables(connection: Connection, { except = [] }: { except?: readonly string[] } = {}) {
  const kept = ['migrations', ...except].map((name) => `'${name}'`).join(', ');
  await connection.script(`
    do $$ declare
      name text;
      counter text;
      deleted bigint;
    begin
      -- A row that is deleted from the embedded base leaves a note that it is gone.
      for name in
        select tablename from pg_tables where schemaname = 'public' and tablename not in (${kept})
        order by tablename = 'desk_rows_gone'
      loop
        execute format('delete from %I', name);
        get diagnostics deleted = row_count;
        continue when deleted = 0;
        for counter in
          select pg_get_serial_sequence(name, attname) from pg_attribute
          where attrelid = name::regclass and attidentity <> ''
        loop perform setval(counter, 1, false); end loop;
      end loop;
      if not exists (select from desk_rows) then perform setval('desk_rows_revisions', 1, false); end if;
    end $$;
  `);
}

async function copyFolder(dataFolder: string): Promise<{ dataFolder: string }> {
  await cp(inject('pgliteTemplate'), dataFolder, { recursive: true });
  return { dataFolder };
}

async function copyDatabase(dataFolder: string): Promise<{ dataFolder: string; url: string }> {
  const server = inject('postgresServer');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name} template ${TEMPLATE}`);
  await client.end();
  return { dataFolder, url: `${server}/${name}` };
}
