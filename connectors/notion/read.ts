import type { ChangedRows, StoredRow, Watermark } from '../../src/ports/ticket-store.ts';
import { keyPropertyOf, type Schema } from './schema.ts';
import type { Base } from './base.ts';
import { isPageId, rowsByKey } from './filters.ts';
import { listAllRows, listRows, readRow, storedRow } from './pages.ts';
import { BEGINNING, nextPage, placeAfter } from './read-on.ts';
import { LOOKS } from './recent-pages.ts';
import { settleTwins } from './twins.ts';
import { type Page, Place } from './wire.ts';

/** Keys to a question: what one list in a request holds (developers.notion.com, "Request limits"). */
const KEYS = 100;

/** Rows that are asked for by their ids at once. */
const IN_FLIGHT = 5;

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
      const kind = place.since === null ? 'bulk' : 'prompt';
      const { told, reading } = await nextPage(place, (listing) => listRows(base, () => listing, kind), base.given.now);
      const next = placeAfter(place, reading, { ...told.answer.value, hasArchived: true });
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
