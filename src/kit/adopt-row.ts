import type { Answer } from '../ports/channel.ts';
import type { TicketBase } from './connector.ts';

/** A row, and where it lies by the ids and names of its system. */
export interface ToldRow {
  id: string;
  where: readonly string[];
}

/**
 * The answer to a sender that tells of a row among the tickets: it becomes one where it is, so that there is no second,
 * and the base is read for it. Null for any other row, which is a message.
 */
export async function adoptRow(row: ToldRow | null, base: TicketBase): Promise<Answer | null> {
  if (row === null || !base.holds(row.where)) return null;
  await base.look();
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ row: row.id }) };
}
