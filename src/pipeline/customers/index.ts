/**
 * What is known of who asks, gathered for the turns of a transaction: by what else the person is known, and what
 * look-ups said. Nobody is asked anything here; `look-ups.ts` did that before.
 */
import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { isEmptyBook } from '../../decide/customers/book.ts';
import type { Customer } from '../../decide/facts.ts';
import { type Identity, identitiesOf, identityName } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { type Answer, answersTo, asFact } from './answers.ts';
import { type Ask, askName, asksFor } from './asks.ts';
import { type Contacts, meet, openContacts, readContacts, saveContacts } from './contacts.ts';
import { askTables, type ContactTables, identitiesTold, type TableAnswer, tableFact } from './tables.ts';

/** What a transaction knows of those who ask. */
export interface Customers {
  contacts: Contacts;
  /** By `askName`; null for a question that nobody asked yet. */
  answers: Map<string, Answer | null>;
  /** By the key of the ticket. */
  known: Map<string, Customer>;
}

/** What is needed of the desk. */
interface Place {
  readonly tx: Queries;
  readonly config: LoadedConfig;
  readonly now: Temporal.Instant;
  readonly customers: Customers;
  readonly tables: ContactTables;
}

export function openCustomers(): Customers {
  return { contacts: openContacts(), answers: new Map(), known: new Map() };
}

/** A ticket, and what its sender gave of himself in this moment: nothing when it is only looked at again. */
export interface Met {
  ticket: Ticket;
  given: readonly Identity[];
  /** Who they become when nobody knows them yet; left out, the key of the ticket, whose first requester they are. */
  id?: string;
}

/** Reads at once what is then needed of each. */
export async function readCustomers(desk: Place, all: readonly Met[]): Promise<void> {
  const { answers, contacts } = desk.customers;
  const asks = all.flatMap(({ ticket }) => asksOf(desk, ticket)).filter((each) => !answers.has(askName(each)));
  const found = await answersTo(asks, desk.tx);
  for (const each of asks) answers.set(askName(each), found.get(askName(each)) ?? null);
  const wanted = all.flatMap((met) => [...sureOf(desk, met), ...met.given]);
  await readContacts(contacts, wanted, desk.tx);
}

/** Finds out who asks, for the next turn of the ticket. */
export async function meetCustomer(desk: Place, met: Met): Promise<void> {
  await readCustomers(desk, [met]);
  const { ticket, given, id = ticket.key } = met;
  const found = meet(desk.customers.contacts, { id, sure: sureOf(desk, met), given });
  const identities = found === null ? [] : [...found.contact.identities.values()];
  desk.customers.known.set(ticket.key, {
    identities,
    doubtful: found?.doubtful ?? [],
    lookedUp: [
      ...answersOf(desk, ticket).map(({ each, answer }) => asFact(each, answer, desk.now)),
      ...inTables(desk, ticket, identities).map(tableFact),
    ],
  });
}

/** The same for tickets that are looked at again. A desk that keeps nothing of its customers learns nothing so. */
export async function meetAgain(desk: Place, tickets: readonly Ticket[]): Promise<void> {
  if (isEmptyBook(desk.config.policy.customers)) return;
  const all = tickets.filter(({ status }) => status !== 'closed').map((ticket) => ({ ticket, given: [] }));
  await readCustomers(desk, all);
  for (const met of all) await meetCustomer(desk, met);
}

/** Takes over what tickets remember of people, when our own tables were lost. */
export async function meetRestored({ customers: { contacts }, tx }: Place, tickets: readonly Ticket[]): Promise<void> {
  await readContacts(
    contacts,
    tickets.flatMap(({ requester }) => identitiesOf(requester)),
    tx,
  );
  for (const { key, requester } of tickets) {
    meet(contacts, { id: key, sure: identitiesOf(requester), given: [] });
  }
}

export function saveCustomers({ customers, tx }: Place): Promise<void> {
  return saveContacts(customers.contacts, tx);
}

/** What is one person without a doubt: as the ticket has it, as the config lists it, as a look-up says. */
function sureOf(desk: Place, { ticket, given }: Met): readonly Identity[] {
  const doubted = new Set(given.map(identityName));
  const own = identitiesOf(ticket.requester).filter((each) => !doubted.has(identityName(each)));
  const listed = own.flatMap((each) => desk.config.policy.customers.aliases.get(identityName(each)) ?? []);
  const told = answersOf(desk, ticket).flatMap(({ answer }) => answer.answer?.identities ?? []);
  return [...own, ...listed, ...told, ...identitiesTold(inTables(desk, ticket, [...own, ...listed]))];
}

/** What tables of the base have of a person, by the address that they write from before any other. */
function inTables(desk: Place, ticket: Ticket, known: readonly Identity[]): readonly TableAnswer[] {
  const { tables, now, config } = desk;
  const writesFrom = known.filter((each) => identityName(each) === ticket.requester.email);
  return askTables({ tables, lookUps: config.tableLookUps, now }, ticket, [...writesFrom, ...known]);
}

function answersOf(desk: Place, ticket: Ticket): readonly { each: Ask; answer: Answer }[] {
  return asksOf(desk, ticket).flatMap((each) => {
    const answer = desk.customers.answers.get(askName(each)) ?? null;
    return answer === null ? [] : [{ each, answer }];
  });
}

function asksOf({ config, now }: Place, ticket: Ticket): readonly Ask[] {
  return asksFor(config.lookUps, ticket, now);
}
