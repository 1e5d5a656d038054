import { z } from 'zod';
import { invalid } from '../refusal.ts';
import { parsed } from '../parsed.ts';
import { defaultStatus } from '../properties/options.ts';
import { plainValue } from '../properties/plain.ts';
import type { DataSource, Property, World } from '../world.ts';
import { propertyOf, toldMoment } from '../world.ts';
import type { Seen } from './conditions.ts';

const direction = z.enum(['ascending', 'descending']);
const Sort = z.union([
  z.strictObject({ property: z.string(), direction }),
  z.strictObject({ timestamp: z.enum(['created_time', 'last_edited_time']), direction }),
]);
const Sorts = z.array(Sort).max(100).optional();

/** What a row is ordered by, one key for each sort. Nothing comes after everything [U]. */
export type SortKeys = readonly (string | number | null)[];

export interface Order {
  keysOf: (row: Seen) => SortKeys;
  /** Below zero where the first comes first. Equal ones go by their ids: arbitrary, but always the same. */
  compare: (one: Placed, other: Placed) => number;
}

/** A place in the order: that of a row, or that where a row once was. */
export interface Placed {
  id: string;
  keys: SortKeys;
}

/** @throws Refusal 400 for an unknown property */
export function orderOf(world: World, source: DataSource, sorts: unknown): Order {
  const given = parsed(Sorts, sorts, { part: 'body', at: ['sorts'] }) ?? [];
  const keys = given.map((sort) =>
    'timestamp' in sort ? timeKey(world, sort.timestamp) : propertyKey(world, source, sort.property),
  );
  const signs = given.map((sort) => (sort.direction === 'ascending' ? 1 : -1));
  return {
    keysOf: (row) => keys.map((key) => key(row)),
    compare(one, other) {
      for (const [index, sign] of signs.entries()) {
        const order = compareKeys(one.keys[index] ?? null, other.keys[index] ?? null);
        if (order !== 0) return order * sign;
      }
      return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
    },
  };
}

type Key = (row: Seen) => string | number | null;

function timeKey(world: World, timestamp: 'created_time' | 'last_edited_time'): Key {
  if (timestamp === 'created_time') return ({ page }) => toldMoment(world, page.createdAt);
  return ({ state }) => toldMoment(world, state.editedAt);
}

/** Options go by their order in the schema, everything else by what people see of it. */
function propertyKey(world: World, source: DataSource, name: string): Key {
  const property = propertyOf(source, name);
  if (property === undefined) throw invalid(`Could not find sort property with name or id: ${name}`);
  if (property.type === 'select' || property.type === 'status') return optionKey(property);
  return ({ page, state }) => {
    const value = plainValue(world, { page, state }, property);
    if (value === undefined) return null;
    if (typeof value === 'number') return value;
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
}

function optionKey(property: Property): Key {
  const places = new Map(property.options.map(({ id }, index) => [id, index]));
  const fallback = property.type === 'status' ? defaultStatus(property)?.id : undefined;
  return ({ state }) => {
    const cell = state.cells.get(property.id);
    return places.get(cell?.is === 'id' ? cell.id : (fallback ?? '')) ?? null;
  };
}

function compareKeys(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
