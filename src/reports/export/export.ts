import type { SQL } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import type { Among } from '../figures/among.ts';
import { isAmong } from '../figures/among.ts';
import { type Span, spanNamed } from '../span.ts';
import { FIGURE_COLUMNS, figureRows } from './figure-rows.ts';
import { EXPORT_FORMATS, type ExportFormatId } from './formats.ts';
import { type ExportRow, exportRows } from './rows.ts';
import type { Column } from './table.ts';
import { EXPORT_TABLES, type ExportTableId } from './tables.ts';

/** What can be taken out: tables, and the figures that are measured of them. */
export const EXPORTS = [...(Object.keys(EXPORT_TABLES) as ExportTableId[]), 'figures'] as const;
export type ExportId = (typeof EXPORTS)[number];

export function isExport(name: string): name is ExportId {
  return EXPORTS.some((each) => each === name);
}

/** What is asked for. */
export interface ExportAsked {
  what: ExportId;
  format: ExportFormatId;
  /** Of which days; null for all there is, and of figures for the last twelve months. */
  span: Span | null;
  /** Of which tickets; holds for tickets and figures. */
  among: Among;
  /** A further condition on tickets. */
  where?: SQL;
  timeZone: string;
  now: Temporal.Instant;
}

/** The file, piece by piece. */
export async function* exportText(queries: Queries, asked: ExportAsked): AsyncGenerator<string> {
  const { head, row } = EXPORT_FORMATS[asked.format];
  const names = columnsOfExport(asked.what).map(({ name }) => name);
  yield head(names);
  for await (const rows of rowsAsked(queries, asked)) yield rows.map((each) => row(names, each)).join('');
}

/** What a row of it has. */
export function columnsOfExport(what: ExportId): readonly Column[] {
  return what === 'figures' ? FIGURE_COLUMNS : EXPORT_TABLES[what].columns;
}

/** In one sentence, what a row of it is. */
export function saysOfExport(what: ExportId): string {
  return what === 'figures'
    ? 'One row for each figure: of the whole period, over time, and by channel, category, queue and so on.'
    : EXPORT_TABLES[what].says;
}

function rowsAsked(queries: Queries, asked: ExportAsked): AsyncGenerator<readonly ExportRow[]> {
  const { what, span, among, where, now, timeZone } = asked;
  if (what === 'figures')
    return figureRows(queries, { span: span ?? spanNamed('last_12_months', now, timeZone), among, now });
  const condition = what === 'tickets' ? (where ?? isAmong(among)) : undefined;
  return exportRows(queries, { table: what, span, now, ...(condition !== undefined && { where: condition }) });
}
