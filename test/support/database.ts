import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { openDatabase } from '../../src/db/open.ts';
import { TEMPLATE } from './engines.ts';

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
  /** Closes the connection, if it is open still, and deletes everything. */
  drop(): Promise<void>;
}

export async function aDatabase(engine: Engine): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tabledesk-test-'));
  const where = engine === 'pglite' ? await copyFolder(dataFolder) : await copyDatabase(dataFolder);
  const connection = await openDatabase(where);
  return {
    connection,
    where,
    empty: () => empty(connection),
    async drop() {
      await connection.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** What migrations and the queue made of themselves stays. */
async function empty(connection: Connection): Promise<void> {
  await connection.script(`
    do $$ begin
      execute (
        select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
        from pg_tables where schemaname = 'public' and tablename <> 'migrations'
      );
    end $$;
    alter sequence desk_rows_revisions restart;
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
