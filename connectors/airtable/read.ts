import { type Cell, type ChangedRows, type StoredRow, type Watermark } from '../../src/ports/ticket-store.ts';
import { type Base, knownOf } from './base.ts';
import { cellOf, isOfType } from './cells.ts';
import type { Answered } from './client.ts';
import { isRecordId, rowsById, rowsByKey, rowsChangedSince } from './formula.ts';
import { isType, listingLost } from './problems.ts';
import { insistOnColumns, keyFieldOf, type Schema } from './schema.ts';
import { watchedFor } from './team-columns.ts';
import { type AirtableRecord, Page, Place } from './wire.ts';

/** Rows to a page, the most that Airtable gives (developers/web/api/list-records). */
export const PAGE = 100;

/**
 * Seconds that are read twice: moments of change are whole seconds, and may show a little later than the
 * change itself. Rows may come again; whoever takes them in knows by their content.
 */
export const OVERLAP_SECONDS = 10;

/** Times that a listing may be given up by Airtable before we rest, and for how many seconds. */
const MOST_RESTARTS = 3;
const RESTART_REST_SECONDS = 300;

/** Under this name the number of rows is kept that the last full reading found. */
export const ROW_COUNT = 'airtable.rows';

const BEGINNING: Place = { since: null, reading: null, heard: null };

/** Reading, a page at a time. */
export interface Reader {
  changesSince(watermark: Watermark | null): Promise<ChangedRows>;
  read(ids: readonly string[]): Promise<readonly StoredRow[]>;
  find(keys: readonly string[]): Promise<readonly StoredRow[]>;
}

/** Reads what changed, by the columns that people may edit, and rows by their ids. */
export function createReader(base: Base): Reader {
  const state = { restarts: 0 };

  async function page(place: Place): Promise<{ answer: Answered<Page>; schema: Schema; isAnew: boolean }> {
    try {
      return { ...(await listed(base, (schema) => changes(schema, place))), isAnew: place.reading === null };
    } catch (error) {
      if (place.reading === null || !isType(error, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE')) throw error;
      state.restarts += 1;
      if (state.restarts > MOST_RESTARTS) {
        state.restarts = 0;
        throw listingLost(RESTART_REST_SECONDS);
      }
      return page({ ...place, reading: null });
    }
  }

  return {
    async changesSince(watermark) {
      const place = placeOf(watermark);
      const { answer, schema, isAnew } = await page(place);
      const { records, offset } = answer.value;
      const before = isAnew ? null : place.reading;
      const begunAt = before?.begunAt ?? answer.at ?? base.given.now();
      const rows = (before?.rows ?? 0) + records.length;
      if (offset === undefined) {
        state.restarts = 0;
        if (place.since === null) await base.given.memory.set(ROW_COUNT, rows);
      }
      const next: Place =
        offset === undefined
          ? { ...place, since: begunAt.subtract({ seconds: OVERLAP_SECONDS }), reading: null }
          : { ...place, reading: { begunAt, offset, rows } };
      return {
        rows: records.map((record) => storedRow(record, schema, base)),
        deletedIds: [],
        watermark: JSON.stringify(next),
        more: offset !== undefined,
      };
    },
    read: (ids) => readInPages(base, ids.filter(isRecordId), () => rowsById),
    find: (keys) => readInPages(base, keys, (schema) => (some) => rowsByKey(keyFieldOf(schema), some)),
  };
}

/** Rows by what names them, as many to a request as Airtable gives. */
async function readInPages(
  base: Base,
  names: readonly string[],
  formula: (schema: Schema) => (page: readonly string[]) => string,
): Promise<readonly StoredRow[]> {
  const wanted = [...new Set(names)];
  const rows: StoredRow[] = [];
  for (let start = 0; start < wanted.length; start += PAGE) {
    const page = wanted.slice(start, start + PAGE);
    rows.push(...(await readRows(base, (schema) => formula(schema)(page))));
  }
  return rows;
}

/** The rows that a formula finds, a hundred at most. */
export async function readRows(base: Base, formula: (schema: Schema) => string): Promise<StoredRow[]> {
  const { answer, schema } = await listed(base, (known) => ({ filterByFormula: formula(known) }));
  return answer.value.records.map((record) => storedRow(record, schema, base));
}

/** What another store left off at, or an older version of us, means nothing: everything is read. */
export function placeOf(watermark: Watermark | null): Place {
  return watermark === null ? BEGINNING : (Place.safeParse(watermark).data ?? BEGINNING);
}

/** Rows that people made or edited; all of them at first. */
function changes(schema: Schema, { since, reading }: Place) {
  return {
    ...(since !== null && { filterByFormula: rowsChangedSince(since, fieldIdsWatched(schema)) }),
    ...(reading !== null && { offset: reading.offset }),
  };
}

/**
 * One page. A field that is no longer there, or a value that its field cannot have, means that somebody
 * changed the table: then we look at it again before we believe that people emptied all those cells.
 */
async function listed(
  base: Base,
  wanted: (schema: Schema) => Readonly<Record<string, unknown>>,
): Promise<{ answer: Answered<Page>; schema: Schema }> {
  const schema = await base.schema.current();
  await base.locks.load(schema);
  insistOnColumns(schema);
  const answer = await list(base, schema, wanted(schema)).catch((error: unknown) => {
    if (!isType(error, 'UNKNOWN_FIELD_NAME', 'INVALID_FILTER_BY_FORMULA')) throw error;
    return null;
  });
  if (answer !== null && isAsExpected(answer.value, schema)) return { answer, schema };
  const fresh = await base.schema.refresh(schema);
  insistOnColumns(fresh);
  return { answer: await list(base, fresh, wanted(fresh)), schema: fresh };
}

async function list(base: Base, schema: Schema, wanted: object): Promise<Answered<Page>> {
  const answer = await base.client.ask({
    kind: 'rows',
    method: 'POST',
    // Everything in the body: a URL could get too long, and shows up in the logs of proxies.
    path: `/${schema.table.id}/listRecords`,
    body: { pageSize: PAGE, returnFieldsByFieldId: true, fields: fieldIdsRead(schema), ...wanted },
    shape: Page,
    isRepeatable: true,
  });
  for (const record of answer.value.records) base.recent.note(record, answer.at ?? base.given.now());
  return answer;
}

/** Files are left out: they are many, their addresses die, and nobody compares them. */
export function fieldIdsRead({ bound }: Schema): readonly string[] {
  return [...bound.values()].filter(({ column }) => column.type.kind !== 'files').map(({ field }) => field.id);
}

/** The fields that people may edit, and those by which the team's own columns change. */
export function fieldIdsWatched({ bound, table }: Schema): readonly string[] {
  const ids = [...bound.values()].flatMap(({ column: { edits }, field }) => {
    if (edits === 'read') return watchedFor(field, table);
    return edits === 'taken' ? [field.id] : [];
  });
  return [...new Set(ids)];
}

function isAsExpected({ records }: Page, { bound }: Schema): boolean {
  const all = [...bound.values()];
  return records.every(({ fields }) => all.every((each) => isOfType(each, fields[each.field.id])));
}

/** A record as a row of ours. */
export function storedRow({ id, createdTime, fields }: AirtableRecord, schema: Schema, base: Base): StoredRow {
  const known = knownOf(base, schema);
  const ours = base.given.columns().filter(({ edits }) => edits !== 'read');
  const cells = new Map<string, Cell>(ours.map(({ name }) => [name, null]));
  for (const [name, bound] of schema.bound) cells.set(name, cellOf(bound, fields[bound.field.id], known));
  const key = cells.get('key');
  cells.delete('key');
  return {
    id,
    key: typeof key === 'string' && key.trim() !== '' ? key.trim() : null,
    cells: Object.fromEntries(cells),
    createdAt: createdTime,
    editedBy: null,
  };
}
