import type { Problem } from '../../domain/problem.ts';
import type { Cell, Cells, RowWrite, WriteOutcome } from '../../ports/ticket-store.ts';
import type { Bound, BoundColumns } from './bind-columns.ts';
import type { BaseField } from './propose-fields.ts';

/** Says what a base will hold of the cells of a row. */
type Fit = (row: RowWrite) => Cells;

/** How a connector fits one cell into its field; columns that the base does not have are left out. */
export function fitterOf<Field extends BaseField>(
  { bound }: Pick<BoundColumns<Field>, 'bound'>,
  fitCell: (bound: Bound<Field>, cell: Cell) => Cell,
): Fit {
  return ({ cells }) => {
    const fitting: Record<string, Cell> = {};
    for (const [name, cell] of Object.entries(cells)) {
      const found = bound.get(name);
      if (found !== undefined) fitting[name] = fitCell(found, cell);
    }
    return fitting;
  };
}

interface Fitting {
  /** By what is known now. */
  now: Fit;
  /** By what was known when `fit` was asked about these rows; null when that was nothing. */
  before: Fit | null;
  outcomes: Map<string, WriteOutcome>;
  notFitted: () => Problem;
}

/**
 * Only what `fit` says is written, or the mirror would hold something else than the row. Where `fit` would
 * have said something else when it was asked, the row waits for the next round. Returns what can be sent.
 */
export function fitRows(rows: readonly RowWrite[], { now, before, outcomes, notFitted }: Fitting): RowWrite[] {
  return rows.flatMap((row) => {
    const cells = now(row);
    const foreseen = before === null ? row.cells : before(row);
    const isUnforeseen = Object.entries(cells).some(
      ([name, cell]) => !isSame(cell, row.cells[name]) && isSame(foreseen[name], row.cells[name]),
    );
    if (!isUnforeseen) return [{ ...row, cells }];
    outcomes.set(row.key, { key: row.key, postponed: notFitted() });
    return [];
  });
}

function isSame(one: Cell | undefined, other: Cell | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
