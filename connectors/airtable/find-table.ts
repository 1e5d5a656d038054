import { Problem } from '../../src/domain/problem.ts';
import { keepFields, keptFields } from '../../src/kit/store/bind-columns.ts';
import {
  bindTable,
  type BoundTable,
  findTable,
  insistOnTable,
  tableMissing,
  type TableWords,
} from '../../src/kit/wanted-tables.ts';
import type { WantedTable } from '../../src/ports/store-tables.ts';
import type { Base } from './base.ts';
import { placeOf, type Schema } from './schema.ts';
import { UNREADABLE } from './team-columns.ts';
import type { Field, Table } from './wire.ts';

/** What Airtable calls things. */
export const WORDS: TableWords = {
  table: 'table',
  field: 'column',
  tickType: 'checkbox',
  shownBy: 'a lookup or a formula',
  unreadable: UNREADABLE,
  // Of options Airtable takes only those that are there, and in rich text what customers wrote could become a link.
  written: {
    key: ['singleLineText', 'multilineText'],
    line: ['singleLineText', 'multilineText'],
    text: ['multilineText'],
    number: ['number'],
    day: ['date', 'singleLineText'],
    link: ['url', 'singleLineText'],
  },
};

/** A table of the base, and which wanted column is in which field. */
export interface Found {
  schema: Schema;
  table: Table;
  known: BoundTable<Field>;
}

/**
 * The table with the columns that it has. `stale` is what proved to be out of date. What is not there may have been
 * added a moment ago, so it is looked for once more before it is said to be missing.
 *
 * @throws Problem `store.table-missing`, `store.table-unfit`
 */
export async function find(base: Base, wanted: WantedTable, stale: Schema | null = null): Promise<Found> {
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

export async function findIn(
  { settings, given: { memory } }: Base,
  wanted: WantedTable,
  schema: Schema,
): Promise<Found> {
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
