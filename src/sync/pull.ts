import { eq } from 'drizzle-orm';
import { marks } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { StoredRow, Watermark } from '../ports/ticket-store.ts';
import { knownRowIds, latestSeq, type MirrorRow, mirrorOf, noteGone } from './mirror.ts';
import { goToRest, isResting, restOf, wakeUp } from './rest.ts';
import { adoptRow, type SyncParts, takeRow } from './take-row.ts';

/** Where reading left off. */
interface Place {
  watermark: Watermark | null;
  /** When the base was last read to the end; null before that. */
  readAt: string | null;
  /** Rows to be read once more, by id, and how often that was tried. */
  again: Readonly<Record<string, number>>;
}

const MARK = 'pull';

/** After so many tries a row that always fails is left until it changes again. */
const TRIES = 10;

/** More failing rows than this are no fault of the rows: reading stops where it is. */
const MOST_AGAIN = 100;

/** Row ids to one question when looking for deleted rows; Airtable answers a hundred with one request. */
const CHECKED_AT_ONCE = 100;

/**
 * Two rows of one key that were made within so short a time are one write of ours that a base carried out
 * twice; made further apart, the second is a copy that a person made.
 */
const COPY_AFTER_MINUTES = 10;

/** What a run found. */
export interface Pulled {
  /** Rows of tickets that were other than we knew them. */
  taken: number;
  adopted: number;
  /** Tickets whose row is gone. */
  detached: number;
  /** Rows that bear a key of no ticket of ours, or of one that has its row: only `resync` helps. */
  unknown: number;
}

/** Reads people's edits out of the base. */
export interface Pull {
  /** Takes over what changed since the last run. Rests after a failure of the base. */
  run(): Promise<Pulled>;
  /** Reads every row, and so finds what reading changes missed: deletions first of all. For the quiet hours. */
  compareAll(): Promise<Pulled>;
}

/** The way from the base to our tickets. Runs in the lane `pull`. */
export function createPull(parts: SyncParts): Pull {
  return {
    run: () => restful(parts, (total) => readChanges(parts, total)),
    compareAll: () => restful(parts, (total) => readEverything(parts, total)),
  };
}

/** Where reading left off, and when; for status pages. */
export async function pullPlace({ connection }: Pick<SyncParts, 'connection'>): Promise<Place> {
  const [mark] = await connection.queries.select().from(marks).where(eq(marks.name, MARK));
  return mark === undefined ? { watermark: null, readAt: null, again: {} } : (mark.value as Place);
}

async function restful(parts: SyncParts, work: (total: Pulled) => Promise<void>): Promise<Pulled> {
  const total = { taken: 0, adopted: 0, detached: 0, unknown: 0 };
  const before = await restOf(parts.connection, 'pull');
  if (isResting(before, parts.now())) return total;
  try {
    await work(total);
    if (before !== null) await wakeUp(parts.connection, 'pull');
  } catch (error) {
    const rest = await goToRest(parts.connection, 'pull', { error, before, now: parts.now() });
    if (!(error instanceof Problem)) throw error;
    parts.log.warn({ code: error.code, until: rest.until.toString() }, `reading the base rests: ${error.message}`);
  }
  return total;
}

async function readChanges(parts: SyncParts, total: Pulled): Promise<void> {
  const left = await pullPlace(parts);
  let place = { ...left, again: await lookAgain(parts, left.again, total) };
  for (;;) {
    const seq = await latestSeq(parts.connection);
    const changed = await parts.store.changesSince(place.watermark);
    const failed = await takeRows(parts, changed.rows, { seq, total });
    total.detached += await detach(parts, changed.deletedIds, changed.rows);
    const again = { ...without(place.again, changed.rows), ...countTries(parts, { before: place.again, failed }) };
    place = { watermark: changed.watermark, readAt: changed.more ? place.readAt : parts.now().toString(), again };
    await keepPlace(parts, place);
    if (!changed.more) return;
  }
}

/** Rows that were set aside. Those that are gone by now need no third look. */
async function lookAgain(parts: SyncParts, again: Place['again'], total: Pulled): Promise<Place['again']> {
  const ids = Object.keys(again);
  if (ids.length === 0) return again;
  const seq = await latestSeq(parts.connection);
  const failed = await takeRows(parts, await parts.store.read(ids), { seq, total });
  return countTries(parts, { before: again, failed });
}

/** Rows that were just looked at need no further look, unless it failed. */
function without(again: Place['again'], rows: readonly StoredRow[]): Place['again'] {
  const looked = new Set(rows.map(({ id }) => id));
  return Object.fromEntries(Object.entries(again).filter(([id]) => !looked.has(id)));
}

function countTries({ log }: SyncParts, { before, failed }: { before: Place['again']; failed: readonly string[] }) {
  const tries = failed.map((id): [string, number] => [id, (before[id] ?? 0) + 1]);
  for (const [rowId, count] of tries) {
    if (count >= TRIES) log.error({ rowId, tries: count }, 'a row of the base is given up until it changes again');
  }
  const kept = tries.filter(([, count]) => count < TRIES);
  if (kept.length > MOST_AGAIN) {
    throw new Error(`${kept.length} rows of the base could not be taken in; see the errors before this one`);
  }
  return Object.fromEntries(kept);
}

/** Returns the ids of rows that are to be read once more. */
async function takeRows(
  parts: SyncParts,
  rows: readonly StoredRow[],
  { seq, total }: { seq: number; total: Pulled },
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const found = await mirrorOf(parts.connection, {
    keys: rows.flatMap(({ key }) => key ?? []),
    rowIds: rows.map(({ id }) => id),
  });
  const known = { byKey: new Map(found.map((row) => [row.key, row])), byRowId: mapByRowId(found), seq };
  const again: string[] = [];
  for (const row of rows) {
    try {
      const done = await takeOne(parts, row, known);
      if (done === 'overtaken') again.push(row.id);
      else if (done !== 'same') total[done] += 1;
    } catch (error) {
      parts.log.error({ err: error, rowId: row.id }, 'a row of the base could not be taken in');
      again.push(row.id);
    }
  }
  return again;
}

function mapByRowId(rows: readonly MirrorRow[]): ReadonlyMap<string, MirrorRow> {
  return new Map(rows.flatMap((row) => (row.rowId === null ? [] : [[row.rowId, row]])));
}

interface Known {
  byKey: ReadonlyMap<string, MirrorRow>;
  byRowId: ReadonlyMap<string, MirrorRow>;
  /** Mirrors above this number were written after the rows were read. */
  seq: number;
}

type Done = 'same' | 'overtaken' | Exclude<keyof Pulled, 'detached'>;

/** A row is a ticket's by its id, or else by its key; a row with neither is a new request. */
async function takeOne(parts: SyncParts, row: StoredRow, known: Known): Promise<Done> {
  const own = known.byRowId.get(row.id);
  if (own !== undefined) return own.syncedSeq > known.seq ? 'overtaken' : takeRow(parts, row, own);
  if (row.key === null) return (await adoptRow(parts, row)) === null ? 'same' : 'adopted';
  const named = known.byKey.get(row.key);
  if (named === undefined)
    return strange(parts, row, 'a row of the base bears a key of no ticket; resync takes it over');
  if (named.rowId === null) return takeRow(parts, row, named);
  return takeSecondRow(parts, row, { mirror: named, firstId: named.rowId });
}

/** Another row bears the key of a ticket that has one. */
async function takeSecondRow(
  parts: SyncParts,
  row: StoredRow,
  { mirror, firstId }: { mirror: MirrorRow; firstId: string },
): Promise<Done> {
  const [first] = await parts.store.read([firstId]);
  if (first === undefined) return takeRow(parts, row, mirror);
  const minutes = row.createdAt.since(first.createdAt).total('minutes');
  if (Math.abs(minutes) < COPY_AFTER_MINUTES) {
    return strange(parts, row, 'the base made a row twice; delete the younger one');
  }
  return (await adoptRow(parts, { ...row, key: null })) === null ? 'same' : 'adopted';
}

function strange({ log }: SyncParts, { id, key }: StoredRow, sentence: string): Done {
  log.warn({ rowId: id, ticketKey: key }, sentence);
  return 'unknown';
}

/** Rows that were deleted, and did not come back in the same breath. */
async function detach(parts: SyncParts, ids: readonly string[], rows: readonly StoredRow[]): Promise<number> {
  const present = new Set(rows.map(({ id }) => id));
  const gone = await noteGone(
    parts.connection,
    ids.filter((id) => !present.has(id)),
    parts.now(),
  );
  for (const ticketKey of gone) {
    parts.log.info({ ticketKey }, 'the row of a ticket was deleted in the base; the ticket stays, detached');
  }
  return gone.length;
}

async function keepPlace({ connection }: SyncParts, place: Place): Promise<void> {
  await connection.queries
    .insert(marks)
    .values({ name: MARK, value: place })
    .onConflictDoUpdate({ target: marks.name, set: { value: place } });
}

/** Every row is looked at like a changed one; known rows that did not turn up are asked for by name. */
async function readEverything(parts: SyncParts, total: Pulled): Promise<void> {
  const begun = await latestSeq(parts.connection);
  const seen = new Set<string>();
  const failed: string[] = [];
  for (let watermark: Watermark | null = null; ;) {
    const seq = await latestSeq(parts.connection);
    const page = await parts.store.changesSince(watermark);
    for (const { id } of page.rows) seen.add(id);
    failed.push(...(await takeRows(parts, page.rows, { seq, total })));
    if (!page.more) break;
    watermark = page.watermark;
  }
  total.detached += await detachMissing(parts, { seen, seq: begun });
  const place = await pullPlace(parts);
  await keepPlace(parts, { ...place, again: { ...countTries(parts, { before: {}, failed }), ...place.again } });
}

async function detachMissing(
  parts: SyncParts,
  { seen, seq }: { seen: ReadonlySet<string>; seq: number },
): Promise<number> {
  let detached = 0;
  for (let after = ''; ;) {
    const known = await knownRowIds(parts.connection, { after, seq, limit: CHECKED_AT_ONCE });
    const missing = known.map(({ rowId }) => rowId).filter((rowId) => !seen.has(rowId));
    const present = missing.length === 0 ? [] : await parts.store.read(missing);
    detached += await detach(parts, missing, present);
    if (known.length < CHECKED_AT_ONCE) return detached;
    after = known.at(-1)?.key ?? after;
  }
}
