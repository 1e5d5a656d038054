import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Problem } from '../domain/problem.ts';
import type { Connection, Queries } from './connection.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { rowsOf } from './rows-of.ts';

/** Rows that are read and written at once; where they hold files or whole requests, fewer. */
const BATCH = { usual: 500, heavy: 10 };

/** What each database writes for itself. */
const OWN_TABLES: readonly string[] = ['migrations'];

/** A table with its columns that are written; the others follow from these. */
interface Table {
  name: string;
  columns: readonly string[];
  isHeavy: boolean;
}

export interface Moved {
  tables: number;
  rows: number;
}

/**
 * Copies everything from the embedded database of a data folder into an empty PostgreSQL, in one transaction: all of it
 * is there, or nothing. The lanes of work are not copied, as every start fills them from the tables.
 *
 * @throws Problem `data.in-use`, `move.nothing`, `move.other-version`, `move.not-empty`, `database.newer`
 */
export async function moveDatabase(
  { dataFolder, url }: { dataFolder: string; url: string },
  show: (told: { table: string; rows: number }) => void,
): Promise<Moved> {
  if (!existsSync(join(dataFolder, 'database', 'PG_VERSION'))) throw nothingThere(dataFolder);
  const from = await openPglite(dataFolder);
  const to = openPostgres(url);
  try {
    if ((await pendingMigrations(from)) !== 0) throw otherVersion();
    await refuseFilled(to);
    await migrate(to);
    return await to.queries.transaction((tx) => copyAll(from, tx, show));
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}

async function copyAll(
  from: Connection,
  to: Queries,
  show: (told: { table: string; rows: number }) => void,
): Promise<Moved> {
  const tables = await tablesOf(from.queries);
  const moved = { tables: tables.length, rows: 0 };
  for (const table of tables) {
    show({ table: table.name, rows: moved.rows });
    moved.rows += await copyTable(from.queries, to, table);
  }
  await copySequences(from.queries, to);
  return moved;
}

/** Resolves with the number of its rows, which both sides count. */
async function copyTable(from: Queries, to: Queries, table: Table): Promise<number> {
  const name = sql.identifier(table.name);
  // What triggers would note was noted when the rows were first written.
  await to.execute(sql`alter table ${name} disable trigger user`);
  await from.transaction(async (tx) => {
    await tx.execute(
      sql`declare moving no scroll cursor for select to_jsonb(each)::text as written from ${name} as each`,
    );
    const next = sql.raw(`fetch ${table.isHeavy ? BATCH.heavy : BATCH.usual} from moving`);
    for (;;) {
      const rows = rowsOf<{ written: string }>(await tx.execute(next)).map(({ written }) => written);
      if (rows.length === 0) break;
      await insert(to, table, `[${rows.join(',')}]`);
    }
    await tx.execute(sql`close moving`);
  });
  await to.execute(sql`alter table ${name} enable trigger user`);
  const [before, after] = [await countOf(from, table.name), await countOf(to, table.name)];
  if (before !== after) throw new Error(`Of ${before} rows of ${table.name} ${after} arrived, so nothing was moved.`);
  return after;
}

/** One engine writes the rows and the other reads them, so that no value loses anything on its way through JavaScript. */
async function insert(to: Queries, { name, columns }: Table, rows: string): Promise<void> {
  const [table, listed] = [sql.identifier(name), sql.raw(columns.map((column) => `"${column}"`).join(', '))];
  await to.execute(sql`
    insert into ${table} (${listed}) overriding system value
    select ${listed} from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`);
}

async function countOf(queries: Queries, name: string): Promise<number> {
  const counted = await queries.execute(sql`select count(*)::int as count from ${sql.identifier(name)}`);
  return rowsOf<{ count: number }>(counted)[0]?.count ?? 0;
}

/** The next number of each is what it would have been. */
async function copySequences(from: Queries, to: Queries): Promise<void> {
  const read = await from.execute(sql`
    select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public'`);
  for (const { name, last } of rowsOf<{ name: string; last: string | null }>(read)) {
    if (last !== null) await to.execute(sql`select setval(${`public."${name}"`}::regclass, ${last}::bigint)`);
  }
}

async function tablesOf(queries: Queries): Promise<readonly Table[]> {
  const read = await queries.execute(sql`
    select table_name as name, json_agg(column_name order by ordinal_position) as columns,
      bool_or(data_type = 'bytea') as "isHeavy"
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER'
    group by table_name order by table_name`);
  return rowsOf<Table>(read).filter(({ name }) => !OWN_TABLES.includes(name));
}

/** Our own tables without a row count as empty: they are what an attempt leaves behind that broke off. */
async function refuseFilled({ queries }: Connection): Promise<void> {
  for (const { name } of await tablesOf(queries)) {
    const isFilled = rowsOf(await queries.execute(sql`select 1 from ${sql.identifier(name)} limit 1`)).length > 0;
    if (isFilled) throw notEmpty(name);
  }
}

function nothingThere(dataFolder: string): Problem {
  return new Problem({
    code: 'move.nothing',
    message: `The data folder ${dataFolder} has no embedded database.`,
    fix: 'Name the folder of the service that is to move with TABLEDESK_DATA.',
  });
}

function otherVersion(): Problem {
  return new Problem({
    code: 'move.other-version',
    message: 'The embedded database was last used by an earlier version than this one.',
    fix: 'Start the service of this version once without DATABASE_URL, stop it, and move then.',
  });
}

function notEmpty(table: string): Problem {
  return new Problem({
    code: 'move.not-empty',
    message: `There is something in that PostgreSQL already: the table ${table} has rows.`,
    fix: 'Make a database of its own for Tabledesk, with nothing in it, and move into that.',
  });
}
