import { eq } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { ChangedRows, StoredRow, Watermark } from '../ports/ticket-store.ts';
import { knownRowIds, latestSeq, noteGone } from './mirror.ts';
import { isCompareDue, type Pace, paceOf, type Pulse } from './pace.ts';
import { type Calls, callsOf, isCalled, isTrusted, keepCalls, NO_CALLS } from './calls.ts';
import { keepPlace, pagesAfter, type Place, pullPlace } from './place.ts';
import { restfully, secondsToRest, wakeUp } from './rest.ts';
import type { SyncParts } from './take-row.ts';
import { type Pulled, takeRows, type Taking } from './take-rows.ts';

/** After so many tries a row that always fails is left until it changes again. */
const TRIES = 10;

/** More failing rows than this are no fault of the rows: reading stops where it is. */
const MOST_AGAIN = 100;

/** Row ids to one question; Airtable answers a hundred with one request. */
const ASKED_AT_ONCE = 100;

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

/** A base that fails so often in a row is given up by `resync`, for a person to look at. */
const MOST_FAILURES = 10;

/** How far reading the whole base has come. */
export interface Progress {
  rows: number;
  elapsed: Temporal.Duration;
}

/** Reads people's edits out of the base. */
export interface Pull {
  /**
   * Takes over what changed since the last run; the first reads everything, and restores what only the base
   * has. Rests after a failure of the base.
   */
  run(): Promise<Pulled>;
  /**
   * Reads every row, and so finds what reading changes missed: deletions first of all. For the quiet hours;
   * where it would cost too much of the month's requests, only every so many nights.
   */
  compareAll(): Promise<Pulled>;
  /**
   * Reads every row now, whatever was read before, and restores what only the base has. Waits where the base
   * asks to. Throws the base's own `Problem` when it does not let us in or keeps failing.
   */
  resync(onProgress: (progress: Progress) => void): Promise<Pulled>;
  /**
   * Whether the base was ever read to the end. Before that nobody knows which numbers are taken and what was
   * asked already, so no request is to become a ticket.
   */
  knowsBase(): Promise<boolean>;
  /** How often the base is asked; null before the first time. */
  pace(): Pace | null;
}

/** The way from the base to our tickets. Runs in the lane `pull`. */
export function createPull(parts: SyncParts): Pull {
  const known = { base: false, pace: null as Pace | null };
  const notePace = (pace: Pace) => void (known.pace = pace);
  return {
    run: () => restful(parts, (total) => readOn(parts, { total, end: parts.now().add(LONGEST_RUN), notePace })),
    async compareAll() {
      if (!(await isWorthComparing(parts))) return nothing();
      return restful(parts, (total) => readEverything(parts, { total }));
    },
    resync: (onProgress) => resync(parts, onProgress),
    async knowsBase() {
      known.base ||= (await pullPlace(parts)).readAt !== null;
      return known.base;
    },
    pace: () => known.pace,
  };
}

/** What a run is given besides the parts. */
interface Reading {
  total: Pulled;
  /** When to stop, though there be more. */
  end?: Temporal.Instant;
  notePace?: (pace: Pace) => void;
  onRows?: (rows: number) => void;
}

function nothing(): Pulled {
  return { taken: 0, adopted: 0, restored: 0, detached: 0, unknown: 0 };
}

async function restful(parts: SyncParts, work: (total: Pulled) => Promise<void>): Promise<Pulled> {
  const total = nothing();
  await restfully(parts, 'pull', () => work(total));
  return total;
}

async function resync(parts: SyncParts, onProgress: (progress: Progress) => void): Promise<Pulled> {
  const begun = parts.now();
  const total = nothing();
  const done = { rows: 0 };
  const onRows = (rows: number) => {
    done.rows += rows;
    onProgress({ rows: done.rows, elapsed: begun.until(parts.now()) });
  };
  for (let failures = 0; ;) {
    try {
      const isFirst = (await pullPlace(parts)).readAt === null;
      await (isFirst ? readOn(parts, { total, onRows }) : readEverything(parts, { total, onRows }));
      await wakeUp(parts.connection, 'pull');
      return total;
    } catch (error) {
      failures += 1;
      if (!(error instanceof Problem) || error.retry === 'never' || failures > MOST_FAILURES) throw error;
      await parts.pause(secondsToRest(error, failures) * 1000);
      done.rows = 0;
    } finally {
      await parts.meter.save();
    }
  }
}

/** Reads what changed; while the base was never read to the end, that is everything. */
async function readOn(parts: SyncParts, { total, end, notePace, onRows }: Reading): Promise<void> {
  const startedAt = parts.now();
  const left = await pullPlace(parts);
  const isFirst = left.readAt === null;
  const calls = parts.hasNews?.() === true ? await callsOf(parts) : NO_CALLS;
  const hint = { isCalled: isCalled(calls) };
  let place: Place = { ...left, again: await lookAgain(parts, left.again, total) };
  for (let page = await readPage(parts, place.watermark, hint); ;) {
    const { rows, deletedIds, watermark, more } = page;
    const next = more && isFirst ? ahead(readPage(parts, watermark, hint)) : null;
    const { again: failed, typed } = await takeRows(parts, rows, { seq: page.seq, adopts: !isFirst, total });
    total.detached += await detach(parts, deletedIds, rows);
    if (!isFirst) await parts.noteEdited?.(rows);
    const again = { ...without(place.again, rows), ...countTries(parts, { before: place.again, failed }) };
    const pages = pagesAfter(place.pages, 1, parts.now());
    place = { ...place, watermark, again, pages, typed: [...place.typed, ...typed] };
    onRows?.(rows.length);
    if (!more) break;
    await keepPlace(parts, place);
    if (end !== undefined && Temporal.Instant.compare(parts.now(), end) > 0) return;
    page = await (next ?? readPage(parts, watermark, hint));
  }
  if (place.typed.length > 0) place = await adoptTyped(parts, place, total);
  if (!isFirst) await judgeCalls(parts, { calls, startedAt, total });
  const pulse = await pulseNow(parts, place);
  const pace = paceOf(pulse);
  notePace?.(pace);
  const after = ({ seconds }: Pace) => startedAt.add({ milliseconds: Math.round(seconds * 1000) }).toString();
  const nextIfOpenAt = after(paceOf({ ...pulse, hasOpenTickets: true }));
  await keepPlace(parts, { ...place, readAt: parts.now().toString(), nextAt: after(pace), nextIfOpenAt });
}

type Page = ChangedRows & Pick<Taking, 'seq'>;

async function readPage(parts: SyncParts, watermark: Watermark | null, hint = { isCalled: false }): Promise<Page> {
  const seq = await latestSeq(parts.connection);
  return { ...(await parts.store.changesSince(watermark, hint)), seq };
}

/**
 * What was read unbidden, and had changed, is a change for which the base did not call: it is asked as often as
 * if it never did, until it calls again.
 */
async function judgeCalls(
  parts: SyncParts,
  { calls, startedAt, total }: { calls: Calls; startedAt: Temporal.Instant; total: Pulled },
): Promise<void> {
  if (isCalled(calls)) return keepCalls(parts, { heardAt: startedAt.toString() });
  const found = total.taken + total.adopted + total.detached;
  if (isTrusted(calls) && found > 0) await keepCalls(parts, { missedAt: startedAt.toString() });
}

/** Asks for the next page while this one is taken in; its failure is told to whoever waits for it. */
function ahead(page: Promise<Page>): Promise<Page> {
  page.catch(() => undefined);
  return page;
}

/** Now that all numbers are known, the rows that people typed get theirs. */
async function adoptTyped(parts: SyncParts, place: Place, total: Pulled): Promise<Place> {
  const failed: string[] = [];
  for (let start = 0; start < place.typed.length; start += ASKED_AT_ONCE) {
    const seq = await latestSeq(parts.connection);
    const rows = await parts.store.read(place.typed.slice(start, start + ASKED_AT_ONCE));
    failed.push(...(await takeRows(parts, rows, { seq, adopts: true, total })).again);
  }
  return { ...place, typed: [], again: { ...place.again, ...countTries(parts, { before: place.again, failed }) } };
}

/** While the base was never read to the end, the lane `pull` is about to read everything anyway. */
async function isWorthComparing(parts: SyncParts): Promise<boolean> {
  const place = await pullPlace(parts);
  const at = place.comparedAt === null ? null : Temporal.Instant.from(place.comparedAt);
  return place.readAt !== null && isCompareDue(await pulseNow(parts, place), { at, requests: place.comparedPages });
}

async function pulseNow(parts: SyncParts, { pages, again }: Place): Promise<Pulse> {
  const { connection, store, policy, meter, now } = parts;
  const open = connection.queries.select({ key: tickets.key }).from(tickets).where(eq(tickets.isOpen, true)).limit(1);
  return {
    ...store.abilities,
    now: now(),
    hasOpenTickets: (await open).length > 0,
    calendars: policy().calendars,
    // No call comes for a row that is to be read once more.
    hasNews: parts.hasNews?.() === true && Object.keys(again).length === 0 && isTrusted(await callsOf(parts)),
    spent: meter.spentThisMonth(),
    asked: pagesAfter(pages, 0, now()).count,
  };
}

/** Rows that were set aside. Those that are gone by now need no third look. */
async function lookAgain(parts: SyncParts, again: Place['again'], total: Pulled): Promise<Place['again']> {
  const ids = Object.keys(again);
  if (ids.length === 0) return again;
  const seq = await latestSeq(parts.connection);
  const { again: failed } = await takeRows(parts, await parts.store.read(ids), { seq, adopts: true, total });
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

/** Every row is looked at like a changed one; known rows that did not turn up are asked for by name. */
async function readEverything(parts: SyncParts, { total, onRows }: Reading): Promise<void> {
  const begun = await latestSeq(parts.connection);
  const seen = new Set<string>();
  const failed: string[] = [];
  const typed: string[] = [];
  let pages = 0;
  for (let page = await readPage(parts, null); ;) {
    const { rows, watermark, more, seq } = page;
    const next = more ? ahead(readPage(parts, watermark)) : null;
    for (const { id } of rows) seen.add(id);
    const left = await takeRows(parts, rows, { seq, adopts: false, total });
    failed.push(...left.again);
    typed.push(...left.typed);
    pages += 1;
    onRows?.(rows.length);
    if (next === null) break;
    page = await next;
  }
  total.detached += await detachMissing(parts, { seen, seq: begun });
  const place = await adoptTyped(parts, { ...(await pullPlace(parts)), typed }, total);
  const again = { ...countTries(parts, { before: {}, failed }), ...place.again };
  await keepPlace(parts, {
    again,
    pages: pagesAfter(place.pages, pages, parts.now()),
    comparedAt: parts.now().toString(),
    comparedPages: pages,
  });
}

async function detachMissing(
  parts: SyncParts,
  { seen, seq }: { seen: ReadonlySet<string>; seq: number },
): Promise<number> {
  let detached = 0;
  for (let after = ''; ;) {
    const known = await knownRowIds(parts.connection, { after, seq, limit: ASKED_AT_ONCE });
    const missing = known.map(({ rowId }) => rowId).filter((rowId) => !seen.has(rowId));
    const present = missing.length === 0 ? [] : await parts.store.read(missing);
    detached += await detach(parts, missing, present);
    if (known.length < ASKED_AT_ONCE) return detached;
    after = known.at(-1)?.key ?? after;
  }
}
