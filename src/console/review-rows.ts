import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { decisions, tickets } from '../db/schema.ts';
import type { Ticket } from '../domain/ticket.ts';
import { EVERYTHING_OPEN } from './queue-filter.ts';
import { type ListedTicket, listTickets } from './queue-rows.ts';
import type { DecisionRow } from './ticket-rows.ts';

/** Decisions of a ticket in which evidence is looked for. */
const MOST_DECISIONS = 60;

/** The record of the first guess is that of so many days. */
const RECORD_DAYS = 30;

/** The tickets at which a person must look, as far as one page goes. */
export interface ReviewList {
  rows: readonly ListedTicket[];
  /** All that wait, those beyond the page included. */
  waiting: number;
}

/** The most urgent first. */
export async function readReviewList(queries: Queries): Promise<ReviewList> {
  const { rows } = await listTickets(queries, { ...EVERYTHING_OPEN, needsReview: true }, null);
  const [counted] = await queries
    .select({ waiting: count() })
    .from(tickets)
    .where(and(sql`${tickets.isOpen}`, sql`${tickets.needsReview}`));
  return { rows, waiting: counted?.waiting ?? rows.length };
}

/** A ticket under review, and the decisions whose evidence is marked in it, newest first. */
export interface Reviewed {
  ticket: Ticket;
  decisions: readonly DecisionRow[];
}

/** Null where there is no such ticket. */
export async function readReviewed(queries: Queries, number: number): Promise<Reviewed | null> {
  const [row] = await queries.select({ ticket: tickets.ticket }).from(tickets).where(eq(tickets.number, number));
  if (row === undefined) return null;
  const ofTicket = eq(decisions.ticketKey, row.ticket.key);
  const newest = await queries
    .select()
    .from(decisions)
    .where(ofTicket)
    .orderBy(desc(decisions.seq))
    .limit(MOST_DECISIONS);
  return { ticket: row.ticket, decisions: newest };
}

/** How reviews go. A ticket counts once, by its latest review, and not while it waits for another. */
export interface ReviewRecord {
  today: number;
  /** Of these, by the person who looks. */
  yours: number;
  /** In the last 30 days, those of which anything was guessed, and of these the ones of which the first guess was right. */
  guessed: number;
  right: number;
}

export async function readReviewRecord(
  queries: Queries,
  given: { person: string; now: Temporal.Instant; timeZone: string },
): Promise<ReviewRecord> {
  const midnight = given.now.toZonedDateTimeISO(given.timeZone).startOfDay().toInstant().toString();
  const since = given.now.subtract({ hours: 24 * RECORD_DAYS }).toString();
  const isToday = sql`at >= ${midnight}::timestamptz`;
  const [row] = rowsOf<ReviewRecord>(
    await queries.execute(sql`
      select count(*) filter (where ${isToday})::int as today,
        count(*) filter (where ${isToday} and by = ${given.person})::int as yours,
        count(*) filter (where guess <> '')::int as guessed,
        count(*) filter (where guess = chosen)::int as "right"
      from (
        select distinct on (ticket_key) ticket_key, at, source ->> 'name' as by, params ->> 'firstGuess' as guess,
          coalesce(params ->> 'category', to_value #>> '{}') as chosen
        from decisions where params ? 'firstGuess' and at >= ${since}::timestamptz
        order by ticket_key, seq desc
      ) as review
      join tickets on tickets.key = review.ticket_key and not tickets.needs_review
    `),
  );
  return row ?? { today: 0, yours: 0, guessed: 0, right: 0 };
}
