import type { Cells } from '../ports/ticket-store.ts';
import { deskColumns } from './columns.ts';
import { activityOfTickets, type MirrorRow, noteSettled } from './mirror.ts';
import { owedCells } from './owed.ts';
import { limitsOf } from './shown-cell.ts';
import type { SyncParts } from './take-row.ts';

/** What is to be written of one ticket. */
export interface Owed<Row extends MirrorRow = MirrorRow> {
  row: Row;
  cells: Cells;
  /** What is owed too, in columns that the base does not let us write. */
  withheld: readonly string[];
}

/** Compares tickets with their rows; what differs in nothing is settled without a request. */
export async function whatIsOwed<Row extends MirrorRow>(parts: SyncParts, rows: readonly Row[]): Promise<Owed<Row>[]> {
  if (rows.length === 0) return [];
  const { connection, policy } = parts;
  const activity = await activityOfTickets(
    connection,
    rows.map(({ key }) => key),
  );
  const given = { columns: deskColumns(policy()), limits: limitsOf(parts) };
  const compared = rows.map((row) => ({
    row,
    ...owedCells({ row, activity: activity.get(row.key) ?? [] }, given),
  }));
  await noteSettled(
    connection,
    compared.filter(({ cells }) => cells === null).map(({ row, withheld }) => ({ ...row, withheld })),
  );
  return compared.flatMap(({ row, cells, withheld }) => (cells === null ? [] : [{ row, cells, withheld }]));
}
