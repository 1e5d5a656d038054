import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { inbox, type StoredProblem, tickets } from '../db/schema.ts';
import { TEST_HEADER } from '../kit/test-marks.ts';

/** Among so many of the desk's latest requests those of a channel are looked for: no index of their own is worth it. */
const LOOKED_AT = 2000;

/** So many are shown. */
const SHOWN = 5;

/** A request that came over a channel, and what became of it. */
export interface ChannelRequest {
  id: string;
  receivedAt: Temporal.Instant;
  state: 'waiting' | 'done' | 'ignored' | 'lost';
  /** Why it is no ticket; null where it is one. */
  problem: StoredProblem | null;
  /** Whether somebody at the console sent it to try the channel. */
  isTest: boolean;
  /** The ticket that it opened or belongs to; null where it is none. */
  ticket: { key: string; number: number; subject: string; isOpen: boolean } | null;
}

/** A request as it came. */
export type StoredRequest = Pick<typeof inbox.$inferSelect, 'headers' | 'body' | 'receivedAt'>;

/** What came over a channel so far. */
export interface Heard {
  /** Whether anything came from its senders; our own tests do not count. */
  hasAny: boolean;
  /** Null also where it is longer ago than what is looked at. */
  lastAt: Temporal.Instant | null;
}

interface Row extends Omit<ChannelRequest, 'ticket'> {
  key: string | null;
  number: number | null;
  isOpen: boolean | null;
  subject: string | null;
}

const COLUMNS = {
  id: inbox.id,
  receivedAt: inbox.receivedAt,
  state: inbox.state,
  problem: inbox.problem,
  isTest: sql<boolean>`${inbox.headers} ? ${TEST_HEADER}`,
  key: tickets.key,
  number: tickets.number,
  isOpen: tickets.isOpen,
  subject: sql<string | null>`${tickets.ticket} ->> 'subject'`,
};

/** The latest requests over a channel, the newest first. */
export async function latestRequests(queries: Queries, channel: string): Promise<readonly ChannelRequest[]> {
  const recent = recentRequests(queries);
  const rows = await queries
    .select(COLUMNS)
    .from(recent)
    .innerJoin(inbox, eq(inbox.id, recent.id))
    .leftJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(eq(recent.channel, channel))
    .orderBy(desc(inbox.id))
    .limit(SHOWN);
  return rows.map(requestOf);
}

/** Ids begin with the time, so that the key of the table leads to the latest. */
function recentRequests(queries: Queries) {
  return queries
    .select({ id: inbox.id, channel: inbox.channel })
    .from(inbox)
    .orderBy(desc(inbox.id))
    .limit(LOOKED_AT)
    .as('recent');
}

/** One request over a channel; null where it is none of that channel's. */
export async function requestById(queries: Queries, channel: string, id: string): Promise<ChannelRequest | null> {
  const [row] = await queries
    .select(COLUMNS)
    .from(inbox)
    .leftJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(and(eq(inbox.id, id), eq(inbox.channel, channel)));
  return row === undefined ? null : requestOf(row);
}

function requestOf({ key, number, isOpen, subject, ...row }: Row): ChannelRequest {
  const isTicket = key !== null && number !== null;
  return { ...row, ticket: isTicket ? { key, number, subject: subject ?? '', isOpen: isOpen ?? false } : null };
}

/** What a request was, byte for byte; null where there is no such request over the channel. */
export async function storedRequest(queries: Queries, channel: string, id: string): Promise<StoredRequest | null> {
  const { headers, body, receivedAt } = inbox;
  const [row] = await queries
    .select({ headers, body, receivedAt })
    .from(inbox)
    .where(and(eq(inbox.id, id), eq(inbox.channel, channel)));
  return row ?? null;
}

/** The record of a test that we sent a moment ago, by what it bore; null where it did not arrive here. */
export async function testByMark(queries: Queries, channel: string, mark: string): Promise<string | null> {
  const recent = recentRequests(queries);
  const [row] = await queries
    .select({ id: inbox.id })
    .from(recent)
    .innerJoin(inbox, eq(inbox.id, recent.id))
    .where(and(eq(inbox.channel, channel), sql`${inbox.headers} ->> ${TEST_HEADER} = ${mark}`));
  return row?.id ?? null;
}

/** What each channel heard, by its name. */
export async function heardBy(queries: Queries, channels: readonly string[]): Promise<ReadonlyMap<string, Heard>> {
  const result = await queries.execute(sql`
    with recent as (select channel, received_at from inbox order by id desc limit ${LOOKED_AT}),
      wanted as (select jsonb_array_elements_text(${JSON.stringify(channels)}::jsonb) as name)
    select name, exists (select 1 from inbox where channel = name and not headers ? ${TEST_HEADER}) as any,
      (select max(received_at)::text from recent where channel = name) as last
    from wanted
  `);
  const rows = rowsOf<{ name: string; any: boolean; last: string | null }>(result);
  return new Map(
    rows.map(({ name, any, last }) => [
      name,
      { hasAny: any, lastAt: last === null ? null : Temporal.Instant.from(last) },
    ]),
  );
}
