import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { edgesOf, type Span } from '../span.ts';
import type { Column, ExportTable } from './table.ts';
import { EXPORT_TABLES, type ExportTableId } from './tables.ts';

/** Rows that are read at a time: few enough that whoever else asks the database hardly waits. */
const PAGE_ROWS = 500;

/** One row, a value for each column in their order. */
export type ExportRow = readonly (string | number | boolean | null)[];

/** Which rows are asked for. */
export interface RowsAsked {
  table: ExportTableId;
  /** Of which days; null for all. */
  span: Span | null;
  /** A condition on columns of the view, which is called `o`; `asked.now` is the moment of asking. */
  where?: SQL;
  now: Temporal.Instant;
}

/** The rows of a table, a page after the other, so that no memory has to hold them all. */
export async function* exportRows(queries: Queries, asked: RowsAsked): AsyncGenerator<readonly ExportRow[]> {
  const table: ExportTable = EXPORT_TABLES[asked.table];
  const columns = sql.join(table.columns.map(columnSql), sql`, `);
  const keys = sql.join(table.keys.map(columnNamed), sql`, `);
  for (let last: readonly unknown[] | null = null; ;) {
    const isLater: SQL =
      last === null
        ? sql`true`
        : sql`(${keys}) > (${sql.join(
            last.map((key) => sql`${key}`),
            sql`, `,
          )})`;
    const page: readonly Record<string, unknown>[] = rowsOf<Record<string, unknown>>(
      await queries.execute(sql`
        select ${columns}, jsonb_build_array(${keys}) as "keysOfRow"
        from bi.${sql.identifier(asked.table)} as o, (select ${asked.now.toString()}::timestamptz as now) as asked
        where ${isAsked(table, asked)} and ${isLater} order by ${keys} limit ${PAGE_ROWS}
      `),
    );
    if (page.length > 0)
      yield page.map((row) => table.columns.map(({ name }) => (row[name] ?? null) as ExportRow[number]));
    if (page.length < PAGE_ROWS) return;
    last = page.at(-1)?.['keysOfRow'] as readonly unknown[];
  }
}

function isAsked({ moment }: ExportTable, { span, where = sql`true` }: RowsAsked): SQL {
  if (span === null) return where;
  const { from, until } = edgesOf(span);
  const at = columnNamed(moment);
  return sql`${at} >= ${from.toString()}::timestamptz and ${at} < ${until.toString()}::timestamptz and ${where}`;
}

function columnNamed(name: string): SQL {
  return sql`o.${sql.identifier(name)}`;
}

/** As every engine and driver gives it alike. */
function columnSql({ name, kind }: Column): SQL {
  const column = columnNamed(name);
  const value = {
    instant: sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    number: sql`${column}::float8`,
    text: column,
    boolean: column,
  }[kind];
  return sql`${value} as ${sql.identifier(name)}`;
}
