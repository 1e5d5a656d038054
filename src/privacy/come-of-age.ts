import { and, asc, eq, inArray, lt, ne, notInArray, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { identitiesOfPerson, ofPerson } from '../db/requester-queries.ts';
import { rowsOf } from '../db/rows-of.ts';
import { outcomes, tickets } from '../db/schema.ts';
import type { Identity } from '../domain/requester.ts';
import { FINGERPRINT_OF_ERASED } from './erase-tickets.ts';

/** When a ticket ended: was closed, or resolved and left so. */
const ENDED_AT = sql<Temporal.Instant>`coalesce(${outcomes.closedAt}, ${outcomes.resolvedAt})`;

/** Tickets that ended before, and that nobody erased. */
function endedBefore(moment: Temporal.Instant) {
  return and(eq(outcomes.isOpen, false), lt(ENDED_AT, sql`${moment.toString()}::timestamptz`), isKept);
}

const isKept = ne(tickets.fingerprint, FINGERPRINT_OF_ERASED);

/** How many tickets ended before. */
export async function countEndedBefore(queries: Queries, moment: Temporal.Instant): Promise<number> {
  const [row] = await queries
    .select({ count: sql<number>`count(*)::integer` })
    .from(outcomes)
    .innerJoin(tickets, eq(tickets.key, outcomes.ticketKey))
    .where(endedBefore(moment));
  return row?.count ?? 0;
}

/** Keys of tickets that ended before, the oldest first. */
export async function keysEndedBefore(queries: Queries, moment: Temporal.Instant, most: number): Promise<string[]> {
  const rows = await queries
    .select({ key: tickets.key })
    .from(outcomes)
    .innerJoin(tickets, eq(tickets.key, outcomes.ticketKey))
    .where(endedBefore(moment))
    .orderBy(asc(ENDED_AT), asc(outcomes.number))
    .limit(most);
  return rows.map(({ key }) => key);
}

/** Those that ended before still: people may have opened one again. */
export function stillEndedBefore(queries: Queries, moment: Temporal.Instant, keys: readonly string[]) {
  return queries
    .select({ key: tickets.key, name: sql<string>`${tickets.ticket} #>> '{requester,name}'` })
    .from(outcomes)
    .innerJoin(tickets, eq(tickets.key, outcomes.ticketKey))
    .where(and(inArray(outcomes.ticketKey, [...keys]), endedBefore(moment)));
}

/** Everything by which those are known who asked with these tickets, and with no other that is kept. */
export async function knownByTheseOnly(queries: Queries, keys: readonly string[]): Promise<readonly string[]> {
  const values: string[] = [];
  for (const known of await peopleOf(queries, keys)) {
    const [other] = await queries
      .select({ key: tickets.key })
      .from(tickets)
      .where(and(ofPerson(known), isKept, notInArray(tickets.key, [...keys])))
      .limit(1);
    if (other === undefined) values.push(...known.map(({ value }) => value));
  }
  return values;
}

/** All identities of each person who asked with one of these tickets. */
async function peopleOf(queries: Queries, keys: readonly string[]): Promise<readonly (readonly Identity[])[]> {
  const asked = rowsOf<{ id: string }>(
    await queries.execute(sql`
      with chosen as (
        select requester_email, ticket -> 'requester' -> 'identities' as known from tickets
        where key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))
      )
      select requester_id as id from identities where kind = 'email' and value in (select requester_email from chosen)
      union
      select requester_id from chosen, jsonb_to_recordset(known) as one (kind text, value text)
        join identities using (kind, value)
    `),
  );
  const people: (readonly Identity[])[] = [];
  for (const { id } of asked) people.push(await identitiesOfPerson(queries, id));
  return people;
}
