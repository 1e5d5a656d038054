import { and, count, eq, gt, inArray } from 'drizzle-orm';
import type { LoadedConfig } from '../config/live.ts';
import type { Queries } from '../db/connection.ts';
import {
  agents,
  type attachments,
  type decisions,
  type events,
  marks,
  type messageNames,
  messages,
  outbox,
  tickets,
} from '../db/schema.ts';
import type { EarlierTicket, FactName, Facts, IncidentFacts, Spoken } from '../decide/facts.ts';
import { judgedText } from '../decide/judged-text.ts';
import { mindsLanguages } from '../decide/conditions/languages.ts';
import type { FindArticles } from '../decide/suggest/find-articles.ts';
import { later } from '../decide/sla/moment.ts';
import type { AgentLoad } from '../domain/person.ts';
import { Problem } from '../domain/problem.ts';
import { addressesOf } from '../domain/requester.ts';
import { isOpen, recipientOf, type Ticket } from '../domain/ticket.ts';
import { type LanguageDetector, loadLanguageDetector } from '../kit/language.ts';
import type { ReplyTokens } from '../kit/reply-tokens.ts';
import type { PageLinks } from '../kit/page-links.ts';
import type { Classifier } from '../ports/classifier.ts';
import { type Customers, meetAgain, openCustomers } from './customers/index.ts';
import { type ContactTables, readContactTables } from './customers/tables.ts';
import { type Deliveries, openDeliveries, readDead } from './deliveries.ts';
import { type Links, newLinks } from './links.ts';
import type { RecentTexts } from './recent-texts.ts';

/** A ticket that is being looked at, and what is to be remembered of it. */
export interface Held {
  ticket: Ticket;
  wakeAt: Temporal.Instant | null;
  fingerprint: string;
  /** Which version of what was learned was heard of it last, and which language model could be asked; null for none. */
  judgedVersion: number | null;
  judgedModel: string | null;
  /** The row of the base that it already has, when a person typed it there. */
  rowId: string | null;
  /** Whether anything is to be written. */
  touched: boolean;
  /** Whether the base must hear of it; a new `wakeAt` alone is our own business. */
  changed: boolean;
}

/**
 * What the lane knows of the desk while a transaction lasts: read once, kept up to date by each turn, so
 * that twenty tickets that arrive together are dealt out as if they had come one by one.
 */
export interface Desk {
  readonly tx: Queries;
  readonly config: LoadedConfig;
  readonly now: Temporal.Instant;
  newId(at: Temporal.Instant): string;
  /** Null on a desk to which languages make no difference. */
  readonly detectLanguage: LanguageDetector | null;
  /** As it stood when the transaction began; null while nothing was learned. */
  readonly classifier: Classifier | null;
  readonly held: Map<string, Held>;
  readonly loads: Map<string, AgentLoad>;
  /** Agents whose load is to be written. */
  readonly busy: Set<string>;
  /** Keys of tickets, by names of messages and conversations that may be pointed at. */
  readonly named: Map<string, string>;
  readonly acknowledged: Map<string, number>;
  /** By address, what its owner and we said to each other in the last day, oldest first. */
  readonly exchanges: Map<string, Spoken[]>;
  /** By address, what its owner said on other tickets, newest first. */
  readonly earlier: Map<string, EarlierTicket[]>;
  /** How many internal notes a ticket has, of those of which a hand-off asks for one. */
  readonly internalNotes: Map<string, number>;
  readonly customers: Customers;
  readonly deliveries: Deliveries;
  readonly tables: ContactTables;
  /** What each sender wrote of late, oldest first, as far as the breaker goes. */
  readonly arrivals: Map<string, Arrived[]>;
  /** By address, when its owner was last asked how it was. */
  readonly surveyed: Map<string, Temporal.Instant | null>;
  readonly pages: Pick<PageLinks, 'linkTo'>;
  readonly replyTokens: Pick<ReplyTokens, 'opens'>;
  readonly findArticles: FindArticles;
  readonly records: Records;
  /** How many tickets were given to somebody so far. */
  assignments: number;
  /** Who has room again after a turn. */
  readonly freed: Set<string>;
  /** Which tickets report one incident, and whom turns have woken because of it. */
  readonly links: Links;
  /** The number that the next ticket gets, and the one that stood here when the transaction began. */
  nextNumber: number;
  readonly firstFreeNumber: number;
}

/** One message of a sender: when it came, and whether it was held back. */
export interface Arrived {
  at: Temporal.Instant;
  isHeldBack: boolean;
}

/** What the turns so far want written, in bulk, when the transaction ends. */
export interface Records {
  messages: (typeof messages.$inferInsert)[];
  attachments: (typeof attachments.$inferInsert)[];
  decisions: (typeof decisions.$inferInsert)[];
  outbox: (typeof outbox.$inferInsert)[];
  /** Names of messages, as they are learned. */
  names: (typeof messageNames.$inferInsert)[];
  /** What is told to systems that follow tickets. */
  events: (typeof events.$inferInsert)[];
  /** Keys of what is to be taken out of the outbox again. */
  withdrawn: string[];
  /** Whether some ticket teaches something else than before. */
  hasLessons: boolean;
}

/** Reads what every turn needs. */
export async function openDesk(
  tx: Queries,
  {
    recent,
    ...given
  }: Pick<Desk, 'config' | 'now' | 'newId' | 'pages' | 'replyTokens' | 'tables' | 'classifier' | 'findArticles'> & {
    recent: RecentTexts;
  },
): Promise<Desk> {
  const { config, tables } = given;
  await readContactTables(tables, config.tableLookUps, tx);
  const nextNumber = await readNextNumber(tx, config);
  return {
    ...given,
    tx,
    detectLanguage: mindsLanguages(config.policy) ? await loadLanguageDetector() : null,
    held: new Map(),
    loads: await readLoads(tx, config),
    busy: new Set(),
    named: new Map(),
    acknowledged: new Map(),
    exchanges: new Map(),
    earlier: new Map(),
    internalNotes: new Map(),
    customers: openCustomers(),
    deliveries: openDeliveries(),
    arrivals: new Map(),
    surveyed: new Map(),
    records: {
      messages: [],
      attachments: [],
      decisions: [],
      outbox: [],
      names: [],
      events: [],
      withdrawn: [],
      hasLessons: false,
    },
    assignments: 0,
    freed: new Set(),
    links: newLinks(recent),
    nextNumber,
    firstFreeNumber: nextNumber,
  };
}

async function readLoads(tx: Queries, config: LoadedConfig): Promise<Map<string, AgentLoad>> {
  const known = new Map((await tx.select().from(agents)).map((agent) => [agent.name, agent]));
  return new Map(
    config.policy.agents.map(({ name, switchedIn }) => {
      const { open = 0, lastAssignedAt = null, away = false } = known.get(name) ?? {};
      // Of who is switched in the base it only says who did it here last: the tick there counts.
      return [name, { name, open, lastAssignedAt, away: away && switchedIn === 'console' }];
    }),
  );
}

/** The mark under which the next ticket number stands. */
export const NEXT_NUMBER = 'next_ticket_number';

async function readNextNumber(tx: Queries, config: LoadedConfig): Promise<number> {
  const [mark] = await tx.select().from(marks).where(eq(marks.name, NEXT_NUMBER));
  return Math.max(Number(mark?.value ?? 0), config.policy.desk.firstNumber);
}

/** Fetches tickets by key, unless they are held already, with who asks. */
export async function hold(desk: Desk, keys: readonly string[]): Promise<void> {
  await meetAgain(desk, await fetchHeld(desk, keys));
}

/** The same for whoever knows better who asks. Returns those that were not held. */
export async function fetchHeld(desk: Desk, keys: readonly string[]): Promise<readonly Ticket[]> {
  const missing = keys.filter((key) => !desk.held.has(key));
  if (missing.length === 0) return [];
  const rows = await desk.tx.select().from(tickets).where(inArray(tickets.key, missing));
  for (const row of rows) {
    desk.held.set(row.key, heldRow(row));
  }
  await readDead(
    desk,
    rows.map(({ ticket }) => ticket.requester.email),
  );
  const inHandoff = rows.filter(({ ticket }) => ticket.handoff?.state === 'held');
  await countNotes(
    desk,
    inHandoff.map(({ key }) => key),
  );
  return rows.map(({ ticket }) => ticket);
}

/** A row of a ticket as it is held. */
export function heldRow(row: typeof tickets.$inferSelect): Held {
  const { ticket, wakeAt, fingerprint, judgedVersion, judgedModel, rowId } = row;
  return { ticket, wakeAt, fingerprint, judgedVersion, judgedModel, rowId, touched: false, changed: false };
}

/** Counts the internal notes of tickets, where the contract of some hand-off asks for one. */
export async function countNotes(desk: Desk, keys: readonly string[]): Promise<void> {
  const isAskedFor = desk.config.policy.routing.handoffs.some(({ needs }) => needs.includes('note'));
  const unknown = keys.filter((key) => !desk.internalNotes.has(key));
  if (!isAskedFor || unknown.length === 0) return;
  const rows = await desk.tx
    .select({ key: messages.ticketKey, times: count() })
    .from(messages)
    .where(and(inArray(messages.ticketKey, unknown), eq(messages.visibility, 'internal')))
    .groupBy(messages.ticketKey);
  for (const row of rows) desk.internalNotes.set(row.key, row.times);
}

/** @throws Problem `ticket.not-found` */
export async function heldTicket(desk: Desk, key: string): Promise<Held> {
  await hold(desk, [key]);
  const held = desk.held.get(key);
  if (held !== undefined) return held;
  throw new Problem({
    code: 'ticket.not-found',
    message: `There is no ticket with the key ${key}.`,
    fix: 'Look the ticket up by its number in the console.',
  });
}

/** Counts how often each address was acknowledged since yesterday; `decide` caps it. */
export async function countAcknowledgements(desk: Desk, addresses: readonly string[]): Promise<void> {
  const template = desk.config.policy.intake.acknowledgement;
  const unknown = addresses.filter((address) => !desk.acknowledged.has(address));
  if (template === null || unknown.length === 0) return;
  const rows = await desk.tx
    .select({ recipient: outbox.recipient, times: count() })
    .from(outbox)
    .where(
      and(
        inArray(outbox.recipient, unknown),
        eq(outbox.template, template),
        gt(outbox.createdAt, desk.now.subtract({ hours: 24 })),
      ),
    )
    .groupBy(outbox.recipient);
  for (const address of unknown) desk.acknowledged.set(address, 0);
  for (const row of rows) desk.acknowledged.set(row.recipient, row.times);
}

/** What need not be read for each ticket. */
type KnownFacts = Omit<Facts, keyof IncidentFacts | 'opinions' | 'record' | 'language' | 'further'>;

/** What the desk knows of this ticket now without looking it up; what is not needed is left empty. */
export function factsFor(desk: Desk, ticket: Ticket, needed: readonly FactName[]): KnownFacts {
  return {
    proposals: needed.includes('opinions') ? (desk.classifier?.proposalsOf(judgedText(ticket)) ?? []) : null,
    articles: needed.includes('articles') ? articlesFor(desk, ticket) : [],
    loads: [...desk.loads.values()],
    acknowledgementsToday: desk.acknowledged.get(recipientOf(ticket) ?? '') ?? 0,
    exchange: desk.exchanges.get(ticket.requester.email ?? '') ?? [],
    earlier: desk.earlier.get(ticket.requester.email ?? '') ?? [],
    internalNotes: desk.internalNotes.get(ticket.key) ?? 0,
    customer: desk.customers.known.get(ticket.key) ?? null,
    lastSurveyAt: addressesOf(ticket.requester)
      .map((address) => desk.surveyed.get(address) ?? null)
      .reduce((latest, at) => later(latest, at), null),
    hasSurveyPage: desk.pages.linkTo('survey', ticket.key, desk.now) !== null,
  };
}

function articlesFor({ config, findArticles }: Desk, ticket: Ticket): Facts['articles'] {
  const { articles } = config.policy.offers;
  if (articles.length === 0) return [];
  const { subject, description } = judgedText(ticket);
  return findArticles(articles, `${subject}\n${description}`);
}

/** Keeps the loads true after a turn. */
export function recount(desk: Desk, before: Ticket | null, after: Ticket): void {
  const had = before !== null && isOpen(before.status) ? before.assignee : null;
  const has = isOpen(after.status) ? after.assignee : null;
  if (had === has) return;
  if (had !== null) addLoad(desk, had, -1);
  if (has !== null) addLoad(desk, has, 1);
  if (after.assignee !== null && after.assignee !== before?.assignee) noteAssignment(desk, after.assignee);
}

/** Counts a ticket that is back where it was; nobody was given anything. */
export function countBack(desk: Desk, { status, assignee }: Ticket): void {
  if (isOpen(status) && assignee !== null) addLoad(desk, assignee, 1);
}

function addLoad(desk: Desk, name: string, difference: number): void {
  setLoad(desk, name, ({ open }) => ({ open: open + difference }));
}

/** Those who are given tickets in one transaction are given them one after the other, a microsecond apart. */
function noteAssignment(desk: Desk, name: string): void {
  desk.assignments += 1;
  const lastAssignedAt = desk.now.add({ microseconds: desk.assignments });
  setLoad(desk, name, () => ({ lastAssignedAt }));
}

function setLoad(desk: Desk, name: string, change: (load: AgentLoad) => Partial<AgentLoad>): void {
  const load = desk.loads.get(name);
  if (load === undefined) return;
  desk.loads.set(name, { ...load, ...change(load) });
  desk.busy.add(name);
}
