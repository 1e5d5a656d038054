import { isSameCell } from '../cells/parts.ts';
import { writeCell } from '../cells/write.ts';
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

interface Record {
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
  records: readonly Record[],
): (string | null)[] {
  const writing = writingOf(visit, typecast);
  // A choice that does not exist yet is made when the record is written, and matches nothing before.
  writing.mayAddChoices = false;
  return records.map(({ id, fields }) => {
    if (id !== undefined) return null;
    const values = new Map<string, Cell | null>();
    for (const [name, value] of Object.entries(fields)) {
      const field = fieldOf(table, name);
      if (field === undefined || !keys.includes(field)) continue;
      const isNewChoice = typecast && isUnknownChoice(field, value);
      values.set(field.id, isNewChoice ? null : writeCell({ writing, field, row: null, value }));
    }
    return onlyMatch(table, keys, values);
  });
}

function onlyMatch(table: Table, keys: readonly Field[], values: ReadonlyMap<string, Cell | null>): string | null {
  if (keys.some(({ id }) => !values.has(id))) {
    throw badRequest('Every record without an ID must have a value for each of the fields to merge on.');
  }
  // Nothing is like nothing: an empty key creates (section 3).
  if ([...values.values()].includes(null)) return null;
  const found: string[] = [];
  for (const row of table.rows.values()) {
    if ([...values].every(([id, cell]) => isSameCell(row.cells.get(id), cell ?? undefined))) found.push(row.id);
  }
  if (found.length > 1) throw badRequest('Cannot update records: more than one record matches the fields to merge on.');
  return found[0] ?? null;
}

function isUnknownChoice(field: Field, value: unknown): boolean {
  return (
    field.type === 'singleSelect' && !field.options?.choices?.some(({ id, name }) => name === value || id === value)
  );
}
