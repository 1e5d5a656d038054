import type { Base, Cell, Choice, Field } from '../world.ts';

/** The choice that a cell of a select holds. */
export function choiceOf(field: Field, cell: Cell | undefined): Choice | undefined {
  return field.options?.choices?.find(({ id }) => id === cell);
}

/** The ids in a cell that holds several. */
export function idsIn(cell: Cell | undefined): string[] {
  return Array.isArray(cell) ? cell.filter((item): item is string => typeof item === 'string') : [];
}

/** What a linked record is called: the text of its first column. */
export function nameOfRow(base: Base, field: Field, rowId: string): string {
  const table = base.tables.find(({ id }) => id === field.options?.linkedTableId);
  const cell = table?.rows.get(rowId)?.cells.get(table.primaryFieldId);
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}

/** Whether two cells hold the same. The order of a list counts. */
export function isSameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  if (one === other) return true;
  // Most cells are text, and most pairs differ: upserts look through whole tables.
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  return JSON.stringify(one) === JSON.stringify(other);
}
