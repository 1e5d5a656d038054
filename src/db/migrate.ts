import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Problem } from '../domain/problem.ts';
import type { Connection } from './connection.ts';
import { rowsOf } from './rows-of.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

/** Any number; the same for all instances, so that one migrates while the others wait. */
const LOCK = 7_261_002;

/**
 * Brings the tables up to date: each file of `migrations/` once, in the order of its name, in one
 * transaction of its own. Instances that start together take turns.
 *
 * @throws Problem `database.newer` when the database was made by a later version
 */
export async function migrate(connection: Connection): Promise<readonly string[]> {
  const files = readMigrations();
  return connection.queries.transaction(async (tx) => {
    // First of all: even "create table if not exists" fails when two do it at once.
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.execute(sql`
      create table if not exists migrations (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now()
      )`);
    const rows = rowsOf<{ name: string }>(await tx.execute(sql`select name from migrations`));
    const done = new Set(rows.map((row) => row.name));
    refuseNewer(done, files);
    const due = files.filter((file) => !done.has(file.name));
    for (const file of due) {
      for (const statement of statementsOf(file.text)) await tx.execute(sql.raw(statement));
      await tx.execute(sql`insert into migrations (name, sha256) values (${file.name}, ${sha256(file.text)})`);
    }
    return due.map((file) => file.name);
  });
}

/**
 * How many migrations a start would run; null while there are no tables of ours at all. Changes nothing.
 *
 * @throws Problem `database.newer` when the database was made by a later version
 */
export async function pendingMigrations({ queries }: Connection): Promise<number | null> {
  const found = rowsOf<{ found: boolean }>(
    await queries.execute(sql`select to_regclass('migrations') is not null as found`),
  );
  if (found[0]?.found !== true) return null;
  const done = new Set(rowsOf<{ name: string }>(await queries.execute(sql`select name from migrations`)).map(nameOf));
  const files = readMigrations();
  refuseNewer(done, files);
  return files.filter(({ name }) => !done.has(name)).length;
}

function nameOf({ name }: { name: string }): string {
  return name;
}

interface Migration {
  name: string;
  text: string;
}

/** The migrations of this version, in their order. */
export function readMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
}

function refuseNewer(done: ReadonlySet<string>, files: readonly Migration[]): void {
  const unknown = [...done].filter((name) => !files.some((file) => file.name === name));
  if (unknown.length === 0) return;
  throw new Problem({
    code: 'database.newer',
    message: `The database has the migration ${unknown.join(', ')}, which this version does not know.`,
    fix: 'Start the version that last used this database, or a later one.',
  });
}

/** Our migrations end each statement with a semicolon at the end of a line, and nothing else does. */
function statementsOf(text: string): string[] {
  return text
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
