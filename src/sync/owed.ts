import { isErased } from '../domain/erasure.ts';
import type { Cell, Cells } from '../ports/ticket-store.ts';
import { wasTaken } from './asking-key.ts';
import { isEmpty } from './cells.ts';
import { type DeskColumn, saysTheSame, type Shown } from './desk-column.ts';
import type { MirrorRow } from './mirror.ts';
import { type CellLimits, shownCell } from './shown-cell.ts';

/** The columns in which people ask are their own until it was taken from them. */
const ASKED = new Set(['reply', 'send', 'sendSuggestion', 'handoffTo', 'handoffReason', 'handoffAnswer']);

/** What a row must still be told. */
export interface StillOwed {
  /** Null when nothing is to be written, and then no request is spent. */
  cells: Cells | null;
  /** What would be, in columns that the base does not let us write. */
  withheld: readonly string[];
}

/** The cells in which the ticket differs from the row as we last knew it. */
export function owedCells(
  { row, activity }: { row: MirrorRow; activity: Shown['activity'] },
  { columns, limits }: { columns: readonly DeskColumn[]; limits: CellLimits },
): StillOwed {
  const shown = { ticket: row.ticket, activity, replyKey: row.replyKey };
  const owed: Record<string, Cell> = {};
  for (const column of columns) {
    if (column.name === 'key' || ASKED.has(column.name)) continue;
    const cell = shownCell(column, shown, limits);
    if (isOwed(column, cell, row)) owed[column.name] = cell;
  }
  Object.assign(owed, clearedReply(row), clearedHandoff(row));
  const locked = limits.locked({ isNew: row.rowId === null });
  const withheld = Object.keys(owed).filter((name) => locked.has(name));
  const cells = Object.fromEntries(Object.entries(owed).filter(([name]) => !locked.has(name)));
  const isKeyRight = row.synced['key'] === row.key;
  return { cells: isKeyRight && Object.keys(cells).length === 0 ? null : cells, withheld };
}

/**
 * A new row is written whole, save what is empty anyway; a row that exists gets what changed, and what could not
 * be written when it was made, unless somebody has filled it in since. Of an erased ticket all of that is written over,
 * and loses its files.
 */
function isOwed(column: DeskColumn, cell: Cell, { ticket, rowId, synced, sent, withheld }: MirrorRow): boolean {
  const { name, edits } = column;
  if (rowId === null) return !isEmpty(cell) || sent[name] !== undefined;
  if (edits === 'left') {
    return withheld.includes(name) && (isErased(ticket) || (!isEmpty(cell) && isEmpty(synced[name] ?? null)));
  }
  return !saysTheSame(column, cell, synced[name] ?? null);
}

/** Unticks what was ticked; clears `Reply` too when it still holds the answer that was taken, or is to nobody any more. */
function clearedReply({ ticket, synced, replyKey }: MirrorRow): Cells {
  const { send, sendSuggestion, reply } = synced;
  const isTaken = send === true && typeof reply === 'string' && wasTaken(reply, replyKey);
  return {
    ...(send === true && { send: false }),
    ...(sendSuggestion === true && { sendSuggestion: false }),
    ...((isTaken || (isErased(ticket) && !isEmpty(reply ?? null))) && { reply: null }),
  };
}

/** A queue that was chosen, and an answer, are always answered; a reason may have to wait for its queue. */
function clearedHandoff({ ticket, synced, handoffKey }: MirrorRow): Cells {
  const reason = synced['handoffReason'];
  const isTaken = typeof reason === 'string' && !isEmpty(reason) && wasTaken(reason, handoffKey);
  return {
    ...(!isEmpty(synced['handoffTo'] ?? null) && { handoffTo: null }),
    ...(!isEmpty(synced['handoffAnswer'] ?? null) && { handoffAnswer: null }),
    ...((isTaken || (isErased(ticket) && !isEmpty(reason ?? null))) && { handoffReason: null }),
  };
}
