import { fieldValue } from '../formula/field-value.ts';
import { numberOf, textOf, type Value } from '../formula/value.ts';
import type { Base, Field, Row, Table, World } from '../world.ts';

/** A key of `sort[]`. */
export interface SortKey {
  field: Field;
  direction: 'asc' | 'desc';
}

/**
 * The rows in an order that means nothing and stays the same: by id, which is random. Airtable promises no order
 * without `sort` or `view`, and who relies on one shall find out here (section 3).
 */
export function inOrder(table: Table): readonly Row[] {
  table.order ??= [...table.rows.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return table.order;
}

/** Sorted by each key in turn; rows that are alike stay as they were. */
export function sorted(ground: { world: World; base: Base }, rows: readonly Row[], keys: readonly SortKey[]): Row[] {
  if (keys.length === 0) return [...rows];
  const known = rows.map((row) => ({ row, values: keys.map(({ field }) => sortValue(ground, field, row)) }));
  known.sort((one, other) => {
    for (const [index, { direction }] of keys.entries()) {
      const order = compare(one.values[index] ?? null, other.values[index] ?? null);
      if (order !== 0) return direction === 'asc' ? order : -order;
    }
    return 0;
  });
  return known.map(({ row }) => row);
}

/** A select sorts by the place of its choice in the list, as people see it. */
function sortValue(ground: { world: World; base: Base }, field: Field, row: Row): Value {
  const cell = row.cells.get(field.id);
  if (field.type !== 'singleSelect' || cell === undefined) return fieldValue(ground, field, row);
  return field.options?.choices?.findIndex(({ id }) => id === cell) ?? null;
}

/** Empty comes first. */
function compare(one: Value, other: Value): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === 'string' || typeof other === 'string') return textOf(one).localeCompare(textOf(other), 'en');
  return sortNumber(one) - sortNumber(other);
}

function sortNumber(value: Value): number {
  return typeof value === 'object' && value !== null && value.kind === 'moment' ? value.at : numberOf(value);
}
