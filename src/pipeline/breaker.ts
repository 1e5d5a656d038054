import { desc, sql } from 'drizzle-orm';
import { ofPerson } from '../db/requester-queries.ts';
import { rowsOf } from '../db/rows-of.ts';
import { tickets } from '../db/schema.ts';
import type { Reason } from '../domain/decision.ts';
import { type Identity, identitiesOf, identityName, identityOf } from '../domain/requester.ts';
import type { Ticket } from '../domain/ticket.ts';
import { compose } from './compose.ts';
import { type Arrived, type Desk, heldTicket } from './desk.ts';
import { recordReasons } from './take-turn.ts';

/**
 * Reads how much each of these senders wrote before, whichever of their addresses they wrote from: as many of the
 * latest messages as would trip the breaker. What was held back counts, so that a loop that goes on stays stopped; of
 * one moment it came last.
 */
export async function readArrivals(desk: Desk, senders: readonly string[], since: Temporal.Instant): Promise<void> {
  const { breaker } = desk.config.policy.intake;
  if (breaker === null) return;
  const unknown = senders.flatMap((sender) => (desk.arrivals.has(sender) ? [] : countTogether(desk, sender)));
  if (unknown.length === 0) return;
  const from = since.subtract({ minutes: breaker.withinMinutes }).toString();
  const found = await desk.tx.execute(sql`
    select asked.sender, late.received_at::text as at, late.problem ->> 'code' = 'inbox.too-many' as held_back
    from jsonb_array_elements_text(${JSON.stringify(unknown)}::jsonb) as asked (sender)
    cross join lateral (
      select received_at, problem from inbox
      where inbox.sender = asked.sender and received_at > ${from}::timestamptz
      order by received_at desc, problem ->> 'code' = 'inbox.too-many' desc nulls last
      limit ${breaker.messages}
    ) as late
    order by late.received_at
  `);
  for (const row of rowsOf<{ sender: string; at: string; held_back: boolean | null }>(found)) {
    const at = Temporal.Instant.from(row.at.replace(' ', 'T'));
    desk.arrivals.get(row.sender)?.push({ at, isHeldBack: row.held_back === true });
  }
}

/** All addresses of a person share one count. Returns them. */
function countTogether({ arrivals, customers }: Desk, sender: string): readonly string[] {
  const names = [sender, ...knownAs(customers, sender).map(identityName)];
  const together: Arrived[] = [];
  for (const name of names) arrivals.set(name, together);
  return [...new Set(names)];
}

/** Everything by which a sender is known; the customers of these senders were read before. */
function knownAs({ contacts }: Desk['customers'], sender: string): readonly Identity[] {
  const own = identityOf(sender);
  return [...(contacts.byIdentity.get(sender)?.identities.values() ?? (own === null ? [] : [own]))];
}

/** Counts a message of a sender. Whether it is one too many; the first such is told to those who look after the queue. */
export async function isOneTooMany(desk: Desk, sender: string, at: Temporal.Instant): Promise<boolean> {
  const { breaker } = desk.config.policy.intake;
  if (breaker === null) return false;
  const since = at.subtract({ minutes: breaker.withinMinutes });
  const all = desk.arrivals.get(sender) ?? [];
  const late = all.filter((each) => Temporal.Instant.compare(each.at, since) > 0);
  const isHeldBack = late.length >= breaker.messages;
  all.push({ at, isHeldBack });
  if (isHeldBack && !late.some((each) => each.isHeldBack)) await tell(desk, sender, breaker);
  return isHeldBack;
}

/** On the sender's latest ticket, for there is no ticket of what is held back. */
async function tell(
  desk: Desk,
  sender: string,
  { messages, withinMinutes }: { messages: number; withinMinutes: number },
): Promise<void> {
  const key = await latestTicketOf(desk, sender);
  if (key === null) return;
  const { ticket } = await heldTicket(desk, key);
  const { queues, routing } = desk.config.policy;
  const [to = []] = [ticket.queue, routing.defaultQueue]
    .map((queue) => queues[queue]?.notify ?? [])
    .filter((addresses) => addresses.length > 0);
  const params = { sender, messages, minutes: withinMinutes, to };
  const source: Reason['source'] = { kind: 'policy', name: 'breaker' };
  const reason = {
    stage: 'intake' as const,
    code: 'intake.breaker',
    params,
    change: null,
    evidence: [],
    source,
    opinion: null,
  };
  recordReasons(desk, ticket, [reason]);
  const day = desk.now.toString().slice(0, 'yyyy-mm-dd'.length);
  const told = {
    Sender: sender,
    Limit: `${messages} messages within ${withinMinutes} minutes`,
    'Held back': 'all that follow wait under lost and found, on the page Health of the console',
  };
  const effect = {
    kind: 'notify' as const,
    key: `breaker:${sender}:${day}`,
    notice: 'breaker' as const,
    to,
    params: told,
  };
  desk.records.outbox.push(...compose(desk, ticket, effect));
}

async function latestTicketOf(desk: Desk, sender: string): Promise<string | null> {
  const known = knownAs(desk.customers, sender);
  const names = new Set(known.map(identityName));
  const isTheirs = ({ requester }: Ticket) => identitiesOf(requester).some((each) => names.has(identityName(each)));
  const ofThisBatch = [...desk.held.values()].filter(({ ticket }) => isTheirs(ticket)).at(-1);
  if (ofThisBatch !== undefined) return ofThisBatch.ticket.key;
  const [row] = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(ofPerson(known))
    .orderBy(desc(tickets.openedAt))
    .limit(1);
  return row?.key ?? null;
}
