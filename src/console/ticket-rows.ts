import { and, asc, desc, eq, ne } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { decisions, messages, outbox, type StoredProblem, tickets } from '../db/schema.ts';
import { identitiesOfPerson, ofPerson, personOf } from '../db/requester-queries.ts';
import { filesOf, type StoredFile } from '../db/ticket-queries.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type DeadAddressRow, deadAddress } from './dead-address-rows.ts';
import { type RelatedFile, readRelatedFile } from './related-rows.ts';

export type MessageRow = typeof messages.$inferSelect;
export type DecisionRow = typeof decisions.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;

/** A ticket and everything that its page shows. */
export interface TicketFile extends RelatedFile {
  ticket: Ticket;
  /** The row of the base; null while there is none. */
  rowId: string | null;
  /** Why the base does not take the ticket as it is; null when it does. */
  rowProblem: StoredProblem | null;
  /** The person deleted the row; the ticket lives on here alone. */
  detachedAt: Temporal.Instant | null;
  /** Oldest first. */
  messages: readonly MessageRow[];
  /** Of its messages. */
  files: readonly StoredFile[];
  /** Newest first. */
  decisions: readonly DecisionRow[];
  /** Newest first. */
  outgoing: readonly OutboxRow[];
  /** What is known against the requester's address; null when letters arrive there, as far as anybody knows. */
  deadAddress: DeadAddressRow | null;
  /** Who asks, as a page has them; null when nothing tells who that is. */
  requesterId: string | null;
  /** Numbers of the tickets that follow this one, oldest first. */
  followers: readonly number[];
  /** Other tickets of the same person, newest first. */
  others: readonly { number: number; subject: string; status: string; openedAt: Temporal.Instant }[];
}

/** The most of each that one page shows; beyond it nobody reads. */
const MOST = { messages: 500, decisions: 300, outgoing: 100, others: 8 };

/** Reads a ticket by its number; null when there is none. */
export async function readTicketFile(queries: Queries, number: number): Promise<TicketFile | null> {
  const [row] = await queries
    .select({
      ticket: tickets.ticket,
      rowId: tickets.rowId,
      rowProblem: tickets.rowProblem,
      detachedAt: tickets.detachedAt,
    })
    .from(tickets)
    .where(eq(tickets.number, number));
  if (row === undefined) return null;
  const { key } = row.ticket;
  return {
    ...row,
    messages: await messagesOf(queries, key),
    files: await filesOf(queries, key),
    decisions: await queries
      .select()
      .from(decisions)
      .where(eq(decisions.ticketKey, key))
      .orderBy(desc(decisions.seq))
      .limit(MOST.decisions),
    outgoing: await queries
      .select()
      .from(outbox)
      .where(eq(outbox.ticketKey, key))
      .orderBy(desc(outbox.seq))
      .limit(MOST.outgoing),
    deadAddress: await deadAddress(queries, row.ticket.requester.email),
    followers: await followersOf(queries, key),
    ...(await personAndOthers(queries, row.ticket)),
    ...(await readRelatedFile(queries, row.ticket)),
  };
}

/** The ticket alone, for a form that is about to change it. */
export async function readTicket(queries: Queries, number: number): Promise<Ticket | null> {
  const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.number, number));
  return row?.ticket ?? null;
}

/** The first message, which is the request, and the latest ones. */
async function messagesOf(queries: Queries, key: string): Promise<MessageRow[]> {
  const ofTicket = eq(messages.ticketKey, key);
  const latest = await queries
    .select()
    .from(messages)
    .where(ofTicket)
    .orderBy(desc(messages.at), desc(messages.id))
    .limit(MOST.messages);
  if (latest.length < MOST.messages) return latest.reverse();
  const first = await queries
    .select()
    .from(messages)
    .where(ofTicket)
    .orderBy(asc(messages.at), asc(messages.id))
    .limit(1);
  return [...first, ...latest.reverse()];
}

async function followersOf(queries: Queries, key: string): Promise<readonly number[]> {
  const rows = await queries
    .select({ number: tickets.number })
    .from(tickets)
    .where(eq(tickets.followUpOf, key))
    .orderBy(asc(tickets.number))
    .limit(MOST.others);
  return rows.map(({ number }) => number);
}

async function personAndOthers(
  queries: Queries,
  { key, requester }: Ticket,
): Promise<Pick<TicketFile, 'requesterId' | 'others'>> {
  const requesterId = await personOf(queries, requester);
  if (requesterId === null) return { requesterId, others: [] };
  const known = await identitiesOfPerson(queries, requesterId);
  const rows = await queries
    .select({ number: tickets.number, ticket: tickets.ticket, status: tickets.status, openedAt: tickets.openedAt })
    .from(tickets)
    .where(and(ofPerson(known), ne(tickets.key, key)))
    .orderBy(desc(tickets.openedAt), desc(tickets.number))
    .limit(MOST.others);
  return { requesterId, others: rows.map(({ ticket, ...row }) => ({ ...row, subject: ticket.subject })) };
}
