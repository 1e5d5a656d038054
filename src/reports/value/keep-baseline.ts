import { eq, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { baselineTickets, marks } from '../../db/schema.ts';
import type { OldTicket } from './old-tickets.ts';

/** Where the baseline is from, and when it was brought: one row of marks. */
const MARK = 'baseline';

/** Rows to a statement. */
const AT_ONCE = 5000;

/** The tickets of the time before that were imported. */
export interface Imported {
  /** Where they are from, in the words of whoever imported them. */
  source: string;
  importedAt: Temporal.Instant;
  tickets: number;
  /** The first request and the last. */
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** Keeps old tickets in place of those that were imported before. */
export async function keepBaseline(
  queries: Queries,
  tickets: readonly OldTicket[],
  { source, now }: { source: string; now: Temporal.Instant },
): Promise<void> {
  await queries.transaction(async (tx) => {
    await tx.delete(baselineTickets);
    for (let at = 0; at < tickets.length; at += AT_ONCE) await insert(tx, tickets.slice(at, at + AT_ONCE));
    const value = { source, importedAt: now.toString() };
    await tx.insert(marks).values({ name: MARK, value }).onConflictDoUpdate({ target: marks.name, set: { value } });
  });
}

/** One text however many there are, which is put together and planned in no time. */
async function insert(queries: Queries, tickets: readonly OldTicket[]): Promise<void> {
  await queries.execute(sql`
    insert into baseline_tickets (opened_at, first_responded_at, resolved_at, assignment_count, first_reply_kept,
      category, triage_minutes)
    select "openedAt", "firstRespondedAt", "resolvedAt", "assignmentCount", "firstReplyKept", category, "triageMinutes"
    from jsonb_to_recordset(${JSON.stringify(tickets)}::jsonb) as (
      "openedAt" timestamptz, "firstRespondedAt" timestamptz, "resolvedAt" timestamptz, "assignmentCount" integer,
      "firstReplyKept" boolean, category text, "triageMinutes" float8
    )
  `);
}

/** Forgets what was imported. Says whether there was anything. */
export async function forgetBaseline(queries: Queries): Promise<boolean> {
  return queries.transaction(async (tx) => {
    await tx.delete(baselineTickets);
    const gone = await tx.delete(marks).where(eq(marks.name, MARK)).returning({ name: marks.name });
    return gone.length > 0;
  });
}

/** What was imported; null where nothing was. */
export async function readImported(queries: Queries): Promise<Imported | null> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, MARK));
  if (mark === undefined) return null;
  const { source, importedAt } = mark.value as { source: string; importedAt: string };
  const { openedAt } = baselineTickets;
  const [counted] = await queries
    .select({
      tickets: sql<number>`count(*)::int`,
      from: sql<string>`min(${openedAt})::text`,
      until: sql<string>`max(${openedAt})::text`,
    })
    .from(baselineTickets);
  if (counted === undefined || counted.tickets === 0) return null;
  const { tickets, from, until } = counted;
  const [first, last] = [from, until].map((written) => Temporal.Instant.from(written));
  if (first === undefined || last === undefined) return null;
  return { source, importedAt: Temporal.Instant.from(importedAt), tickets, from: first, until: last };
}
