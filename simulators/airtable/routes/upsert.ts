import { writeCell, type Writing } from '../cells/write.ts';
import { badRequest } from '../refusal.ts';
import type { Cell, Field, FieldType, Table } from '../world.ts';
import { fieldOf } from '../world.ts';
import { knownField } from './record-body.ts';
import type { BaseVisit } from './route.ts';
import { writingOf } from './stage.ts';

/** Section 3: no email, phone or URL, nothing computed. */
const MERGEABLE: readonly FieldType[] = [
  'number',
  'singleLineText',
  'multilineText',
  'richText',
  'singleSelect',
  'multipleSelects',
  'date',
];

interface Wish {
  id?: string | undefined;
  fields: Readonly<{ [name: string]: unknown }>;
}

/** @throws Refusal 422 for a field that is not there, or of a type that records cannot be told apart by */
export function upsertKeys(table: Table, names: readonly string[]): Field[] {
  return names.map((name) => {
    const field = knownField(table, name);
    if (MERGEABLE.includes(field.type)) return field;
    throw badRequest(`Field "${field.name}" cannot be used to merge records.`);
  });
}

/**
 * The id of the record that each one without an id stands for; null where it is to be created. All are looked up
 * in the table as it is: two new records of the same key in one request become two [U, section 3].
 *
 * @throws Refusal 422 where a record lacks a key, or its key is that of several. The type of the latter is not
 * published [U, section 3].
 */
export function matchesOf(
  visit: BaseVisit,
  { table, keys, typecast }: { table: Table; keys: readonly Field[]; typecast: boolean },
  records: readonly Wish[],
): (string | null)[] {
  const writing = writingOf(visit, typecast);
  writing.mayAddChoices = false;
  const wanted = records.map(({ id, fields }) =>
    id === undefined ? keyOfWish(writing, { table, keys }, fields) : null,
  );
  const found = rowsByKey(table, keys, new Set(wanted.filter((key) => key !== null)));
  return wanted.map((key) => {
    const ids = key === null ? [] : (found.get(key) ?? []);
    if (ids.length > 1) throw badRequest('Cannot update records: more than one record matches the fields to merge on.');
    return ids[0] ?? null;
  });
}

/** The key of a record to be written; null where it is empty, for nothing is like nothing: that creates (section 3). */
function keyOfWish(
  writing: Writing,
  { table, keys }: { table: Table; keys: readonly Field[] },
  fields: Wish['fields'],
): string | null {
  const cells = new Map<string, Cell | null>();
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldOf(table, name);
    if (field === undefined || !keys.includes(field)) continue;
    // A choice that does not exist yet is made when the record is written, and matches nothing before.
    const isNewChoice = writing.typecast && isUnknownChoice(field, value);
    cells.set(field.id, isNewChoice ? null : writeCell({ writing, field, row: null, value }));
  }
  if (keys.some(({ id }) => !cells.has(id))) {
    throw badRequest('Every record without an ID must have a value for each of the fields to merge on.');
  }
  return keyOf(keys, cells);
}

/** In one look through the table, however many keys there are. */
function rowsByKey(table: Table, keys: readonly Field[], wanted: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const row of wanted.size === 0 ? [] : table.rows.values()) {
    const key = keyOf(keys, row.cells);
    if (key === null || !wanted.has(key)) continue;
    found.set(key, [...(found.get(key) ?? []), row.id]);
  }
  return found;
}

function keyOf(keys: readonly Field[], cells: ReadonlyMap<string, Cell | null>): string | null {
  let key = '';
  for (const { id } of keys) {
    const cell = cells.get(id) ?? null;
    if (cell === null) return null;
    key += `${typeof cell === 'string' ? cell : JSON.stringify(cell)}\0`;
  }
  return key;
}

function isUnknownChoice(field: Field, value: unknown): boolean {
  return (
    field.type === 'singleSelect' && !field.options?.choices?.some(({ id, name }) => name === value || id === value)
  );
}
