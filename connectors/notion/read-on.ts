import type { Now } from '../../src/ports/now.ts';
import type { Answered } from './client.ts';
import { rowsSince, type Timestamp } from './filters.ts';
import type { Listing } from './pages.ts';
import { isRefusal, tooManyAtOnce } from './problems.ts';
import type { Found, Place } from './wire.ts';

/**
 * How far back from its own beginning a reading is not believed, as queries may show a change late; nobody says how
 * late. Where all that changed is one request, the longer costs nothing; in a flood it would read the same rows again
 * and again.
 */
const SETTLED = { usual: { minutes: 2 }, flood: { minutes: 1 } };

/** A reading of more rows than this would be two requests if it went further back. */
const FLOOD = 50;

/** Where nothing was read yet. */
export const BEGINNING: Place = { since: null, reading: null };

type Reading = NonNullable<Place['reading']>;

/**
 * Asks for the next page of the rows of a data source. A cursor that Notion does not know any more loses nothing: this
 * part begins anew where its last row was.
 */
export async function nextPage<Told extends { answer: Answered<Found> }>(
  place: Place,
  ask: (listing: Listing) => Promise<Told>,
  clock: Now,
): Promise<{ told: Told; reading: Reading }> {
  const { reading } = place;
  const askedAt = clock();
  const told = await ask(listingOf(place)).catch((error: unknown) => {
    if (reading === null || reading.cursor === null || !isRefusal(error)) throw error;
    return ask(listingOf({ ...place, reading: { ...reading, from: reading.last ?? reading.from, cursor: null } }));
  });
  // What it tells may be as old as the question, and an answer can take a minute.
  const now = clock();
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

/**
 * Where to read on after a page. `hasArchived`: a reading of everything ends with the rows that people have archived.
 *
 * @throws Problem `notion.too-many-at-once`
 */
export function placeAfter(
  { since }: Place,
  reading: Reading,
  { results, next_cursor: cursor, hasArchived, ...found }: Found & { hasArchived: boolean },
): Place {
  const row = results.at(-1);
  const lastHere = since === null ? row?.createdAt : row?.editedAt;
  const last = lastHere ?? reading.last;
  if (cursor !== null) return { since, reading: { ...reading, last, cursor } };
  if (found.request_status?.type === 'incomplete' && last !== null) {
    if (reading.from !== null && Temporal.Instant.compare(reading.from, last) >= 0) throw tooManyAtOnce(last);
    return { since, reading: { ...reading, from: last, last, cursor: null } };
  }
  if (since === null && hasArchived && !reading.isArchived) {
    return { since, reading: { ...reading, isArchived: true, from: null, last: null, cursor: null } };
  }
  const isFlood = since !== null && (reading.last !== null || results.length > FLOOD);
  return { since: reading.begunAt.subtract(isFlood ? SETTLED.flood : SETTLED.usual), reading: null };
}
