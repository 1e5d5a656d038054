import { sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { ERASED } from '../domain/erasure.ts';
import type { KnownPerson } from '../kit/masking/index.ts';

/** More are not looked at: of a busy desk these are the latest days. */
const MOST = 600;

/** Of each so much is read. */
const LONGEST_TEXT = 600;
const LONGEST_ANSWER = 2000;

/** A solved request, and what settled it. */
export interface SolvedTicket {
  key: string;
  number: number;
  subject: string;
  /** The request's subject and its beginning. */
  text: string;
  category: string | null;
  channel: string;
  /** The address, or the ticket's key: tells one from another. */
  requester: string;
  /** Who they are, so that nobody else reads it. */
  asker: KnownPerson;
  openedAt: Temporal.Instant;
  reopenCount: number;
  satisfaction: number | null;
  /** What the agent said last; null where no agent wrote. */
  answer: string | null;
}

/** The latest requests that are solved, since a moment or ever. Reports of incidents are no questions. */
export async function readSolved(queries: Queries, since?: Temporal.Instant): Promise<readonly SolvedTicket[]> {
  const from = since === undefined ? sql`` : sql`and opened_at >= ${since.toString()}::timestamptz`;
  const rows = rowsOf<Omit<SolvedTicket, 'openedAt'> & { openedAt: string }>(
    await queries.execute(sql`
      select key, number::integer, left(ticket ->> 'subject', 200) as subject, category,
        ticket ->> 'channel' as channel,
        left(concat_ws(E'\n', ticket ->> 'subject', ticket ->> 'description'), ${LONGEST_TEXT}) as text,
        coalesce(requester_email, key) as requester,
        jsonb_build_object('name', ticket #> '{requester,name}', 'email', ticket #> '{requester,email}',
          'identities', coalesce(ticket #> '{requester,identities}', '[]')) as asker,
        to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "openedAt",
        (ticket ->> 'reopenCount')::integer as "reopenCount", (ticket ->> 'satisfaction')::integer as satisfaction,
        (select left(text, ${LONGEST_ANSWER}) from messages
          where ticket_key = tickets.key and author = 'agent' and visibility = 'public'
          order by at desc, id desc limit 1) as answer
      from tickets
      where not is_open and ticket ->> 'description' <> ${ERASED} and incident is null and not is_incident ${from}
      order by number desc limit ${MOST}
    `),
  );
  return rows.map((row) => ({ ...row, openedAt: Temporal.Instant.from(row.openedAt) }));
}
