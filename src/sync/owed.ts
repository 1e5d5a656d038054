import type { Cell, Cells } from '../ports/ticket-store.ts';
import { wasTaken } from './asking-key.ts';
import { isEmpty, sameCell } from './cells.ts';
import type { DeskColumn, Shown } from './columns.ts';
import type { MirrorRow } from './mirror.ts';
import { type CellLimits, shownCell } from './shown-cell.ts';

/** The columns in which people ask are their own until it was taken from them. */
const ASKED = new Set(['reply', 'send', 'handoffTo', 'handoffReason']);

/**
 * What the row must still be told: the cells in which the ticket differs from the row as we last knew
 * it. Null when nothing is owed, and then no request is spent.
 */
export function owedCells(
  { row, activity }: { row: MirrorRow; activity: Shown['activity'] },
  { columns, limits }: { columns: readonly DeskColumn[]; limits: CellLimits },
): Cells | null {
  const shown = { ticket: row.ticket, activity, replyKey: row.replyKey };
  const owed: Record<string, Cell> = {};
  for (const column of columns) {
    if (column.name === 'key' || ASKED.has(column.name)) continue;
    const cell = shownCell(column, shown, limits);
    if (isOwed(column, cell, row)) owed[column.name] = cell;
  }
  const cells = { ...owed, ...clearedReply(row), ...clearedHandoff(row) };
  const isKeyRight = row.synced['key'] === row.key;
  return isKeyRight && Object.keys(cells).length === 0 ? null : cells;
}

/** A new row is written whole, save what is empty anyway; a row that exists gets what changed. */
function isOwed({ name, type, edits }: DeskColumn, cell: Cell, { rowId, synced, sent }: MirrorRow): boolean {
  if (rowId === null) return !isEmpty(cell) || sent[name] !== undefined;
  return edits !== 'left' && !sameCell(type, cell, synced[name] ?? null);
}

/** Unticks `Send`; clears `Reply` too when it still holds the answer that was taken. */
function clearedReply({ synced, replyKey }: MirrorRow): Cells {
  if (synced['send'] !== true) return {};
  const reply = synced['reply'];
  return typeof reply === 'string' && wasTaken(reply, replyKey) ? { send: false, reply: null } : { send: false };
}

/** A queue that was chosen is always answered; a reason may have to wait for its queue. */
function clearedHandoff({ synced, handoffKey }: MirrorRow): Cells {
  const reason = synced['handoffReason'];
  const isTaken = typeof reason === 'string' && !isEmpty(reason) && wasTaken(reason, handoffKey);
  return {
    ...(!isEmpty(synced['handoffTo'] ?? null) && { handoffTo: null }),
    ...(isTaken && { handoffReason: null }),
  };
}
