import { csvLine } from '../../kit/csv-line.ts';
import type { ExportRow } from './rows.ts';

/** How a file of rows is written. */
export interface ExportFormat {
  title: string;
  contentType: string;
  /** Before the rows. */
  head(names: readonly string[]): string;
  row(names: readonly string[], row: ExportRow): string;
}

/** The byte order mark, without which Excel takes UTF-8 for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

/** By the ending of the file. */
export const EXPORT_FORMATS = {
  csv: {
    title: 'CSV',
    contentType: 'text/csv; charset=utf-8',
    head: (names) => BYTE_ORDER_MARK + csvLine(names),
    row: (_names, row) => csvLine(row),
  },
  jsonl: {
    title: 'JSON lines',
    contentType: 'application/jsonl; charset=utf-8',
    head: () => '',
    row: (names, row) =>
      `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])))}\n`,
  },
} as const satisfies Readonly<Record<string, ExportFormat>>;
export type ExportFormatId = keyof typeof EXPORT_FORMATS;

export function isExportFormat(name: string): name is ExportFormatId {
  return Object.hasOwn(EXPORT_FORMATS, name);
}
