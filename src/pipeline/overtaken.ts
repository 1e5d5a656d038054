import { sql } from 'drizzle-orm';
import { rowsOf } from '../db/rows-of.ts';
import type { StoredProblem } from '../db/schema.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Desk } from './desk.ts';
import { namesPointedAt } from './names.ts';

/** Of the chats in which people also talk among themselves, Telegram comes again longest: for a day. */
const HOURS = 24;

/** So many of the latest things that were set aside are looked at. */
const MOST = 500;

/** What was set aside because it belongs to no ticket says to which messages it would: one may be on its way still. */
export function asOvertaking(problem: StoredProblem, messages: readonly InboundMessage[]): StoredProblem {
  return { ...problem, awaits: messages.flatMap(namesPointedAt) };
}

/**
 * Has those taken in again that were set aside before the message came to which they belong, as it comes about when a
 * sender has to come again with the first and gets through with the second. Says how many they are.
 */
export async function callBack({ tx, now, records }: Desk, arrived: readonly InboundMessage[]): Promise<number> {
  // Whatever only counts as part of a ticket is said in chats.
  if (records.names.length === 0 || arrived.every(({ conversation }) => conversation === undefined)) return 0;
  const names = JSON.stringify(records.names.map(({ name }) => name));
  const found = await tx.execute(sql`
    update inbox set state = 'waiting', attempts = 0, problem = null, finished_at = null
    where id in (
      select latest.id
      from (select id, received_at, problem from inbox where state in ('lost', 'ignored') order by seq desc limit ${MOST})
        as latest
      cross join lateral jsonb_array_elements_text(coalesce(latest.problem -> 'awaits', '[]')) as awaited (name)
      where latest.received_at > ${now.subtract({ hours: HOURS }).toString()}::timestamptz
        and awaited.name in (select jsonb_array_elements_text(${names}::jsonb))
    )
    returning id
  `);
  return rowsOf<{ id: string }>(found).length;
}
