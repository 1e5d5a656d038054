import type { Cell, StoreFinding, Watermark } from './base-words.ts';

/** A table of the base beside the tickets' own: people keep it and we read it, or we add rows to it. */
export interface WantedTable {
  /** Its name as people read it, or its id in the base. */
  table: string;
  columns: readonly WantedColumn[];
  /** For whoever reads a finding: "Agents come from it: people.yaml, agentsTable." */
  usedFor: string;
  /** The page of the docs that says what each column is for. */
  guide: string;
}

/**
 * What we write into a column: our own key of the row, a line, a longer text, a number, a day as `2026-11-16`, or an
 * address of a page.
 */
export type WrittenKind = 'key' | 'line' | 'text' | 'number' | 'day' | 'link';

/** A column of such a table. */
export interface WantedColumn {
  /** As people read it. Capitals do not count. */
  title: string;
  /** Without it the table says nothing. Of others, the table has those that it has. */
  isNeeded: boolean;
  /** Whether we tick and untick it, which only a column of ticks takes. */
  isTicked: boolean;
  /** What we write into it, in a table to which we add rows. One column of it is the key, and is needed. */
  written?: WrittenKind;
}

/** A row of ours by the titles of its columns. Under the title of the key stands a word of letters, digits and `-`. */
export type TableEntry = Readonly<Record<string, string | number | null>>;

/** A row of such a table as it was read. */
export interface TableRow {
  /** The store's own id of the row. */
  id: string;
  /**
   * By the title as it was wanted: what a person reads in the cell. An empty cell is null, a box that is not ticked is
   * false, and a column that the table lacks is left out.
   */
  values: Readonly<Record<string, Cell>>;
}

/** A page of such a table. */
export interface TableChanges {
  rows: readonly TableRow[];
  watermark: Watermark;
  /** Whether there is more to read at once, from the new watermark on. */
  more: boolean;
  /** Whether this is a page of a reading of all: a row that is on none of its pages is gone. */
  isAll: boolean;
}

/** One cell to be written. */
export interface TableWrite {
  rowId: string;
  /** Of a column that is wanted with `isTicked`. */
  title: string;
  ticked: boolean;
}

/**
 * Tables beside the tickets' own. Every request passes the pace and the meter of the base, and no cell's text ever
 * gets into a formula or a filter.
 */
export interface StoreTables {
  /**
   * Rows that may have changed since the watermark, a page of them; null reads everything, and so does a watermark
   * after which more than rows has changed: the next pages say by `isAll` which it is. May repeat rows. Where nothing
   * changed it is one request. Rows that are gone only a reading of all tells.
   *
   * @throws Problem `store.table-missing`, `store.table-unfit`, or of the request
   */
  changesSince(wanted: WantedTable, watermark: Watermark | null): Promise<TableChanges>;
  /**
   * Ticks or unticks one cell.
   *
   * @throws Problem `store.row-gone`, `store.table-missing`, `store.table-unfit`, or of the request
   */
  tick(wanted: WantedTable, write: TableWrite): Promise<void>;
  /**
   * Has these rows in the table: one whose key is there is written over, in the columns that are named here alone, and
   * any other is added. So the same again changes nothing, also where nobody knows what became of it the last time.
   * Columns that the table lacks, or has with another type, are left out; `check` says so.
   *
   * @throws Problem `store.table-missing`, `store.table-unfit`, or of the request; then some may be there
   */
  put(wanted: WantedTable, entries: readonly TableEntry[]): Promise<void>;
  /** The address at which a person opens the table; null where it is not known, or there is none. */
  addressOf(table: string): string | null;
  /** Looks whether the table is there with its columns. Throws nothing that it can say as a finding. */
  check(wanted: WantedTable): Promise<readonly StoreFinding[]>;
}
