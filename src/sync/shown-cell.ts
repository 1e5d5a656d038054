import type { Policy } from '../decide/policy.ts';
import type { Cell, TicketStore } from '../ports/ticket-store.ts';
import { fitted } from './cells.ts';
import { deskColumns } from './columns.ts';
import type { DeskColumn, Shown } from './desk-column.ts';
import { MEMORY } from './memory.ts';
import { shadowColumns } from './shadow-columns.ts';

/** What the cells of a base can hold. */
export interface CellLimits {
  /** In UTF-16 units. */
  longestText: number;
  /** What the base holds in place of a cell that it cannot hold as it is. */
  fit(column: string, cell: Cell): Cell;
  /** Columns that we are not to write. One that is to be tried again is tried in a row that is there. */
  locked(row: { isNew: boolean }): ReadonlySet<string>;
}

/** What the cells of rows are limited by: the base, and ourselves while we only look on. */
interface LimitedBy {
  store: Pick<TicketStore, 'abilities' | 'fit' | 'locked'>;
  policy: () => Policy;
  /** Left out, the desk acts. */
  isInShadow?: () => boolean;
}

export function limitsOf({ store, policy, isInShadow }: LimitedBy): CellLimits {
  return {
    longestText: store.abilities.longestText,
    fit: store.fit ?? ((_, cell) => cell),
    locked({ isNew }) {
      const shut = (store.locked?.() ?? []).filter(({ isToBeTried }) => isNew || !isToBeTried);
      const names = shut.map(({ name }) => name);
      return new Set(isInShadow?.() === true ? [...names, ...shadowColumns(deskColumns(policy()), { isNew })] : names);
    },
  };
}

/** A cell as this base will hold it, so that nothing is owed that it can never hold. */
export function shownCell(column: DeskColumn, shown: Shown, { longestText, fit }: CellLimits): Cell {
  // Half of what a row costs to work out, and for nothing where the base keeps none of it.
  if (column.name === MEMORY && fit(MEMORY, '{}') === null) return null;
  return fit(column.name, fitted(column.show(shown, longestText), longestText));
}
