import { desc, eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { inbox, type StoredProblem, tickets } from '../db/schema.ts';

/** Among so many of the desk's latest requests those of a channel are looked for: no index of their own is worth it. */
const LOOKED_AT = 2000;

/** So many are shown. */
const SHOWN = 5;

/** A request that came over a channel, and what was made of it. */
export interface ChannelRequest {
  id: string;
  receivedAt: Temporal.Instant;
  state: 'waiting' | 'done' | 'ignored' | 'lost';
  /** Why it is no ticket; null where it is one. */
  problem: StoredProblem | null;
  /** What was understood; null where it is no ticket. */
  ticket: { number: number; subject: string; requester: string; fields: Readonly<Record<string, string>> } | null;
}

/** The latest requests over a channel, the newest first. */
export async function latestRequests(queries: Queries, channel: string): Promise<readonly ChannelRequest[]> {
  // Ids begin with the time, so that the key of the table leads to the latest.
  const recent = queries
    .select({ id: inbox.id, channel: inbox.channel })
    .from(inbox)
    .orderBy(desc(inbox.id))
    .limit(LOOKED_AT)
    .as('recent');
  const rows = await queries
    .select({
      id: inbox.id,
      receivedAt: inbox.receivedAt,
      state: inbox.state,
      problem: inbox.problem,
      number: tickets.number,
      subject: sql<string | null>`${tickets.ticket} ->> 'subject'`,
      requester: sql<
        string | null
      >`coalesce(${tickets.ticket} #>> '{requester,email}', ${tickets.ticket} #>> '{requester,name}')`,
      fields: sql<Readonly<Record<string, string>> | null>`${tickets.ticket} -> 'fields'`,
    })
    .from(recent)
    .innerJoin(inbox, eq(inbox.id, recent.id))
    .leftJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(eq(recent.channel, channel))
    .orderBy(desc(inbox.id))
    .limit(SHOWN);
  return rows.map(({ number, subject, requester, fields, ...row }) => ({
    ...row,
    ticket:
      number === null ? null : { number, subject: subject ?? '', requester: requester ?? '', fields: fields ?? {} },
  }));
}
