/** What people write into cells, in whichever type of column. */
import type { TableRow } from '../ports/store-tables.ts';
import type { Cell } from '../ports/ticket-store.ts';

/** People keep empty rows at the end of a table. A box that is not ticked is nothing either. */
export function isBlank({ values }: TableRow): boolean {
  return Object.values(values).every((cell) => cell === null || cell === false || textOf(cell) === '');
}

export function textOf(cell: Cell): string {
  if (cell === null) return '';
  return (typeof cell === 'object' ? cell.join(', ') : String(cell)).trim();
}

/** Several options, or one text with commas between. */
export function listOf(cell: Cell): readonly string[] {
  const parts = typeof cell === 'object' && cell !== null ? cell : textOf(cell).split(/[,;\n]/);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

/** A formula that tells what is ticked has no ticks, and says 1 or 0. */
export function tickOf(cell: Cell): Cell {
  if (cell === 1 || cell === 0) return cell === 1;
  return cell;
}
