import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { ofPerson } from '../db/requester-queries.ts';
import { tickets } from '../db/schema.ts';
import { houseOf } from '../decide/customers/house.ts';
import { identitiesOf } from '../domain/requester.ts';
import type { RelatedTicket, Ticket } from '../domain/ticket.ts';
import type { Desk } from './desk.ts';
import { addText } from './recent-texts.ts';

/** How much a solved ticket has in common with a new one at least, so that its answer may help; a person reads it. */
const HELPFUL = 0.2;

/** So many that resemble it are looked at for those that are solved. */
const MOST_NEAR = 30;

/** The subject says which ticket is meant; the rest stands on its page. */
const LONGEST_SUBJECT = 80;

/** Earlier tickets that have to do with one: solved ones about the same, then those of who asks, and of their house. */
export async function relatedTo(desk: Desk, ticket: Ticket, most: number): Promise<readonly RelatedTicket[]> {
  const known = desk.customers.known.get(ticket.key)?.identities ?? identitiesOf(ticket.requester);
  const house = houseOf(ticket.requester.email);
  const found = [
    ...(await solvedAboutTheSame(desk, ticket, most)),
    ...(known.length === 0 ? [] : await latest(desk, { by: 'requester', where: ofPerson(known), most })),
    ...(house === null ? [] : await latest(desk, { by: 'account', where: isOfHouse(house), most })),
  ];
  const first = new Map(found.toReversed().map((each) => [each.number, each]));
  return [...first.values()].toReversed().filter(({ number }) => number !== ticket.number);
}

async function solvedAboutTheSame(desk: Desk, ticket: Ticket, most: number): Promise<readonly RelatedTicket[]> {
  addText(desk.links.recent, ticket);
  const near = desk.links.recent.index.near(ticket.key, { atLeast: HELPFUL, most: MOST_NEAR });
  if (near.length === 0) return [];
  const keys = near.map(({ key }) => key);
  const rows = await select(desk, and(inArray(tickets.key, keys), eq(tickets.isOpen, false)), MOST_NEAR);
  return rows
    .toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key))
    .slice(0, most)
    .map((row) => seen(row, 'text'));
}

async function latest(
  desk: Desk,
  { by, where, most }: { by: RelatedTicket['by']; where: SQL; most: number },
): Promise<readonly RelatedTicket[]> {
  return (await select(desk, where, most + 1)).map((row) => seen(row, by));
}

/** As the index has it. */
function isOfHouse(house: string): SQL {
  return sql`split_part(${tickets.requesterEmail}, '@', 2) = ${house}`;
}

type Row = Awaited<ReturnType<typeof select>>[number];

function select({ tx }: Desk, where: SQL | undefined, limit: number) {
  return tx
    .select({
      key: tickets.key,
      number: tickets.number,
      status: sql<Ticket['status']>`${tickets.status}`,
      subject: sql<string>`left(ticket ->> 'subject', ${LONGEST_SUBJECT})`,
    })
    .from(tickets)
    .where(where)
    .orderBy(desc(tickets.openedAt))
    .limit(limit);
}

function seen({ number, status, subject }: Row, by: RelatedTicket['by']): RelatedTicket {
  return { number, by, status, subject };
}
