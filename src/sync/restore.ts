import type { Ticket } from '../domain/ticket.ts';
import type { RememberedTicket } from '../pipeline/index.ts';
import type { Cell, Cells, StoredRow } from '../ports/ticket-store.ts';
import { logOf } from './activity.ts';
import { deskColumns } from './columns.ts';
import { chosenIn, ticketShown } from './from-columns.ts';
import { MEMORY, recall } from './memory.ts';
import { limitsOf, shownCell } from './shown-cell.ts';
import { readAlready, type SyncParts, takeRow } from './take-row.ts';
import { teamCells, teamColumns } from './team-columns.ts';

/** Keys of ours are ULIDs; whatever else stands in the column, a person wrote. */
const OUR_KEY = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** What became of rows that were to be restored. */
export interface RestoredRows {
  /** Ids of rows that have a ticket again. */
  restored: readonly string[];
  /** How many of them people changed while we were gone. */
  taken: number;
  /** Ids of rows that could not be restored, or changed under our hands: to be read again. */
  again: readonly string[];
}

/** A row with a key of ours. */
export type KeyedRow = StoredRow & { key: string };

/** Whether the row bears a key such as we give. */
export function isOurs(row: StoredRow): row is KeyedRow {
  return row.key !== null && OUR_KEY.test(row.key);
}

/**
 * Makes tickets of rows that are ours and of which we know nothing: our database was lost. Each comes back
 * as it was when we last wrote its row; then what people changed since is taken over as their edit.
 */
export async function restoreRows(parts: SyncParts, rows: readonly KeyedRow[]): Promise<RestoredRows> {
  if (rows.length === 0) return { restored: [], taken: 0, again: [] };
  try {
    return await restoreTogether(parts, rows);
  } catch (error) {
    if (rows.length > 1) return restoreOneByOne(parts, rows);
    parts.log.error({ err: error, rowId: rows[0]?.id }, 'a row of the base could not be restored');
    return { restored: [], taken: 0, again: rows.map(({ id }) => id) };
  }
}

async function restoreOneByOne(parts: SyncParts, rows: readonly KeyedRow[]): Promise<RestoredRows> {
  const all = [];
  for (const row of rows) all.push(await restoreRows(parts, [row]));
  return {
    restored: all.flatMap(({ restored }) => restored),
    taken: all.reduce((sum, each) => sum + each.taken, 0),
    again: all.flatMap(({ again }) => again),
  };
}

async function restoreTogether(parts: SyncParts, rows: readonly KeyedRow[]): Promise<RestoredRows> {
  const remembered = new Map(rows.map((row) => [row.key, { row, remembered: rememberedBy(parts, row) }]));
  const tickets = await parts.pipeline.restore([...remembered.values()].map(({ remembered: each }) => each));
  const result = { restored: [] as string[], taken: 0, again: [] as string[] };
  for (const ticket of tickets) {
    const found = remembered.get(ticket.key);
    if (found === undefined) continue;
    const { synced, replyKey } = found.remembered.row;
    const known = { key: ticket.key, ticket, version: 1, rowId: found.row.id, synced, sent: {}, syncedSeq: 0 };
    const mirror = { ...known, replyKey, handoffKey: null, detachedAt: null, withheld: [] };
    const taken = await takeRow(parts, found.row, mirror);
    result.restored.push(found.row.id);
    if (taken === 'taken') result.taken += 1;
    if (taken === 'overtaken') result.again.push(found.row.id);
  }
  return result;
}

/** The ticket as it was when its row was last written, and the row as it then stood. */
function rememberedBy(parts: SyncParts, row: KeyedRow): RememberedTicket {
  const memory = recall(row.cells[MEMORY] ?? null, row.key);
  const given = { policy: parts.policy(), now: parts.now() };
  const columns = deskColumns(given.policy);
  const ticket = { ...ticketShown(row, given), ...(memory?.ticket ?? chosenIn(row, given)) };
  const synced = memory === null ? readAlready(row, columns) : writtenLast(parts, { row, ticket });
  return {
    ticket,
    from: memory === null ? 'columns' : 'memory',
    row: {
      id: row.id,
      synced: { ...synced, ...teamCells(teamColumns(given.policy), row.cells) },
      replyKey: memory?.replyKey ?? null,
    },
    log: logOf(row.cells['activity'] ?? null),
  };
}

/**
 * What people may change stands as we wrote it, so that their edits show; of the rest it does not matter,
 * and a row in which nobody changed anything is owed nothing.
 */
function writtenLast(parts: SyncParts, { row, ticket }: { row: KeyedRow; ticket: Ticket }): Cells {
  const limits = limitsOf(parts);
  const locked = limits.locked({ isNew: false });
  const watched = deskColumns(parts.policy()).filter(({ name, edits }) => name !== 'key' && edits !== 'left');
  const cells = watched.map((column): [string, Cell] => [
    column.name,
    column.edits === 'taken' && !locked.has(column.name)
      ? shownCell(column, { ticket, activity: [] }, limits)
      : (row.cells[column.name] ?? null),
  ]);
  return { ...Object.fromEntries(cells), key: row.key };
}
