import { sql } from 'drizzle-orm';
import { rowsOf } from '../db/rows-of.ts';
import { longestMemoryMinutes } from '../decide/clarify/remember.ts';
import type { EarlierTicket } from '../decide/facts.ts';
import { revive } from '../kit/json.ts';
import type { Desk } from './desk.ts';

/** So many of the latest tickets of a requester are looked at for what they said. */
const MOST = 20;

/**
 * Reads what the owners of these addresses said on other tickets, where some question is to be asked less often than
 * with each. Each step is one into an index, also before the planner has counted the tables.
 */
export async function readEarlier(desk: Desk, addresses: readonly string[]): Promise<void> {
  const minutes = longestMemoryMinutes(desk.config.policy);
  const unknown = [...new Set(addresses)].filter((address) => !desk.earlier.has(address));
  if (minutes === 0 || unknown.length === 0) return;
  const found = await desk.tx.execute(sql`
    select asked.address, jsonb_build_object('number', own.number, 'openedAt', own.opened_at, 'fields', own.fields,
      'carried', (
        select coalesce(jsonb_object_agg(params ->> 'field', params), '{}') from decisions
        where ticket_key = own.key and code = 'clarify.remembered'
      )) as earlier
    from jsonb_array_elements_text(${JSON.stringify(unknown)}::jsonb) as asked (address)
    cross join lateral (
      select key, number, opened_at, ticket -> 'fields' as fields from tickets
      where requester_email = asked.address and opened_at > ${desk.now.subtract({ minutes }).toString()}::timestamptz
        and ticket -> 'fields' <> '{}'
      order by opened_at desc limit ${MOST}
    ) as own
    order by own.opened_at desc
  `);
  for (const address of unknown) desk.earlier.set(address, []);
  for (const { address, earlier } of rowsOf<{ address: string; earlier: unknown }>(found)) {
    desk.earlier.get(address)?.push(revive<EarlierTicket>(earlier));
  }
}
