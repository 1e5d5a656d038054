import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { baseRows, marks, type StoredProblem } from '../db/schema.ts';
import { storable } from '../kit/storable-text.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { Cell, Watermark } from '../ports/ticket-store.ts';

/** Where reading a table left off. Moments are ISO strings. */
export interface TablePlace {
  watermark: Watermark | null;
  /** Titles of the columns that were read: under others everything is read anew. */
  columns: readonly string[];
  /** When it was last read; null while it never was. */
  readAt: string | null;
  /** When all of it was last read, and how many pages that were. */
  wholeAt: string | null;
  pages: number;
  /** Why it could not be read the last time. */
  problem: StoredProblem | null;
}

/** What is known of the tables that are read. */
export interface TablePlaces {
  /** When to look next; null for as soon as can be. */
  nextAt: string | null;
  /** By the name of the table, as the config has it. */
  tables: Readonly<Record<string, TablePlace>>;
}

/** The mark under which that stands. */
export const TABLES_MARK = 'tables';

export const NEVER_READ: TablePlace = {
  watermark: null,
  columns: [],
  readAt: null,
  wholeAt: null,
  pages: 0,
  problem: null,
};

export async function tablePlaces({ queries }: Pick<Connection, 'queries'>): Promise<TablePlaces> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, TABLES_MARK));
  return { nextAt: null, tables: {}, ...(mark?.value as Partial<TablePlaces> | undefined) };
}

/** Keeps what is known; null where no table is wanted. */
export async function keepTablePlaces({ queries }: Connection, value: TablePlaces | null): Promise<void> {
  if (value === null) await queries.delete(marks).where(eq(marks.name, TABLES_MARK));
  else {
    await queries
      .insert(marks)
      .values({ name: TABLES_MARK, value })
      .onConflictDoUpdate({ target: marks.name, set: { value } });
  }
}

/** The rows of a table as they were read last, in an order that stays. */
export async function copiedRows({ queries }: Pick<Connection, 'queries'>, table: string): Promise<TableRow[]> {
  const rows = await queries
    .select({ id: baseRows.rowId, values: baseRows.cells })
    .from(baseRows)
    .where(eq(baseRows.tableName, table))
    .orderBy(asc(baseRows.rowId));
  return rows;
}

/** Another text whenever the rows say something else: cheaper to ask for than all that they say. */
export async function copiedVersion({ queries }: Pick<Connection, 'queries'>, table: string): Promise<string> {
  const said = sql<string>`coalesce(md5(string_agg(row_id || cells::text, '' order by row_id)), '')`;
  const [row] = await queries.select({ version: said }).from(baseRows).where(eq(baseRows.tableName, table));
  return row?.version ?? '';
}

/** Takes a page of a table into the copy. Returns how many rows are new or other than they were. */
export async function copyRows(
  { queries }: Pick<Connection, 'queries'>,
  table: string,
  { rows, at }: { rows: readonly TableRow[]; at: Temporal.Instant },
): Promise<number> {
  if (rows.length === 0) return 0;
  const found = new Map(rows.map((row) => [row.id, row]));
  const values = Array.from(found.values(), ({ id, values: cells }) => ({
    tableName: table,
    rowId: id,
    cells: Object.fromEntries(Object.entries(cells).map(([title, cell]) => [title, kept(cell)])),
    readAt: at,
  }));
  const changed = await queries
    .insert(baseRows)
    .values(values)
    .onConflictDoUpdate({
      target: [baseRows.tableName, baseRows.rowId],
      set: { cells: sql`excluded.cells`, readAt: sql`excluded.read_at` },
      setWhere: sql`${baseRows.cells} is distinct from excluded.cells`,
    })
    .returning({ rowId: baseRows.rowId });
  return changed.length;
}

/** A cell as the database can hold it. */
function kept(cell: Cell): Cell {
  if (typeof cell === 'string') return storable(cell);
  return typeof cell === 'object' && cell !== null ? cell.map(storable) : cell;
}

/** Forgets the rows that a reading of all did not find. Returns how many those were. */
export async function forgetOthers(
  { queries }: Pick<Connection, 'queries'>,
  table: string,
  seen: ReadonlySet<string>,
): Promise<number> {
  const known = await copiedRows({ queries }, table);
  const gone = known.map(({ id }) => id).filter((id) => !seen.has(id));
  if (gone.length > 0) {
    await queries.delete(baseRows).where(and(eq(baseRows.tableName, table), inArray(baseRows.rowId, gone)));
  }
  return gone.length;
}

/** Forgets the rows of tables that nobody wants any more. */
export async function keepTables({ queries }: Pick<Connection, 'queries'>, tables: readonly string[]): Promise<void> {
  await queries.delete(baseRows).where(tables.length === 0 ? undefined : notInArray(baseRows.tableName, [...tables]));
}

/** One cell, as we have just written it into the base. */
export async function copyCell(
  { queries }: Pick<Connection, 'queries'>,
  { table, rowId }: { table: string; rowId: string },
  { title, cell }: { title: string; cell: Cell },
): Promise<void> {
  await queries.execute(sql`
    update base_rows set cells = cells || jsonb_build_object(${title}::text, ${JSON.stringify(cell)}::jsonb)
    where table_name = ${table} and row_id = ${rowId}
  `);
}

/** How many rows of each table are known. */
export async function countRows({ queries }: Pick<Connection, 'queries'>): Promise<ReadonlyMap<string, number>> {
  const rows = rowsOf<{ table: string; count: number }>(
    await queries.execute(
      sql`select table_name as "table", count(*)::integer as count from base_rows group by table_name`,
    ),
  );
  return new Map(rows.map(({ table, count }) => [table, count]));
}
