import type { ReviewTable } from '../config/review-table.ts';
import type { TableEntry, WantedTable } from '../ports/store-tables.ts';
import { delivered, failed, type Outcome, type OutcomeParts, type OutboxRow } from './outcomes.ts';

export interface RowParts extends OutcomeParts {
  /** The table for the weekly review as the config in force names it; null where there is none. */
  reviewTable: () => ReviewTable | null;
  /** Has rows in a table of the base; null where the base has no tables beside the tickets' own. */
  putRows: ((wanted: WantedTable, entries: readonly TableEntry[]) => Promise<void>) | null;
}

/**
 * Writes the weekly review into its table, as the config names table and columns now: whoever corrected a name has it sent
 * again. What is there is known by its key, so that a second try doubles nothing.
 */
export async function writeRows(parts: RowParts, row: OutboxRow): Promise<Outcome> {
  const { putRows } = parts;
  const table = parts.reviewTable();
  if (table === null || putRows === null) {
    const reason = 'not written: reports.yaml names no table for the weekly review, or the base has none';
    const fix = 'Name a table under weekly, and have it written again from the console.';
    return delivered(parts, row, { kind: 'not_configured', reason, fix });
  }
  const titled = (row.rows ?? []).map((cells) =>
    Object.fromEntries(Object.entries(table.titles).map(([name, title]) => [title, cellOf(cells[name])])),
  );
  try {
    await putRows(table.wanted, titled);
    return delivered(parts, row, { kind: 'sent', id: table.table });
  } catch (error) {
    return failed(parts, row, error);
  }
}

function cellOf(cell: unknown): string | number | null {
  return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
}
