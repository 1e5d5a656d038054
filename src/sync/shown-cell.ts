import type { Cell, TicketStore } from '../ports/ticket-store.ts';
import { fitted } from './cells.ts';
import type { DeskColumn, Shown } from './desk-column.ts';
import { MEMORY } from './memory.ts';

/** What the cells of a base can hold. */
export interface CellLimits {
  /** In UTF-16 units. */
  longestText: number;
  /** What the base holds in place of a cell that it cannot hold as it is. */
  fit(column: string, cell: Cell): Cell;
  /** Columns that we are not to write. One that is to be tried again is tried in a row that is there. */
  locked(row: { isNew: boolean }): ReadonlySet<string>;
}

export function limitsOf(store: Pick<TicketStore, 'abilities' | 'fit' | 'locked'>): CellLimits {
  return {
    longestText: store.abilities.longestText,
    fit: store.fit ?? ((_, cell) => cell),
    locked({ isNew }) {
      const shut = (store.locked?.() ?? []).filter(({ isToBeTried }) => isNew || !isToBeTried);
      return new Set(shut.map(({ name }) => name));
    },
  };
}

/** A cell as this base will hold it, so that nothing is owed that it can never hold. */
export function shownCell(column: DeskColumn, shown: Shown, { longestText, fit }: CellLimits): Cell {
  // Half of what a row costs to work out, and for nothing where the base keeps none of it.
  if (column.name === MEMORY && fit(MEMORY, '{}') === null) return null;
  return fit(column.name, fitted(column.show(shown, longestText), longestText));
}
