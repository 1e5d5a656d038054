import { Problem } from '../../src/domain/problem.ts';
import { findingOf } from '../../src/kit/store/store-findings.ts';
import { type BoundTable, findTable, notTicked, tableFindings, tableRowGone } from '../../src/kit/wanted-tables.ts';
import type { StoreTables, TableChanges, TableRow, TableWrite, WantedTable } from '../../src/ports/store-tables.ts';
import type { StoreFinding, Watermark } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import type { Answered } from './client.ts';
import { find, findIn, type Found, WORDS } from './find-table.ts';
import { isRecordId, rowsById, rowsChangedSince } from './formula.ts';
import { isType, mayBeGone } from './problems.ts';
import { putRows } from './put-rows.ts';
import { OVERLAP_SECONDS, PAGE } from './read.ts';
import { teamCell, watchedFor } from './team-columns.ts';
import { type AirtableRecord, type Field, Page, type Table, TablePlace, Written } from './wire.ts';

/** Reads tables of the base beside the tickets' own. They are known by the same look that finds the tickets' columns. */
export function createTables(base: Base): StoreTables {
  return {
    changesSince: (wanted, watermark) => changesSince(base, wanted, watermark),
    tick: (wanted, write) => tick(base, wanted, write),
    put: (wanted, entries) => putRows(base, wanted, entries),
    addressOf(wanted) {
      const schema = base.schema.known();
      const table = schema === null ? undefined : findTable({ table: wanted }, schema.tables, {});
      return table === undefined ? null : `https://airtable.com/${base.settings.base}/${table.id}`;
    },
    check: (wanted) => check(base, wanted),
  };
}

async function changesSince(base: Base, wanted: WantedTable, watermark: Watermark | null): Promise<TableChanges> {
  const left = watermark === null ? null : (TablePlace.safeParse(watermark).data ?? null);
  const { answer, found, place } = await page(base, wanted, left);
  const { records, offset } = answer.value;
  const begunAt = place.reading?.begunAt ?? answer.at ?? base.given.now();
  const next: TablePlace =
    offset === undefined
      ? { ...place, since: begunAt.subtract({ seconds: OVERLAP_SECONDS }), reading: null }
      : { ...place, reading: { begunAt, offset } };
  return {
    rows: records.map((record) => rowOf(record, found)),
    watermark: JSON.stringify(next),
    more: offset !== undefined,
    isAll: place.since === null,
  };
}

interface PageRead {
  answer: Answered<Page>;
  found: Found;
  /** Where the page was read from, which is not where reading left off once the columns have changed. */
  place: TablePlace;
}

/** One page. What only a table that was changed can answer has us look at it again, once. */
async function page(base: Base, wanted: WantedTable, left: TablePlace | null): Promise<PageRead> {
  const found = await find(base, wanted);
  const place = placeIn(found, left);
  const answer = await list(base, found, place).catch((error: unknown) => {
    if (isType(error, 'UNKNOWN_FIELD_NAME', 'INVALID_FILTER_BY_FORMULA')) return null;
    if (isType(error, 'LIST_RECORDS_ITERATOR_NOT_AVAILABLE') && place.reading !== null) return null;
    if (mayBeGone(error)) return null;
    throw error;
  });
  if (answer !== null && isAsExpected(answer.value, found)) return { answer, found, place };
  const again = await find(base, wanted, found.schema);
  const anew = placeIn(again, left === null ? null : { ...left, reading: null });
  return { answer: await list(base, again, anew), found: again, place: anew };
}

/** Where to read on; from the beginning where other fields are read than before. */
function placeIn({ known }: Found, left: TablePlace | null): TablePlace {
  const fields = fieldIds(known);
  const isSame = left !== null && left.fields.join() === fields.join();
  return isSame ? left : { since: null, reading: null, fields };
}

function fieldIds({ bound }: BoundTable<Field>): string[] {
  return [...bound.values()].map(({ field }) => field.id);
}

function list(base: Base, { table, known }: Found, { since, reading }: TablePlace): Promise<Answered<Page>> {
  const watched = [...known.bound.values()].flatMap(({ field }) => watchedFor(field, table));
  return base.client.ask({
    kind: 'rows',
    method: 'POST',
    path: `/${table.id}/listRecords`,
    body: {
      pageSize: PAGE,
      returnFieldsByFieldId: true,
      fields: fieldIds(known),
      ...(since !== null && { filterByFormula: rowsChangedSince(since, [...new Set(watched)]) }),
      ...(reading !== null && { offset: reading.offset }),
    },
    shape: Page,
    isRepeatable: true,
  });
}

/** A tick that is no tick means that somebody changed the type of the column. */
function isAsExpected({ records }: Page, { known }: Found): boolean {
  const ticks = [...known.bound.values()].filter(({ field }) => field.type === 'checkbox');
  return ticks.every(({ field }) =>
    records.every(({ fields }) => fields[field.id] === undefined || typeof fields[field.id] === 'boolean'),
  );
}

function rowOf({ id, fields }: AirtableRecord, { known }: Found): TableRow {
  const values = [...known.bound].map(([title, { field }]) => [title, teamCell(field, fields[field.id])] as const);
  return { id, values: Object.fromEntries(values) };
}

async function tick(base: Base, wanted: WantedTable, { rowId, title, ticked }: TableWrite): Promise<void> {
  const { table, known } = await find(base, wanted);
  const field = known.bound.get(title)?.field;
  if (field?.type !== WORDS.tickType) throw notTicked(wanted, title, WORDS);
  if (!isRecordId(rowId)) throw tableRowGone(wanted, WORDS);
  try {
    await base.client.ask({
      kind: 'rows',
      method: 'PATCH',
      path: `/${table.id}`,
      body: { records: [{ id: rowId, fields: { [field.id]: ticked } }], returnFieldsByFieldId: true },
      shape: Written,
      isRepeatable: true,
    });
  } catch (error) {
    if (mayBeGone(error) && (await isGone(base, table, rowId))) throw tableRowGone(wanted, WORDS);
    throw error;
  }
}

/** One answer stands for a row that is gone and a field that is locked; only a look tells. */
async function isGone(base: Base, table: Table, rowId: string): Promise<boolean> {
  const { value } = await base.client.ask({
    kind: 'rows',
    method: 'POST',
    path: `/${table.id}/listRecords`,
    body: { pageSize: 1, filterByFormula: rowsById([rowId]), returnFieldsByFieldId: true },
    shape: Page,
    isRepeatable: true,
  });
  return value.records.length === 0;
}

async function check(base: Base, wanted: WantedTable): Promise<readonly StoreFinding[]> {
  try {
    const { known } = await findIn(base, wanted, await base.schema.current());
    return tableFindings(known, WORDS);
  } catch (error) {
    if (error instanceof Problem) return [findingOf(error)];
    throw error;
  }
}
