import { deskColumns } from './columns.ts';
import type { Owed } from './compare.ts';
import { type MirrorRow, mirrorOf, noteGone } from './mirror.ts';
import { type SyncParts, takeRow } from './take-row.ts';

/** Whether a write touches a cell that people may edit, in a row that they can see, or may see. */
export function isCareful({ policy }: SyncParts, { row, cells }: Pick<Owed, 'row' | 'cells'>): boolean {
  if (row.rowId === null) return wasSent(row);
  return deskColumns(policy()).some(({ name, edits }) => edits !== 'undone' && cells[name] !== undefined);
}

/** Whether the row may be there although nobody told us so: its making was sent, and no answer came. */
function wasSent({ sent }: MirrorRow): boolean {
  return Object.keys(sent).length > 0;
}

/**
 * No base can compare and set. So a row is read again just before a write touches a cell that people may
 * edit; what they did meanwhile is taken over, and their row waits for the next round. Milliseconds
 * remain in which an edit can still be written over. A row that may have been made is looked for by its key:
 * to make it again would write over what people did since.
 */
export async function withoutEdits(parts: SyncParts, owed: readonly Owed[]): Promise<readonly Owed[]> {
  const touching = owed.filter((each) => isCareful(parts, each)).map(({ row }) => row);
  if (touching.length === 0) return owed;
  const busy = new Set([...(await lookAtKnown(parts, touching)), ...(await lookForSent(parts, touching))]);
  return owed.filter(({ row }) => !busy.has(row.key));
}

/** Returns the keys of those whose rows are other than we knew them, or gone. */
async function lookAtKnown(parts: SyncParts, touching: readonly MirrorRow[]): Promise<readonly string[]> {
  const known = touching.filter(({ rowId }) => rowId !== null);
  if (known.length === 0) return [];
  const rows = await parts.store.read(known.flatMap(({ rowId }) => rowId ?? []));
  const found = new Map(rows.map((row) => [row.id, row]));
  const busy: string[] = await overtaken(parts, known);
  for (const row of known) {
    if (busy.includes(row.key)) continue;
    const stored = found.get(row.rowId ?? '');
    if (stored === undefined) await detach(parts, row);
    if (stored === undefined || (await takeRow(parts, stored, row)) !== 'same') busy.push(row.key);
  }
  return busy;
}

/** Returns the keys of those whose rows were made after all. */
async function lookForSent(parts: SyncParts, touching: readonly MirrorRow[]): Promise<readonly string[]> {
  const sent = new Map(touching.filter(({ rowId }) => rowId === null).map((row) => [row.key, row]));
  if (sent.size === 0) return [];
  const made = await parts.store.find([...sent.keys()]);
  const busy: string[] = await overtaken(parts, [...sent.values()]);
  for (const stored of made) {
    const row = sent.get(stored.key ?? '');
    if (row === undefined || busy.includes(row.key)) continue;
    await takeRow(parts, stored, row);
    busy.push(row.key);
  }
  return busy;
}

/**
 * Keys of rows that were looked at from elsewhere while we asked for them. What we were told may be the older: to
 * take it would undo what a person did since.
 */
async function overtaken({ connection }: SyncParts, asked: readonly MirrorRow[]): Promise<string[]> {
  const now = await mirrorOf(connection, { keys: asked.map(({ key }) => key), rowIds: [] });
  const seqs = new Map(now.map(({ key, syncedSeq }) => [key, syncedSeq]));
  return asked.filter(({ key, syncedSeq }) => seqs.get(key) !== syncedSeq).map(({ key }) => key);
}

/** The row is gone from the base; its ticket stays. */
export async function detach({ connection, now, log }: SyncParts, { key, rowId }: MirrorRow): Promise<void> {
  if (rowId !== null) await noteGone(connection, [rowId], now());
  log.info({ ticketKey: key }, 'the row of a ticket was deleted in the base; the ticket stays, detached');
}
