import type { Connection } from '../db/connection.ts';
import { shadowChoices } from '../db/schema.ts';
import type { Cells } from '../ports/ticket-store.ts';
import { sameCell } from './cells.ts';
import type { DeskColumn } from './desk-column.ts';

/** What people decide of a ticket, and we would have. */
const FIELDS = ['category', 'priority', 'queue', 'assignee'] as const;

/**
 * Notes down what people filled in while we only looked on: the same that we would have, too, which is no change to the
 * ticket and so stands in no decision.
 */
export async function noteChoices(
  { queries }: Connection,
  { ticketKey, by, at }: { ticketKey: string; by: string; at: Temporal.Instant },
  { columns, theirs, synced }: { columns: readonly DeskColumn[]; theirs: Cells; synced: Cells },
): Promise<void> {
  const chosen = columns.flatMap(({ name, type, take }) => {
    const field = FIELDS.find((each) => each === name);
    const cell = theirs[name] ?? null;
    if (field === undefined || sameCell(type, cell, synced[name] ?? null)) return [];
    const value = take(cell);
    return value === undefined ? [] : [{ field, value: value === null ? null : String(value) }];
  });
  if (chosen.length === 0) return;
  await queries.insert(shadowChoices).values(chosen.map((each) => ({ ...each, ticketKey, byName: by, at })));
}
