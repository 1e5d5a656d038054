import type { ChangedRows, StoredRow, Watermark } from '../../src/ports/ticket-store.ts';
import { keyPropertyOf, type Schema } from './schema.ts';
import type { Base } from './base.ts';
import { isPageId, rowsByKey, rowsSince, type Timestamp } from './filters.ts';
import { listAllRows, listRows, type Listing, readRow, storedRow, type Told } from './pages.ts';
import { isRefusal, tooManyAtOnce } from './problems.ts';
import { LOOKS } from './recent-pages.ts';
import { settleTwins } from './twins.ts';
import { type Found, type Page, Place } from './wire.ts';

/** Keys to a question: what one list in a request holds (developers.notion.com, "Request limits"). */
const KEYS = 100;

/** Rows that are asked for by their ids at once. */
const IN_FLIGHT = 5;

/**
 * How far back from its own beginning a reading is not believed, as queries may show a change late; nobody says how
 * late. Where all that changed is one request, the longer costs nothing; in a flood it would read the same rows again
 * and again.
 */
const SETTLED = { usual: { minutes: 2 }, flood: { minutes: 1 } };

/** A reading of more rows than this would be two requests if it went further back. */
const FLOOD = 50;

const BEGINNING: Place = { since: null, reading: null };

type Reading = NonNullable<Place['reading']>;

/** Reading, a page at a time. */
export interface Reader {
  changesSince(watermark: Watermark | null): Promise<ChangedRows>;
  read(ids: readonly string[]): Promise<readonly StoredRow[]>;
  find(keys: readonly string[]): Promise<readonly StoredRow[]>;
}

/** Reads what changed, whoever changed it, and rows by their ids and keys. */
export function createReader(base: Base): Reader {
  return {
    async changesSince(watermark) {
      const place = placeOf(watermark);
      const { told, reading } = await nextPage(base, place);
      const next = placeAfter(place, reading, told.answer.value);
      const rows = await rowsOf(base, told.answer.value.results, told.schema);
      return { rows, deletedIds: [], watermark: JSON.stringify(next), more: next.reading !== null };
    },
    read: (ids) => readRows(base, [...new Set(ids.filter(isPageId))]),
    find: (keys) => findRows(base, [...new Set(keys)]),
  };
}

/** What another store left off at, or an older version of us, means nothing: everything is read. */
function placeOf(watermark: Watermark | null): Place {
  return watermark === null ? BEGINNING : (Place.safeParse(watermark).data ?? BEGINNING);
}

/** A cursor that Notion does not know any more loses nothing: this part begins anew where its last row was. */
async function nextPage(base: Base, place: Place): Promise<{ told: Told<Found>; reading: Reading }> {
  const kind = place.since === null ? 'bulk' : 'prompt';
  const { reading } = place;
  const ask = (listing: Listing) => listRows(base, () => listing, kind);
  const askedAt = base.given.now();
  const told = await ask(listingOf(place)).catch((error: unknown) => {
    if (reading === null || reading.cursor === null || !isRefusal(error)) throw error;
    return ask(listingOf({ ...place, reading: { ...reading, from: reading.last ?? reading.from, cursor: null } }));
  });
  // What it tells may be as old as the question, and an answer can take a minute.
  const now = base.given.now();
  const milliseconds = Math.max(0, now.epochMilliseconds - askedAt.epochMilliseconds);
  const begunAt = (told.answer.at ?? now).subtract({ milliseconds });
  return { told, reading: reading ?? { begunAt, isArchived: false, from: null, last: null, cursor: null } };
}

/** Rows in the order in which they were made, or changed, so that the last one says where to go on. */
function listingOf({ since, reading }: Place): Listing {
  return {
    ...rowsSince(timestampOf(since), reading?.from ?? (since === null ? null : wholeMinute(since))),
    ...(reading !== null && reading.cursor !== null && { start_cursor: reading.cursor }),
    ...(reading?.isArchived === true && { is_archived: true }),
  };
}

/** Notion tells times in whole minutes, rounded one way or the other: what changed since tells no earlier one. */
function wholeMinute(moment: Temporal.Instant): Temporal.Instant {
  return moment.round({ smallestUnit: 'minute', roundingMode: 'floor' });
}

function timestampOf(since: Place['since']): Timestamp {
  return since === null ? 'created_time' : 'last_edited_time';
}

function placeAfter({ since }: Place, reading: Reading, { results, next_cursor: cursor, ...found }: Found): Place {
  const row = results.at(-1);
  const lastHere = since === null ? row?.createdAt : row?.editedAt;
  const last = lastHere ?? reading.last;
  if (cursor !== null) return { since, reading: { ...reading, last, cursor } };
  if (found.request_status?.type === 'incomplete' && last !== null) {
    if (reading.from !== null && Temporal.Instant.compare(reading.from, last) >= 0) throw tooManyAtOnce(last);
    return { since, reading: { ...reading, from: last, last, cursor: null } };
  }
  if (since === null && !reading.isArchived) {
    return { since, reading: { ...reading, isArchived: true, from: null, last: null, cursor: null } };
  }
  const isFlood = since !== null && (reading.last !== null || results.length > FLOOD);
  return { since: reading.begunAt.subtract(isFlood ? SETTLED.flood : SETTLED.usual), reading: null };
}

/** Pages as rows of ours, each as it is: what a query may have told late is looked at once more. */
async function rowsOf(base: Base, pages: readonly Page[], schema: Schema): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for (const page of await settleTwins(base, pages, schema)) {
    const row = storedRow(page, schema, base);
    const now = base.recent.isDoubtful(page.id, row.cells) ? await readRow(base, page.id) : { page, schema };
    if (now !== null) rows.push(storedRow(now.page, now.schema, base));
  }
  return rows;
}

/** Several rows whose keys we know are one question; any other is asked for by its id. */
async function readRows(base: Base, ids: readonly string[]): Promise<StoredRow[]> {
  const keys = ids.flatMap((id) => base.recent.keyOf(id) ?? []);
  const listed = keys.length > 1 ? await listByKey(base, keys) : [];
  const found = new Map(listed.filter(({ id }) => ids.includes(id)).map((row) => [row.id, row]));
  const others = ids.filter((id) => !found.has(id));
  const asked: StoredRow[] = [];

  async function work(): Promise<void> {
    for (let id = others.shift(); id !== undefined; id = others.shift()) {
      const told = await readRow(base, id);
      if (told === null) continue;
      const row = storedRow(told.page, told.schema, base);
      base.recent.note(row);
      asked.push(row);
    }
  }

  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return [...found.values(), ...asked];
}

async function listByKey(base: Base, keys: readonly string[]): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for (let start = 0; start < keys.length; start += KEYS) {
    const some = keys.slice(start, start + KEYS);
    const { pages, schema } = await listAllRows(base, (known) => rowsByKey(keyPropertyOf(known), some));
    rows.push(...(await rowsOf(base, pages, schema)));
  }
  return rows;
}

/** Whoever looks for a key does not know whether its page was made, so it is not soon believed that it was not. */
async function findRows(base: Base, keys: readonly string[]): Promise<StoredRow[]> {
  const rows = new Map<string, StoredRow>();
  let missing = keys;
  for (const [look, seconds] of LOOKS.entries()) {
    // Where enough time has passed for the next look already, that one is enough.
    const next = LOOKS[look + 1];
    if (missing.length === 0 || (next !== undefined && millisecondsUntil(base, missing, next) <= 0)) continue;
    await waitFor(base, millisecondsUntil(base, missing, seconds));
    for (const row of await listByKey(base, missing)) {
      if (row.key === null || !missing.includes(row.key)) continue;
      rows.set(row.key, row);
      base.recent.give(row.key, row.id);
    }
    missing = missing.filter((key) => !rows.has(key));
  }
  return [...rows.values()];
}

/** Until it is so many seconds ago that the youngest of these may have been made; less than 0 when that is over. */
function millisecondsUntil({ recent, given }: Base, keys: readonly string[], seconds: number): number {
  const moments = keys.map((key) => recent.unsureSince(key).epochMilliseconds);
  return Math.max(...moments) + seconds * 1000 - given.now().epochMilliseconds;
}

async function waitFor({ given }: Base, milliseconds: number): Promise<void> {
  if (milliseconds > 0) await given.pause(milliseconds);
}
