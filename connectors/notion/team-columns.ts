import type { Cell } from '../../src/ports/ticket-store.ts';
import { CellWords, Computed, type Property } from './wire.ts';

/** Types of property in which nothing stands that a rule could compare: ids of other rows, files, a button. */
export const UNREADABLE: ReadonlySet<string> = new Set(['relation', 'files', 'button', 'verification']);

/** Types of property that hold several values, however many there are. */
const LISTS: ReadonlySet<string> = new Set(['multi_select', 'people']);

/** What a person reads in a cell of the team's own. A box that is not ticked says no. */
export function teamCell({ type }: Pick<Property, 'type'>, held: unknown): Cell {
  if (type === 'formula' || type === 'rollup') return computedCell(held);
  if (type === 'title' || type === 'rich_text') return textIn(held);
  if (!Array.isArray(held)) return saidBy(held);
  const items = held.flatMap((item) => saidBy(item) ?? []);
  const [only = null] = items;
  return items.length < 2 && !LISTS.has(type) ? only : items.map(String);
}

/** A rollup that shows values of other rows has one of its kind for each. */
function computedCell(held: unknown): Cell {
  const { success, data: computed } = Computed.safeParse(held);
  if (!success) return null;
  const value = computed[computed.type];
  if (computed.type !== 'array' || !Array.isArray(value)) return saidBy(value);
  const items = value.flatMap((item) => {
    const each = Computed.safeParse(item).data;
    const said = each === undefined ? null : teamCell({ type: each.type }, each[each.type]);
    return said ?? [];
  });
  const [only = null] = items;
  return items.length < 2 ? only : items.map(String);
}

function textIn(held: unknown): string | null {
  const pieces = Array.isArray(held) ? held.map((piece) => saidBy(piece) ?? '') : [];
  return pieces.length === 0 ? null : pieces.join('');
}

/** Null for what nobody could compare. */
function saidBy(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return CellWords.parse(value);
}
