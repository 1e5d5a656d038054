import { and, asc, notInArray, type SQL } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { PipelineParts } from './at-desk.ts';

/** So many questions are under way at a time: an answer takes seconds, and endpoints bear few more. */
const AT_ONCE = 4;

/** So many tickets to one run, which so ends in five minutes even where each answer takes all of its 20 s. */
const MOST = 60;

/**
 * Asks a language model about every ticket that waits for it, several at a time, and outside of any transaction. What
 * was asked when the process ended is asked again; what comes in meanwhile is asked about in the same run.
 */
export async function askAboutWaiting(
  parts: PipelineParts,
  { isAwaited, ask }: { isAwaited: SQL; ask: (ticket: Ticket) => Promise<void> },
): Promise<void> {
  const asked = new Set<string>();
  async function work(): Promise<void> {
    while (asked.size < MOST) {
      const next = (await awaiting(parts, { isAwaited, asked })).find(({ key }) => !asked.has(key));
      if (next === undefined) return;
      asked.add(next.key);
      await ask(next);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (asked.size >= MOST) await parts.wake('advise');
}

/** Enough of them that each of those who ask finds another. */
async function awaiting(
  { connection }: PipelineParts,
  { isAwaited, asked }: { isAwaited: SQL; asked: ReadonlySet<string> },
): Promise<readonly Ticket[]> {
  const rows = await connection.queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(and(isAwaited, notInArray(tickets.key, [...asked])))
    .orderBy(asc(tickets.number))
    .limit(AT_ONCE);
  return rows.map(({ ticket }) => ticket);
}
