import { desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { identitiesOfPerson, ofPerson, personOf } from '../db/requester-queries.ts';
import { messages, tickets } from '../db/schema.ts';
import { type Identity, identityOf, type Requester } from '../domain/requester.ts';
import type { Priority, Status } from '../domain/ticket.ts';

/** One ticket of a person. */
export interface PersonsTicket {
  number: number;
  subject: string;
  status: Status;
  priority: Priority;
  channel: string;
  queue: string;
  assignee: string | null;
  openedAt: Temporal.Instant;
}

/** A person and everything that their page shows. */
export interface PersonFile {
  id: string;
  known: readonly Identity[];
  /** As the newest ticket has them. */
  requester: Requester;
  /** Newest first. */
  tickets: readonly PersonsTicket[];
  /** Of all their tickets, shown or not. */
  counts: { tickets: number; open: number; messages: number };
  firstSeenAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
}

/** The most that one page shows. */
const MOST_TICKETS = 200;

/** Reads a person by id; null when nobody is known by that, or no ticket is left of them. */
export async function readPerson(queries: Queries, id: string): Promise<PersonFile | null> {
  const known = await identitiesOfPerson(queries, id);
  if (known.length === 0) return null;
  const rows = await queries
    .select({ ticket: tickets.ticket })
    .from(tickets)
    .where(ofPerson(known))
    .orderBy(desc(tickets.openedAt), desc(tickets.number))
    .limit(MOST_TICKETS);
  const [newest] = rows;
  if (newest === undefined) return null;
  const { firstSeenAt, lastSeenAt, ...counts } = await countsOf(queries, known);
  return {
    id,
    known,
    requester: newest.ticket.requester,
    tickets: rows.map(({ ticket }) => ticket),
    counts,
    firstSeenAt,
    lastSeenAt,
  };
}

async function countsOf(queries: Queries, known: readonly Identity[]) {
  const [row] = await queries
    .select({
      tickets: sql<number>`count(*)::integer`,
      open: sql<number>`(count(*) filter (where ${tickets.isOpen}))::integer`,
      messages: sql<number>`coalesce(sum((select count(*) from ${messages}
        where ${messages.ticketKey} = ${tickets.key} and ${messages.author} = 'customer')), 0)::integer`,
      firstSeenAt: sql`min(${tickets.openedAt})`.mapWith(tickets.openedAt),
      lastSeenAt: sql`max((${tickets.ticket} ->> 'lastCustomerMessageAt')::timestamptz)`.mapWith(tickets.openedAt),
    })
    .from(tickets)
    .where(ofPerson(known));
  if (row === undefined) throw new Error('A count is one row, and there is none.');
  return row;
}

/** Who a page is about that stood at this address before they turned out to be somebody else's; null for nobody. */
export async function movedPerson(queries: Queries, id: string): Promise<string | null> {
  const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.key, id));
  return row === undefined ? null : personOf(queries, row.ticket.requester);
}

/** What somebody writes for a person: an address, an id with its kind in front, or the number of a ticket. */
export async function identityWritten(
  queries: Queries,
  { written, number }: { written: string; number: number | null },
): Promise<Identity | null> {
  if (number === null) return identityOf(written);
  const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.number, number));
  const id = row === undefined ? null : await personOf(queries, row.ticket.requester);
  const [first] = id === null ? [] : await identitiesOfPerson(queries, id);
  return first ?? null;
}
