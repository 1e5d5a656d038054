import { deskColumns } from './columns.ts';
import type { Owed } from './compare.ts';
import { type MirrorRow, noteGone } from './mirror.ts';
import { type SyncParts, takeRow } from './take-row.ts';

/** Whether a write touches a cell that people may edit, in a row that they can see. */
export function isCareful({ policy }: SyncParts, { row, cells }: Owed): boolean {
  if (row.rowId === null) return false;
  return deskColumns(policy()).some(({ name, edits }) => edits === 'taken' && cells[name] !== undefined);
}

/**
 * No base can compare and set. So a row is read again just before a write touches a cell that people may
 * edit; what they did meanwhile is taken over, and their row waits for the next round. Milliseconds
 * remain in which an edit can still be written over.
 */
export async function withoutEdits(parts: SyncParts, owed: readonly Owed[]): Promise<readonly Owed[]> {
  const touching = owed.filter((each) => isCareful(parts, each)).map(({ row }) => row);
  if (touching.length === 0) return owed;
  const rows = await parts.store.read(touching.flatMap(({ rowId }) => rowId ?? []));
  const found = new Map(rows.map((row) => [row.id, row]));
  const busy = new Set<string>();
  for (const row of touching) {
    const stored = found.get(row.rowId ?? '');
    if (stored === undefined) await detach(parts, row);
    if (stored === undefined || (await takeRow(parts, stored, row)) !== 'same') busy.add(row.key);
  }
  return owed.filter(({ row }) => !busy.has(row.key));
}

/** The row is gone from the base; its ticket stays. */
export async function detach({ connection, now, log }: SyncParts, { key, rowId }: MirrorRow): Promise<void> {
  if (rowId !== null) await noteGone(connection, [rowId], now());
  log.info({ ticketKey: key }, 'the row of a ticket was deleted in the base; the ticket stays, detached');
}
