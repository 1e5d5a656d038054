import type { StoreAbilities } from '../ports/ticket-store.ts';
import { isCareful } from './careful.ts';
import { deskColumns } from './columns.ts';
import { type Owed, whatIsOwed } from './compare.ts';
import { type DirtyRow, dirtyRows, type DirtyWanted, dueRows, freshRows, noteDue, noteNewRowsDue } from './mirror.ts';
import type { SyncParts } from './take-row.ts';

/**
 * Tickets to one round, after which what was written is recorded: ten full requests to Airtable, two seconds
 * at its pace. A store without a pace gets one request.
 */
const ROUND = 100;

/**
 * Rows to be read before they are written gather for so long, so that a round's one question serves many. Where
 * ten of them share a request anyway, the first goes at once; where each write is a request of its own, as in
 * Notion, it waits for the others of its poll.
 */
const CAREFUL_GAP = { seconds: 3 };

/** Columns of ours that people look out for, besides those that they change themselves. */
const AWAITED: ReadonlySet<string> = new Set(['owner', 'firstResponseDueAt', 'resolutionDueAt', 'handoffState']);

/** The column that time itself changes. */
const TIMED = 'slaState';

/** What the next step of a flush is. */
export type Round =
  | { kind: 'write'; owed: readonly Owed[] }
  /** Nothing is due before. */
  | { kind: 'wait'; until: Temporal.Instant }
  | { kind: 'done' };

/** What a flush remembers from one round to the next. */
export interface Pacing {
  /** Before that no rows are read before they are written; null when they never were. */
  readAgainAt: Temporal.Instant | null;
  /** Whether rows gather until then, to be read together. */
  isGathering: boolean;
  /** Keys of those that are put off until rows may be read again. */
  putOff: Set<string>;
}

/**
 * What to write next. Where a request costs nothing that is everything; elsewhere a round begins when a
 * request is full or something is due, and what is not due yet fills the places that are left in it. Tickets
 * in `busy` are under way already, and wait for what becomes of it.
 */
export function nextRound(
  parts: SyncParts,
  { pacing, busy }: { pacing: Pacing; busy: ReadonlySet<string> },
): Promise<Round> {
  const { awaited, other } = parts.store.abilities.writeDelaySeconds;
  return awaited === 0 && other === 0 ? everything(parts) : whatIsDue(parts, { pacing, busy });
}

async function everything(parts: SyncParts): Promise<Round> {
  const rows = await dirtyRows(parts.connection, sizeOf(parts.store.abilities));
  return rows.length === 0 ? { kind: 'done' } : { kind: 'write', owed: await whatIsOwed(parts, rows) };
}

async function whatIsDue(
  parts: SyncParts,
  { pacing, busy }: { pacing: Pacing; busy: ReadonlySet<string> },
): Promise<Round> {
  const limit = sizeOf(parts.store.abilities);
  await lookAtChanges(parts, { limit, busy });
  const now = parts.now();
  const readingAt = nextCareful(pacing, now);
  if (readingAt === null) pacing.putOff.clear();
  const rows = await dueRows(parts.connection, { limit, busy: busy.union(pacing.putOff), now });
  const taken = placesFor(rows, { writeBatch: parts.store.abilities.writeBatch, now });
  const putOffUntil = pacing.putOff.size === 0 ? null : readingAt;
  if (taken === 0) return waitFor(rows.map(({ writeAt }) => writeAt ?? now).concat(putOffUntil ?? []));
  const owed = await whatIsOwed(parts, rows.slice(0, taken));
  const free = await gathered(parts, owed, pacing);
  // Places of rows that were put off are for others.
  return free.length === owed.length ? { kind: 'write', owed } : whatIsDue(parts, { pacing, busy });
}

function waitFor(moments: readonly Temporal.Instant[]): Round {
  const [first, ...others] = moments;
  return first === undefined ? { kind: 'done' } : { kind: 'wait', until: others.reduce(earlier, first) };
}

function sizeOf({ writeBatch, requestsPerSecond }: StoreAbilities): number {
  return requestsPerSecond === null ? writeBatch : Math.max(ROUND, writeBatch);
}

/** Says of every ticket that changed since anybody looked when the base is to hear of it. */
async function lookAtChanges(parts: SyncParts, wanted: DirtyWanted): Promise<void> {
  await noteNewRowsDue(parts.connection, parts.store.abilities.writeDelaySeconds.awaited);
  const owed = await whatIsOwed(parts, await freshRows(parts.connection, wanted));
  const due = owed.map(({ row, cells }) => ({
    row,
    at: row.dirtySince.add({ milliseconds: 1000 * secondsToWait(parts, { row, cells }) }),
  }));
  await noteDue(parts.connection, due);
}

function secondsToWait(parts: SyncParts, owed: Pick<Owed, 'row' | 'cells'>): number {
  const { awaited, timed = awaited, other } = parts.store.abilities.writeDelaySeconds;
  if (isAwaited(parts, owed)) return awaited;
  return owed.cells[TIMED] === undefined ? other : timed;
}

function isAwaited({ policy }: SyncParts, { row, cells }: Pick<Owed, 'row' | 'cells'>): boolean {
  if (row.rowId === null || row.synced['key'] !== row.key) return true;
  const names = deskColumns(policy()).filter(({ name, edits }) => edits === 'taken' || AWAITED.has(name));
  return names.some(({ name }) => cells[name] !== undefined);
}

/**
 * Rows come with those that are due first. Full requests go at once; one that something due begins is filled up.
 * Where each row is a request of its own it waits until it is due, for other changes of itself.
 */
function placesFor(rows: readonly DirtyRow[], { writeBatch, now }: { writeBatch: number; now: Temporal.Instant }) {
  const due = rows.filter(({ writeAt }) => writeAt !== null && Temporal.Instant.compare(writeAt, now) <= 0).length;
  if (due > 0) return Math.ceil(due / writeBatch) * writeBatch;
  return writeBatch === 1 ? 0 : Math.floor(rows.length / writeBatch) * writeBatch;
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}

/** Leaves out rows that would have to be read first, when others were read for that reason just now. */
async function gathered(parts: SyncParts, owed: readonly Owed[], pacing: Pacing): Promise<readonly Owed[]> {
  const careful = owed.filter((each) => isCareful(parts, each)).map(({ row }) => row);
  if (careful.length === 0) return owed;
  const now = parts.now();
  const next = nextCareful(pacing, now) ?? begunToGather(parts, pacing);
  if (next === null) return owed;
  await noteDue(
    parts.connection,
    careful.map((row) => ({ row, at: next })),
  );
  for (const { key } of careful) pacing.putOff.add(key);
  return owed.filter(({ row }) => !pacing.putOff.has(row.key));
}

/** When rows that may be read now are read instead; null where that is now. */
function begunToGather({ store, now }: SyncParts, pacing: Pacing): Temporal.Instant | null {
  const isSingle = store.abilities.writeBatch === 1;
  const until = now().add(CAREFUL_GAP);
  if (isSingle && pacing.isGathering) {
    pacing.isGathering = false;
    return null;
  }
  pacing.readAgainAt = until;
  pacing.isGathering = isSingle;
  return isSingle ? until : null;
}

/** Null when rows may be read now; also when the clock was set back, or they would wait for it to come round. */
function nextCareful({ readAgainAt }: Pacing, now: Temporal.Instant): Temporal.Instant | null {
  if (readAgainAt === null || Temporal.Instant.compare(readAgainAt, now) <= 0) return null;
  return Temporal.Instant.compare(readAgainAt, now.add(CAREFUL_GAP)) > 0 ? null : readAgainAt;
}
