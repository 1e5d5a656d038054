import { Problem } from '../../src/domain/problem.ts';
import { keepFields, keptFields } from '../../src/kit/store/bind-columns.ts';
import { findingOf } from '../../src/kit/store/store-findings.ts';
import {
  bindTable,
  type BoundTable,
  findTable,
  insistOnTable,
  notTicked,
  tableFindings,
  tableMissing,
  tableRowGone,
  type TableWords,
} from '../../src/kit/wanted-tables.ts';
import type { StoreTables, TableChanges, TableRow, TableWrite, WantedTable } from '../../src/ports/store-tables.ts';
import type { StoreFinding, Watermark } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import type { Answered } from './client.ts';
import { isRecordId, rowsById, rowsChangedSince } from './formula.ts';
import { isType, mayBeGone } from './problems.ts';
import { OVERLAP_SECONDS, PAGE } from './read.ts';
import { placeOf, type Schema } from './schema.ts';
import { teamCell, UNREADABLE, watchedFor } from './team-columns.ts';
import { type AirtableRecord, type Field, Page, type Table, TablePlace, Written } from './wire.ts';

const WORDS: TableWords = {
  table: 'table',
  field: 'column',
  tickType: 'checkbox',
  shownBy: 'a lookup or a formula',
  unreadable: UNREADABLE,
};

/** A table of the base, and which wanted column is in which field. */
interface Found {
  schema: Schema;
  table: Table;
  known: BoundTable<Field>;
}

/** Reads tables of the base beside the tickets' own. They are known by the same look that finds the tickets' columns. */
export function createTables(base: Base): StoreTables {
  return {
    changesSince: (wanted, watermark) => changesSince(base, wanted, watermark),
    tick: (wanted, write) => tick(base, wanted, write),
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

/**
 * The table with the columns that it has. `stale` is what proved to be out of date. What is not there may have been
 * added a moment ago, so it is looked for once more before it is said to be missing.
 *
 * @throws Problem `store.table-missing`, `store.table-unfit`
 */
async function find(base: Base, wanted: WantedTable, stale: Schema | null = null): Promise<Found> {
  const schema = stale === null ? await base.schema.current() : await base.schema.refresh(stale);
  try {
    const found = await findIn(base, wanted, schema);
    insistOnTable(found.known, WORDS);
    await keep(base, wanted, found);
    return found;
  } catch (error) {
    if (stale !== null || !isMissing(error)) throw error;
    return find(base, wanted, schema);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'store.table-missing' || error.code === 'store.table-unfit');
}

async function findIn({ settings, given: { memory } }: Base, wanted: WantedTable, schema: Schema): Promise<Found> {
  const { tables } = schema;
  const table = findTable(wanted, tables, await keptFields(memory, tablesPlace(settings)));
  if (table === undefined) {
    const others = tables.filter(({ id }) => id !== schema.table.id).map(({ name }) => name);
    throw tableMissing(wanted, others, WORDS);
  }
  const kept = await keptFields(memory, placeOf(settings, table));
  return { schema, table, known: bindTable(wanted, table, { kept, words: WORDS }) };
}

/** Remembers the ids, by which what is renamed stays known. */
async function keep({ settings, given: { memory } }: Base, { table: name }: WantedTable, { table, known }: Found) {
  await keepFields(memory, placeOf(settings, table), known);
  const place = tablesPlace(settings);
  const kept = await keptFields(memory, place);
  if (kept[name] !== table.id) await memory.set(place, { ...kept, [name]: table.id });
}

function tablesPlace({ base }: { base: string }): string {
  return `airtable.tables.${base}`;
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
