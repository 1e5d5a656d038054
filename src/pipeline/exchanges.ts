import { sql } from 'drizzle-orm';
import { rowsOf } from '../db/rows-of.ts';
import type { outbox } from '../db/schema.ts';
import type { Spoken } from '../decide/facts.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Ticket } from '../domain/ticket.ts';
import { revive } from '../kit/json.ts';
import type { Desk } from './desk.ts';

/** Older letters are answered by nobody who answers by himself. */
const HOURS = 24;

/** So many of the latest tickets of an address are looked at, and of each so many messages and letters: a loop shows in three. */
const MOST = 10;

/** Characters of a text that are compared; machines are brief. */
const LONGEST_TEXT = 4_000;

/**
 * Reads what the owners of these addresses and we said to each other. Each step is one into an index, also before the
 * planner has counted the tables; most senders wrote nothing else of late, and then the first step is the only one.
 */
export async function readExchanges(desk: Desk, addresses: readonly string[]): Promise<void> {
  const unknown = [...new Set(addresses)].filter((address) => !desk.exchanges.has(address));
  if (unknown.length === 0) return;
  for (const address of unknown) desk.exchanges.set(address, []);
  const since = desk.now.subtract({ hours: HOURS }).toString();
  const own = await latestTickets(desk, unknown, since);
  if (own.length === 0) return;
  const found = await desk.tx.execute(sql`
    select own.address, jsonb_build_object('by', said.by, 'at', said.at, 'leftAt', said.left_at,
      'ticketKey', own.key, 'text', said.text, 'fields', own.fields) as spoken
    from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as own (address text, key text, fields jsonb)
    cross join lateral (
      (select 'them' as by, left(text, ${LONGEST_TEXT}) as text, null::timestamptz as left_at,
          coalesce((select received_at from inbox where inbox.id = messages.inbox_id), messages.at) as at
        from messages
        where ticket_key = own.key and author = 'customer' and at > ${since}::timestamptz
        order by messages.at desc limit ${MOST})
      union all
      (select 'us', left(text, ${LONGEST_TEXT}), finished_at, created_at from outbox
        where ticket_key = own.key and kind = 'message' and template <> 'reply' and created_at > ${since}::timestamptz
        order by seq desc limit ${MOST})
    ) as said
    order by said.at, said.by desc
  `);
  for (const { address, spoken } of rowsOf<{ address: string; spoken: unknown }>(found)) {
    desk.exchanges.get(address)?.push(revive<Spoken>(spoken));
  }
}

interface OwnTicket {
  address: string;
  key: string;
  fields: Ticket['fields'];
}

async function latestTickets({ tx }: Desk, addresses: readonly string[], since: string): Promise<OwnTicket[]> {
  const found = await tx.execute(sql`
    select asked.address, own.key, own.fields
    from jsonb_array_elements_text(${JSON.stringify(addresses)}::jsonb) as asked (address)
    cross join lateral (
      select key, ticket -> 'fields' as fields from tickets
      where requester_email = asked.address and opened_at > ${since}::timestamptz
      order by opened_at desc limit ${MOST}
    ) as own
  `);
  return rowsOf<OwnTicket>(found);
}

/** What a requester writes, as it is taken in. */
export function hearThem(desk: Desk, ticket: Ticket, given: { message: InboundMessage; at: Temporal.Instant }): void {
  const { text, fields } = given.message;
  const said = { ticketKey: ticket.key, text: text.slice(0, LONGEST_TEXT), fields, leftAt: null };
  desk.exchanges.get(ticket.requester.email ?? '')?.push({ by: 'them', at: given.at, ...said });
}

/** A letter that is to go out. */
export function hearUs(desk: Desk, letter: Pick<typeof outbox.$inferInsert, 'recipient' | 'ticketKey' | 'text'>): void {
  const { recipient, ticketKey, text } = letter;
  desk.exchanges
    .get(recipient)
    ?.push({ by: 'us', at: desk.now, leftAt: null, ticketKey, text: text.slice(0, LONGEST_TEXT), fields: {} });
}
