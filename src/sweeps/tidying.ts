import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { marks } from '../db/schema.ts';
import { isDueByNight } from '../kit/by-night.ts';
import type { Now } from '../ports/now.ts';

/** A machine that is off at night is tidied at another hour once so many hours have passed. */
const LONGEST_HOURS = 7 * 24;

/** Milliseconds between looks whether senders have gone; so many looks in all, and the rest is left for another night. */
const LOOK = 250;
const MOST_LOOKS = 240;

/**
 * Rows that are looked at for each of the planner's figures, in 300s: by PostgreSQL's own 100 a table of 20,000
 * tickets takes a second, by 10 a seventh of that.
 */
const SAMPLE = 10;

/** A table is counted anew when it has so many times the pages; one of fewer pages (2 MB) is read in no time anyway. */
const GROWTH = 4;
const SMALL_PAGES = 64;

const MARK = 'tidied';

export interface TidyingParts {
  connection: Connection;
  /** Of the desk: whose night it is. */
  timeZone: () => string;
  now: Now;
  pause: (milliseconds: number) => Promise<void>;
}

/**
 * Makes the room of rows that changed or are gone free for others, table by table, and counts anew what the
 * planner goes by. A server does that by itself; the embedded engine does not, and its files would grow with every
 * change. Nobody else can use the engine while a table is tidied (measured with 20,000 tickets: 0.1 s when a
 * few hundred of them changed since, 0.9 s when all did), so it is done at night, and between senders.
 *
 * At other hours only tables that have grown since are counted, as the planner believes the last count.
 *
 * @returns how many tables were tidied or counted
 */
export async function tidy(parts: TidyingParts): Promise<number> {
  const { connection } = parts;
  if (connection.engine !== 'pglite') return 0;
  if (!(await isDue(parts))) return inQuiet(parts, { tables: await grownTables(connection), work: [counting] });
  const tables = await tablesOf(connection);
  const tidied = await inQuiet(parts, { tables, work: [(table) => `vacuum ${table}`, counting] });
  if (tidied === tables.length) await noteTidied(parts);
  return tidied;
}

/** Does all of it with one table after the other, each in a moment without senders. Returns with how many. */
async function inQuiet(
  parts: TidyingParts,
  { tables, work }: { tables: readonly string[]; work: readonly ((table: string) => string)[] },
): Promise<number> {
  const patience = { looks: MOST_LOOKS };
  for (const [index, table] of tables.entries()) {
    for (const statements of work) {
      if (!(await isQuiet(parts, patience))) return index;
      await parts.connection.script(statements(table));
    }
  }
  return tables.length;
}

function counting(table: string): string {
  return `set default_statistics_target = ${SAMPLE}; analyze ${table}; reset default_statistics_target`;
}

/** A new desk has nothing to tidy, and at its first start everybody waits for it. */
async function isDue(parts: TidyingParts): Promise<boolean> {
  const { connection, timeZone, now } = parts;
  const [mark] = await connection.queries.select().from(marks).where(eq(marks.name, MARK));
  if (typeof mark?.value !== 'string') {
    await noteTidied(parts);
    return false;
  }
  const at = { now: now(), timeZone: timeZone(), longestHours: LONGEST_HOURS };
  return isDueByNight(Temporal.Instant.from(mark.value), at);
}

async function noteTidied({ connection, now }: TidyingParts): Promise<void> {
  const value = now().toString();
  await connection.queries
    .insert(marks)
    .values({ name: MARK, value })
    .onConflictDoUpdate({ target: marks.name, set: { value } });
}

/** Ours and the queue's, small ones first. */
async function tablesOf({ queries }: Connection): Promise<readonly string[]> {
  const rows = rowsOf<{ name: string }>(
    await queries.execute(sql`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
      order by pg_relation_size(oid)
    `),
  );
  return rows.map(({ name }) => name);
}

/** Tables of some size with several times the pages that they had when they were last counted, or that never were. */
async function grownTables({ queries }: Connection): Promise<readonly string[]> {
  const rows = rowsOf<{ name: string }>(
    await queries.execute(sql`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
        and pg_relation_size(oid) > current_setting('block_size')::bigint * ${GROWTH} * greatest(relpages, ${SMALL_PAGES})
      order by pg_relation_size(oid)
    `),
  );
  return rows.map(({ name }) => name);
}

/** Waits for a moment without senders; false when none comes. */
async function isQuiet({ connection, pause }: TidyingParts, patience: { looks: number }): Promise<boolean> {
  for (; connection.hasSenders(); patience.looks -= 1) {
    if (patience.looks === 0) return false;
    await pause(LOOK);
  }
  return true;
}
