import type { Cell, TicketStore } from '../ports/ticket-store.ts';
import { fitted } from './cells.ts';
import type { DeskColumn, Shown } from './columns.ts';
import { MEMORY } from './memory.ts';

/** What the cells of a base can hold. */
export interface CellLimits {
  /** In UTF-16 units. */
  longestText: number;
  /** What the base holds in place of a cell that it cannot hold as it is. */
  fit(column: string, cell: Cell): Cell;
}

export function limitsOf({ abilities, fit }: Pick<TicketStore, 'abilities' | 'fit'>): CellLimits {
  return { longestText: abilities.longestText, fit: fit ?? ((_, cell) => cell) };
}

/** A cell as this base will hold it, so that nothing is owed that it can never hold. */
export function shownCell(column: DeskColumn, shown: Shown, { longestText, fit }: CellLimits): Cell {
  // Half of what a row costs to work out, and for nothing where the base keeps none of it.
  if (column.name === MEMORY && fit(MEMORY, '{}') === null) return null;
  return fit(column.name, fitted(column.show(shown, longestText), longestText));
}
