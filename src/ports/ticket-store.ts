import type { Problem } from '../domain/problem.ts';

/** What a cell of the base can hold. Instants are ISO strings in UTC; an empty cell is null. */
export type Cell = string | number | boolean | readonly string[] | null;

/** The columns of the base by our names for them; `sync/columns.ts` lists them. */
export type Cells = Readonly<Record<string, Cell>>;

/** A row of the base as it was read. */
export interface StoredRow {
  /** The store's own id of the row. */
  id: string;
  /** Our key; null for a row that a person typed and we have not adopted yet. */
  key: string | null;
  /** Every column that we know of; a missing cell is null. */
  cells: Cells;
  createdAt: Temporal.Instant;
  /** Who edited it last, where the store tells. */
  editedBy: string | null;
}

/** A change to a row: by id when we know it, else created or found by key. Columns that are left out stay. */
export type RowWrite = { id: string; key: string; cells: Cells } | { id: null; key: string; cells: Cells };

/** What became of one write. A refused row is not tried again as it is; the others were written. */
export type WriteOutcome = { key: string; id: string } | { key: string; refused: Problem };

/** Where reading left off, in the store's own words. Kept by us between reads. */
export type Watermark = string;

export interface ChangedRows {
  rows: readonly StoredRow[];
  /** Rows known to be gone, where the store tells. */
  deletedIds: readonly string[];
  watermark: Watermark;
}

/** Something about the base that does not fit, and how to mend it. */
export interface SchemaFinding {
  severity: 'error' | 'warning';
  message: string;
  fix: string;
  /** Whether `doctor --fix` can mend it. */
  fixable: boolean;
}

/** Somebody whom the base can assign tickets to. */
export interface StorePerson {
  id: string;
  name: string;
  email: string | null;
}

/**
 * The base: the record of every ticket, in which people work.
 *
 * Every method may throw a `Problem` whose `retry` says when to try again; then nothing is known to be
 * done. Writing is idempotent: the same write again gives the same rows.
 */
export interface TicketStore {
  /** Writes many rows, in as few requests as the store allows. Never creates two rows of one key. */
  write(writes: readonly RowWrite[]): Promise<readonly WriteOutcome[]>;
  /** Rows that may have changed since the watermark; null reads everything. May repeat rows. */
  changesSince(watermark: Watermark | null): Promise<ChangedRows>;
  /** These rows as they are now; the ones that are gone are left out. */
  read(ids: readonly string[]): Promise<readonly StoredRow[]>;
  /** Compares the base with what we need. */
  checkSchema(): Promise<readonly SchemaFinding[]>;
  people(): Promise<readonly StorePerson[]>;
  /** The address at which a person opens the row; null when there is none. */
  addressOf(id: string): string | null;
  readonly abilities: StoreAbilities;
}

/** What a store can do beyond the port, so that what it cannot do is said at start and not at the first ticket. */
export interface StoreAbilities {
  /** Rows to a request; writes beyond it are split by the store. */
  writeBatch: number;
  /** Requests a second that the store may be asked for; null for no limit. */
  requestsPerSecond: number | null;
  /** Longest text of one cell, in UTF-16 units. */
  longestText: number;
  /** Whether it reports deleted rows by itself. */
  tellsDeletions: boolean;
}
