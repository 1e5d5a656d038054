import type { Problem } from '../domain/problem.ts';
import type { RawRequest } from './channel.ts';
import type { Cell, Cells, StoreFinding, Watermark } from './base-words.ts';
import type { StoreTables } from './store-tables.ts';

export type { Cell, Cells, StoreFinding, Watermark } from './base-words.ts';

/** What a column holds. Choices are shown to people as they are written here. */
export type ColumnType =
  | { kind: 'line' | 'text' | 'email' | 'checkbox' | 'instant' }
  | { kind: 'number'; decimals: number }
  /** One of the options; `closed` when any other is a mistake, which the store must not add by itself. */
  | { kind: 'choice'; options: readonly string[]; closed: boolean; stages?: ChoiceStages }
  | { kind: 'choices'; options: readonly string[] }
  /** Files, which only `attach` puts there. As a cell it reads as empty, and written empty it loses them all. */
  | { kind: 'files' }
  /** The name of an agent, as config has it; the store finds the person whom the base can assign. */
  | { kind: 'person'; agents: readonly { name: string; email: string | null }[] }
  /** Whatever a column of the team's own holds: what a person reads in it, as text, number, tick or list of texts. */
  | { kind: 'any' };

/** Of options that say where work stands, which of them say that it is to do, and that it is done. */
export interface ChoiceStages {
  todo: readonly string[];
  done: readonly string[];
}

/**
 * One column that we need in the base, or one of the team's own that rules ask for. A base may have more, and
 * may call and order them as it likes.
 */
export interface Column {
  /** Our name for it, by which cells are keyed. The column `key` travels as the row's key, never as a cell. */
  name: string;
  /** The name under which the column is made; of one of the team's own, the name that rules have for it. */
  title: string;
  type: ColumnType;
  /**
   * What a person's edit of it does: it is `taken` as a decision, `undone` at the next write, `left` alone,
   * because we write the column once and never look at it again, or only `read`: that is a column of the
   * team's own, which is never made, missed, mended or written.
   */
  edits: 'taken' | 'undone' | 'left' | 'read';
  /** A person fills it to ask for something. Empty it asks for nothing, so a base can do without it. */
  asks?: true;
  /** For the person who looks at the column's settings in the base. */
  description: string;
}

/** Code of the problem of a write by id whose row is gone. Such a row is never made anew. */
export const ROW_GONE = 'store.row-gone';

/** The column in which `attach` puts files, and the one in which we name those that it cannot take. */
export const FILES_COLUMN = 'attachments';
export const FILE_LINKS_COLUMN = 'fileLinks';

/** A file for a row. */
export interface AttachedFile {
  /** No other file of the ticket has it. */
  name: string;
  contentType: string;
  bytes: Uint8Array;
  /** Whether this was tried before, and nobody knows what came of it. */
  mayBeThere: boolean;
}

/**
 * What became of a file: it is in the row; it is larger than the base takes; the base takes no such file, or
 * has no column for it; or its row is gone.
 */
export type AttachOutcome = 'attached' | 'too_large' | 'not_supported' | 'row_gone';

/** A row of the base as it was read. */
export interface StoredRow {
  /** The store's own id of the row. */
  id: string;
  /** Our key; null for a row that a person typed and we have not adopted yet. */
  key: string | null;
  /** Every column that we know of, with null for an empty cell. Of the team's own, only those that the base has. */
  cells: Cells;
  createdAt: Temporal.Instant;
  /** Who edited it last, where the store tells. */
  editedBy: string | null;
}

/** A change to a row: by id when we know it, else created or found by key. Columns that are left out stay. */
export type RowWrite = { id: string; key: string; cells: Cells } | { id: null; key: string; cells: Cells };

/**
 * What became of one write: written, save the columns that were left out because the base does not let us write
 * them; refused, and not to be tried again as it is; or postponed, when the store gave up before it, or cannot
 * say whether it was written, and the problem's `retry` says when to try again. Where that is about this row
 * `alone`, no other has to wait.
 */
export type WriteOutcome =
  | { key: string; id: string; left?: readonly string[] }
  | { key: string; refused: Problem }
  | { key: string; postponed: Problem; alone?: boolean };

export interface ChangedRows {
  rows: readonly StoredRow[];
  /** Rows known to be gone, where the store tells. */
  deletedIds: readonly string[];
  watermark: Watermark;
  /** Whether there is more to read at once, from the new watermark on. */
  more: boolean;
}

/** A column of ours that the base does not let us write, for whoever can mend that. */
export interface LockedColumn {
  /** Our name for it. */
  name: string;
  message: string;
  fix: string;
  /** Whether the next write tries it once more, as the base was looked at since. */
  isToBeTried: boolean;
}

/** What a person wrote beside a row. */
export interface StoredComment {
  /** The store's own id of it; no other comment has it. */
  id: string;
  /** As it reads now, without its formats. */
  text: string;
  /** Who wrote it, by the name that config has for them; null where the store does not tell. */
  by: string | null;
  createdAt: Temporal.Instant;
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
  /**
   * Writes many rows, in as few requests as the store allows; one outcome for each, in the same order.
   * Never creates two rows of one key. What was written before something failed is told as written. Calls may
   * overlap.
   */
  write(writes: readonly RowWrite[]): Promise<readonly WriteOutcome[]>;
  /**
   * Rows that may have changed since the watermark, a page of them; null reads everything. May repeat rows.
   * `isCalled` says that the base has called since the last reading, so that a store may look at what it keeps
   * for us and at nothing else; without it the rows themselves are looked at, whatever was called.
   */
  changesSince(watermark: Watermark | null, hint?: { isCalled: boolean }): Promise<ChangedRows>;
  /** These rows as they are now; the ones that are gone are left out. */
  read(ids: readonly string[]): Promise<readonly StoredRow[]>;
  /** The rows with these keys as they are now, for whoever cannot know whether they were made. */
  find(keys: readonly string[]): Promise<readonly StoredRow[]>;
  /**
   * Looks at everything that we need of the base: that we are let in, that every column is there and is what
   * it was, that choices and people are known. Reads only. Throws nothing that it can say as a finding.
   */
  check(): Promise<readonly StoreFinding[]>;
  /** Adds what `check` found missing and the base lets us add. One sentence for each thing done. */
  mend?(): Promise<readonly string[]>;
  /**
   * What the base will hold in place of a cell that it cannot hold as it is, so that nobody takes the
   * difference for a person's edit: nothing for somebody whom it does not know, say. Left out: every cell as
   * it is.
   */
  fit?(column: string, cell: Cell): Cell;
  /** The columns that the base does not let us write, as far as it is known. Left out: it lets us write all. */
  locked?(): readonly LockedColumn[];
  /**
   * Another process of ours is about to look at the base: for a while it is asked for less than it bears, and columns
   * that it keeps us out of are to be tried once more. Left out: there is room enough, and nothing to try.
   */
  makeRoom?(): Promise<void>;
  /**
   * Puts a file into the column for files, behind those that are there. The same file with `mayBeThere` is
   * looked for first, by name and size, and never there twice. Absent where rows hold no files.
   */
  attach?(rowId: string, file: AttachedFile): Promise<AttachOutcome>;
  /** News from the base, so that it need not be asked so often; absent where there is none. */
  readonly news?: StoreNews;
  /** What people write beside rows; absent where they cannot, or where nobody can read it. */
  readonly comments?: StoreComments;
  /** Tables of the base beside this one; absent where there are none. */
  readonly tables?: StoreTables;
  people(): Promise<readonly StorePerson[]>;
  /** Names the base: another name is another base. */
  readonly place: string;
  /** The address at which a person opens the row; null when there is none. */
  addressOf(id: string): string | null;
  /**
   * Whether a row that its own system tells of is one of these, by the ids and names of the base and the table in which it
   * lies. What only a look at the base tells counts from the first look on. Absent where no system has rows to tell of.
   */
  holds?(where: readonly string[]): boolean;
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
  /** Whether it tells who edited a row last. */
  tellsEditors: boolean;
  /**
   * How often to ask what people changed, in seconds: while somebody works, at other times, and while the base calls,
   * in case a call is lost. The last left out: every quarter of an hour.
   */
  pollSeconds: { busy: number; quiet: number; called?: number };
  /**
   * How long a change may wait for others with which to share a request, in seconds: one that people look
   * out for, one of the SLA state, which time changes and notices tell at once (left out: the same), and one of
   * figures and logs. 0 where a request costs nothing.
   */
  writeDelaySeconds: { awaited: number; timed?: number; other: number };
  /** Requests that may be spent in a month; null for no limit. */
  requestsPerMonth: number | null;
}

/**
 * Comments: what people write beside a row, which changes none of its cells. Each look is a request for one row,
 * so the base is looked at no more often than it bears.
 */
export interface StoreComments {
  /**
   * What people wrote beside a row and the base still shows, oldest first; nothing beside one that is gone. What
   * programs wrote is left out. `not_allowed` where the base does not let us read comments; `no_room` where
   * others need the requests, which is told only while nobody awaits it.
   */
  read(rowId: string, wanted: { isAwaited: boolean }): Promise<readonly StoredComment[] | 'not_allowed' | 'no_room'>;
  /** The row beside which a person wrote, as an authentic call says; null for a call of anything else. */
  calledOf(call: RawRequest): string | null;
  /** Looks that may be spent in a minute on rows of which nothing says that somebody wrote. */
  readonly looksPerMinute: number;
}

/** A call from the base that says only "something changed"; reading then tells what. */
export interface StoreNews {
  /**
   * Asks the base to call an address of ours, renews what would lapse, and remembers what it needs to tell
   * its calls from others. Called at start and each hour; does nothing when nothing is to be done. Throws a
   * `Problem` where the base refuses, which costs nothing but that the base is asked more often.
   */
  subscribe(address: string): Promise<void>;
  /** Whether a call is the base's own, in constant time. */
  isAuthentic(call: RawRequest): Promise<boolean>;
  /**
   * Whether an authentic call may tell of something that others than we did in our rows; what does not is answered
   * and no more. Left out: each does.
   */
  tellsOfOthers?(call: RawRequest): boolean;
  /** Whether the base has agreed to call, and until when as far as it said; null where it has not. */
  agreement(): Promise<{ until: Temporal.Instant | null } | null>;
  /** For a base that only a person can ask to call. Left out: `subscribe` does. */
  readonly byHand?: NewsByHand;
}

/**
 * A person enters our address in the base; the base posts a secret there, which the person brings back to it. From
 * then on its calls are signed with that secret.
 */
export interface NewsByHand {
  /** Where the address is entered, and where the secret: a sentence or two each, for the person. */
  readonly steps: { enter: string; paste: string };
  /** One secret is taken within the coming hour, in place of the one that is kept. */
  open(): Promise<void>;
  /** Keeps the secret that a call brings, while one is waited for. Else false, and nothing is done. */
  takeSecret(call: RawRequest): Promise<boolean>;
  /** Until when a secret is waited for, and the one that is kept; null each where there is none. */
  state(): Promise<{ openUntil: Temporal.Instant | null; secret: string | null }>;
}
