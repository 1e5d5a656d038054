import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { messages, tickets } from '../db/schema.ts';
import type { RelatedTicket, Status, Ticket } from '../domain/ticket.ts';

/** Another ticket, as much of it as a line shows. */
export interface OtherTicket {
  number: number;
  subject: string;
  status: Status;
}

/** What the page of a ticket shows of others. */
export interface RelatedFile {
  /** The incident that it reports. */
  incident: OtherTicket | null;
  /** Those that report it, oldest first. */
  linked: readonly OtherTicket[];
  /** Earlier ones that have to do with it, as they stand now, with how the solved ones were settled. */
  related: readonly (OtherTicket & { by: RelatedTicket['by']; answer: string | null })[];
}

/** So many reports of an incident are listed; the queue has a list of all. */
const MOST_LINKED = 50;

/** So much of an answer can be taken over. */
const LONGEST_ANSWER = 4000;

const LINE = {
  number: tickets.number,
  subject: sql<string>`left(${tickets.ticket} ->> 'subject', 200)`,
  status: sql<Status>`${tickets.status}`,
};

/** Reads what the page of a ticket shows of others; nothing is asked for of a ticket that has none. */
export async function readRelatedFile(queries: Queries, ticket: Ticket): Promise<RelatedFile> {
  const { number, incident, linkedCount } = ticket;
  const [reported] = incident === null ? [] : await lines(queries, [incident]);
  return {
    incident: reported ?? null,
    linked: linkedCount === 0 ? [] : await linkedTo(queries, number),
    related: ticket.related.length === 0 ? [] : await readRelated(queries, ticket.related),
  };
}

function lines(queries: Queries, numbers: readonly number[]) {
  return queries
    .select({ ...LINE, key: tickets.key })
    .from(tickets)
    .where(inArray(tickets.number, [...numbers]));
}

function linkedTo(queries: Queries, number: number): Promise<OtherTicket[]> {
  return queries
    .select(LINE)
    .from(tickets)
    .where(eq(tickets.incident, number))
    .orderBy(asc(tickets.number))
    .limit(MOST_LINKED);
}

async function readRelated(queries: Queries, related: Ticket['related']): Promise<RelatedFile['related']> {
  const found = await lines(
    queries,
    related.map(({ number }) => number),
  );
  const answers = await lastAnswers(
    queries,
    found.filter(({ status }) => status === 'resolved' || status === 'closed').map(({ key }) => key),
  );
  return related.flatMap(({ number, by }) => {
    const line = found.find((each) => each.number === number);
    return line === undefined ? [] : [{ ...line, by, answer: answers.get(line.key) ?? null }];
  });
}

/** What was last said to each requester. */
async function lastAnswers(queries: Queries, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await queries
    .selectDistinctOn([messages.ticketKey], {
      key: messages.ticketKey,
      text: sql<string>`left(${messages.text}, ${LONGEST_ANSWER})`,
    })
    .from(messages)
    .where(and(inArray(messages.ticketKey, [...keys]), eq(messages.author, 'agent'), eq(messages.visibility, 'public')))
    .orderBy(messages.ticketKey, desc(messages.at), desc(messages.id));
  return new Map(rows.map(({ key, text }) => [key, text]));
}
