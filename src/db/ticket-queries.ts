import { and, asc, eq, gt } from 'drizzle-orm';
import type { Ticket } from '../domain/ticket.ts';
import type { Queries } from './connection.ts';
import { decisions, inbox, messages, tickets } from './schema.ts';

/** A message as it is stored. */
export type StoredMessage = typeof messages.$inferSelect;

/** A decision as it is stored. */
export type StoredDecision = typeof decisions.$inferSelect;

/** Tickets by their numbers, above a number; so a reader who goes page by page misses none that came meanwhile. */
export async function ticketsAfter(queries: Queries, number: number, limit: number): Promise<Ticket[]> {
  const rows = await queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(gt(tickets.number, number))
    .orderBy(asc(tickets.number))
    .limit(limit);
  return rows.map((row) => row.ticket);
}

export async function ticketByNumber(queries: Queries, number: number): Promise<Ticket | null> {
  const [row] = await queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(eq(tickets.number, number))
    .limit(1);
  return row?.ticket ?? null;
}

/** The conversation of a ticket, oldest first. */
export function messagesOf(queries: Queries, ticketKey: string): Promise<StoredMessage[]> {
  return queries
    .select()
    .from(messages)
    .where(eq(messages.ticketKey, ticketKey))
    .orderBy(asc(messages.at), asc(messages.id));
}

/** Why a ticket is as it is, oldest first. */
export function decisionsOf(queries: Queries, ticketKey: string): Promise<StoredDecision[]> {
  return queries.select().from(decisions).where(eq(decisions.ticketKey, ticketKey)).orderBy(asc(decisions.seq));
}

/** What became of a request: the number of its ticket, when it has one by now. Null when there is no such request. */
export async function ticketOfRequest(
  queries: Queries,
  request: { id: string; channel: string },
): Promise<{ number: number | null } | null> {
  const [row] = await queries
    .select({ number: tickets.number })
    .from(inbox)
    .leftJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(and(eq(inbox.id, request.id), eq(inbox.channel, request.channel)))
    .limit(1);
  return row ?? null;
}
