/** What stands in a column. Instants are written as `2026-11-20T10:06:00Z`. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'instant';

export interface Column {
  name: string;
  kind: ColumnKind;
  /** What it is, for the reference. */
  says: string;
}

/** A table that can be taken out, which is a view of the same name in the schema `bi`. */
export interface ExportTable {
  /** In one sentence, what a row is. */
  says: string;
  columns: readonly Column[];
  /** By which moment of a row a stretch of days is meant. */
  moment: string;
  /** The columns that tell a row from all others, in the order in which rows are read. */
  keys: readonly string[];
}

/** Columns of one kind, by their names. */
export function columnsOf(kind: ColumnKind, says: Readonly<Record<string, string>>): readonly Column[] {
  return Object.entries(says).map(([name, words]) => ({ name, kind, says: words }));
}
