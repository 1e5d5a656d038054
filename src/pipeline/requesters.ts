import { and, desc, eq, sql } from 'drizzle-orm';
import { identitiesOfPerson, ofPerson } from '../db/requester-queries.ts';
import { identities, tickets } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { type Identity, identityName } from '../domain/requester.ts';
import type { Ticket } from '../domain/ticket.ts';
import { readContacts, meet } from './customers/contacts.ts';
import { meetCustomer } from './customers/index.ts';
import { type Desk, fetchHeld, type Held } from './desk.ts';
import type { SaidOfPerson } from './index.ts';
import { recordReasons, takeTurn } from './take-turn.ts';

/** Of a person's tickets, those that are looked at anew at once; what others lack they learn with their next look. */
const MOST_TICKETS = 200;

/**
 * From now on the identity is this person's, and whoever had it is the same person. Their newest ticket remembers it,
 * and with it the base.
 */
export async function samePerson(desk: Desk, { requesterId, identity, by }: SaidOfPerson): Promise<void> {
  const own = await knownOf(desk, requesterId);
  const { contacts } = desk.customers;
  await readContacts(contacts, [...own, identity], desk.tx);
  const found = meet(contacts, { id: requesterId, sure: [...own, identity], given: [] });
  const all = found === null ? [] : [...found.contact.identities.values()];
  const touched = await ticketsOf(desk, all, sql`true`);
  for (const [index, held] of touched.entries()) {
    if (index > 0 && held.ticket.status === 'closed') continue;
    await learn(
      desk,
      held,
      all.filter((each) => identityName(each) !== held.ticket.requester.email),
    );
  }
  const [newest] = touched;
  if (newest !== undefined)
    tell(desk, newest.ticket, { code: 'edit.same_person', by, all: all.map(identityName).toSorted() });
}

/** From now on the identity is another person's: a mistake is undone. What the config or a look-up says comes back. */
export async function otherPerson(desk: Desk, { requesterId, identity, by }: SaidOfPerson): Promise<void> {
  const own = await knownOf(desk, requesterId);
  const name = identityName(identity);
  if (own.length < 2 || !own.some((each) => identityName(each) === name)) throw notFound(requesterId);
  await desk.tx
    .update(identities)
    .set({ requesterId: desk.newId(desk.now) })
    .where(and(eq(identities.kind, identity.kind), eq(identities.value, identity.value)));
  const touched = await ticketsOf(desk, own, sql`${tickets.ticket} -> 'requester' ? 'identities'`);
  for (const held of touched) {
    const { email, identities: known = [] } = held.ticket.requester;
    await learn(desk, held, email === name ? [] : known.filter((each) => identityName(each) !== name));
  }
  const [newest] = touched;
  if (newest !== undefined) tell(desk, newest.ticket, { code: 'edit.other_person', by, all: [name] });
}

async function knownOf({ tx }: Desk, requesterId: string): Promise<readonly Identity[]> {
  const own = await identitiesOfPerson(tx, requesterId);
  if (own.length === 0) throw notFound(requesterId);
  return own;
}

function notFound(requesterId: string): Problem {
  return new Problem({
    code: 'requester.not-found',
    message: `There is no requester ${requesterId} who is known by that.`,
    fix: 'Open the page of the requester again, from one of the tickets.',
  });
}

/** The newest first. */
async function ticketsOf(
  desk: Desk,
  all: readonly Identity[],
  besides: ReturnType<typeof sql>,
): Promise<readonly Held[]> {
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(and(ofPerson(all), besides))
    .orderBy(desc(tickets.openedAt), desc(tickets.number))
    .limit(MOST_TICKETS);
  await fetchHeld(
    desk,
    rows.map(({ key }) => key),
  );
  return rows.flatMap(({ key }) => desk.held.get(key) ?? []);
}

/** The ticket remembers who asks, and is judged anew with what follows from it. */
async function learn(desk: Desk, held: Held, others: readonly Identity[]): Promise<void> {
  const { identities: _before, ...requester } = held.ticket.requester;
  held.ticket = {
    ...held.ticket,
    requester: { ...requester, ...(others.length === 0 ? {} : { identities: others }) },
    updatedAt: desk.now,
  };
  held.touched = true;
  held.changed = true;
  if (held.ticket.status === 'closed') return;
  await meetCustomer(desk, { ticket: held.ticket, given: [] });
  await takeTurn(desk, held, { kind: 'due' });
}

function tell(
  desk: Desk,
  ticket: Ticket,
  { code, by, all }: { code: string; by: string; all: readonly string[] },
): void {
  recordReasons(desk, ticket, [
    {
      stage: 'edit',
      code,
      params: { by, all },
      change: null,
      evidence: [],
      source: { kind: 'person', name: by },
      opinion: null,
    },
  ]);
}
