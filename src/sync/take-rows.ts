import type { StoredRow } from '../ports/ticket-store.ts';
import { type MirrorRow, mirrorOf } from './mirror.ts';
import { isOurs, restoreRows } from './restore.ts';
import { adoptRow, type SyncParts, takeRow } from './take-row.ts';

/**
 * Two rows of one key that were made within so short a time are one write of ours that a base carried out
 * twice; made further apart, the second is a copy that a person made.
 */
const COPY_AFTER_MINUTES = 10;

/** What reading found. */
export interface Pulled {
  /** Rows of tickets that were other than we knew them. */
  taken: number;
  adopted: number;
  /** Tickets that only the base had. */
  restored: number;
  /** Tickets whose row is gone. */
  detached: number;
  /** Rows that the base made twice; a person has to choose. */
  unknown: number;
}

/** How rows are to be taken in. */
export interface Taking {
  /** The latest `synced_seq` before the rows were read. */
  seq: number;
  /** Whether rows that people typed become tickets now, or later. */
  adopts: boolean;
  total: Pulled;
}

/** Ids of rows that are left: to be read once more, and those that people typed, for later. */
export interface Left {
  again: readonly string[];
  typed: readonly string[];
}

/** Takes rows in, each for itself: one that fails holds up no other. */
export async function takeRows(parts: SyncParts, rows: readonly StoredRow[], taking: Taking): Promise<Left> {
  if (rows.length === 0) return { again: [], typed: [] };
  const before = await knownAmong(parts, rows);
  const { again, looked } = await restoreUnknown(parts, { rows, known: before, taking });
  const known = looked.size === 0 ? before : await knownAmong(parts, rows);
  const left = { again: [...again], typed: [] as string[] };
  for (const row of rows.filter(({ id }) => !looked.has(id))) {
    const done = await quietly(parts, row, () => takeOne(parts, row, { ...known, ...taking }));
    if (done === 'overtaken') left.again.push(row.id);
    else if (done === 'typed') left.typed.push(row.id);
    else if (done !== 'same' && done !== 'noted') taking.total[done] += 1;
  }
  return left;
}

type Done = 'same' | 'noted' | 'overtaken' | 'typed' | Exclude<keyof Pulled, 'detached' | 'restored'>;

async function quietly(parts: SyncParts, { id }: StoredRow, take: () => Promise<Done>): Promise<Done> {
  try {
    return await take();
  } catch (error) {
    parts.log.error({ err: error, rowId: id }, 'a row of the base could not be taken in');
    return 'overtaken';
  }
}

interface Mirrors {
  byKey: ReadonlyMap<string, MirrorRow>;
  byRowId: ReadonlyMap<string, MirrorRow>;
}

async function knownAmong({ connection }: SyncParts, rows: readonly StoredRow[]): Promise<Mirrors> {
  const found = await mirrorOf(connection, {
    keys: rows.flatMap(({ key }) => key ?? []),
    rowIds: rows.map(({ id }) => id),
  });
  return {
    byKey: new Map(found.map((row) => [row.key, row])),
    byRowId: new Map(found.flatMap((row) => (row.rowId === null ? [] : [[row.rowId, row]]))),
  };
}

/** Rows with a key of ours and no ticket. Of two with one key the elder is the ticket's. */
async function restoreUnknown(
  parts: SyncParts,
  { rows, known, taking }: { rows: readonly StoredRow[]; known: Mirrors; taking: Taking },
) {
  const lost = rows
    .filter(isOurs)
    .filter(({ id, key }) => !known.byRowId.has(id) && !known.byKey.has(key))
    .sort((one, other) => Temporal.Instant.compare(one.createdAt, other.createdAt));
  const first = new Map(lost.toReversed().map((row) => [row.key, row]));
  const { restored, taken, again } = await restoreRows(parts, [...first.values()]);
  taking.total.restored += restored.length;
  taking.total.taken += taken;
  return { again, looked: new Set([...restored, ...again]) };
}

/** A row is a ticket's by its id, or else by its key; a row with neither is a new request. */
async function takeOne(parts: SyncParts, row: StoredRow, known: Mirrors & Taking): Promise<Done> {
  const own = known.byRowId.get(row.id);
  if (own !== undefined) return own.syncedSeq > known.seq ? 'overtaken' : takeRow(parts, row, own);
  const named = row.key === null ? undefined : known.byKey.get(row.key);
  if (named === undefined) return adoptNow(parts, row, known);
  if (named.rowId === null) return takeRow(parts, row, named);
  return takeSecondRow(parts, row, { mirror: named, firstId: named.rowId, taking: known });
}

/** What a person wrote into the column of the key is no key. */
async function adoptNow(parts: SyncParts, row: StoredRow, { adopts }: Taking): Promise<Done> {
  if (!adopts) return 'typed';
  return (await adoptRow(parts, row)) === null ? 'same' : 'adopted';
}

/** Another row bears the key of a ticket that has one. */
async function takeSecondRow(
  parts: SyncParts,
  row: StoredRow,
  { mirror, firstId, taking }: { mirror: MirrorRow; firstId: string; taking: Taking },
): Promise<Done> {
  const [first] = await parts.store.read([firstId]);
  if (first === undefined) return takeRow(parts, row, mirror);
  const minutes = row.createdAt.since(first.createdAt).total('minutes');
  if (Math.abs(minutes) >= COPY_AFTER_MINUTES) return adoptNow(parts, { ...row, key: null }, taking);
  parts.log.warn({ rowId: row.id, ticketKey: row.key }, 'the base made a row twice; delete the younger one');
  return 'unknown';
}
