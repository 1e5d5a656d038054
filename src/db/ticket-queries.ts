import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Ticket } from '../domain/ticket.ts';
import type { Queries } from './connection.ts';
import { attachments, decisions, inbox, messages, tickets } from './schema.ts';

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

export async function ticketByKey(queries: Queries, key: string): Promise<Ticket | null> {
  const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, key));
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

/** A file of a message: where it has got to, and whether its bytes are here. */
export type StoredFile = Pick<
  typeof attachments.$inferSelect,
  'id' | 'messageId' | 'position' | 'size' | 'state' | 'problem' | 'token'
> & { isHere: boolean };

/** The files of a ticket's messages. */
export function filesOf(queries: Queries, ticketKey: string): Promise<StoredFile[]> {
  const { id, messageId, position, size, state, problem, token, part } = attachments;
  const isHere = sql<boolean>`${part} is not null or (${state} <> 'waiting' and exists (
    select from attachment_bytes where attachment_id = ${id}
  ))`;
  return queries
    .select({ id, messageId, position, size, state, problem, token, isHere })
    .from(attachments)
    .where(eq(attachments.ticketKey, ticketKey))
    .orderBy(asc(attachments.seq));
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
