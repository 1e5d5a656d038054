import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { Priority, SlaState, Status } from '../domain/ticket.ts';
import type { Queries } from '../db/connection.ts';
import { messages, tickets } from '../db/schema.ts';

/** Which tickets a list shows. Null and false ask for nothing. */
export interface ListFilter {
  status: Status | 'open' | 'closed' | 'all';
  queue: string | null;
  /** Name of an agent, or nobody. */
  owner: { agent: string } | 'nobody' | null;
  /** Warned of or breached. */
  atRisk: boolean;
  needsReview: boolean;
  /** Handed off to a queue that has not answered yet; then `queue` may be either side. */
  isAsked: boolean;
  /** What others report, or a person declared. */
  incidents: boolean;
  escalated: boolean;
  /** What a person typed into the search box. */
  search: string;
}

/** The last ticket of a page; the next page begins after it. */
export interface Place {
  urgency: number;
  dueAt: Temporal.Instant | null;
  number: number;
}

/** One line of the list. */
export interface ListedTicket extends Place {
  key: string;
  subject: string;
  requesterName: string;
  requesterEmail: string | null;
  status: Status;
  priority: Priority;
  category: string | null;
  queue: string;
  assignee: string | null;
  slaState: SlaState;
  needsReview: boolean;
  /** The queue that is to accept it; null when none is. */
  askedQueue: string | null;
  /** Queues that help while it stays in its own. */
  helpers: readonly string[];
  /** How many tickets report it; null when it is no incident. */
  linkedCount: number | null;
  escalationLevel: number;
  why: string;
  /** Which promise `dueAt` is; null when nothing is due. */
  due: 'first_reply' | 'resolution' | null;
  openedAt: Temporal.Instant;
}

export interface ListPage {
  rows: readonly ListedTicket[];
  /** Where the next page begins; null on the last one. */
  next: Place | null;
  /** More tickets match the words than are looked through. */
  tooMany: boolean;
}

/** Lines on a page: what a person scans before refining the filter. */
const PAGE_SIZE = 50;

/** So many tickets with the words that were searched for are looked through; then another word must help. */
const MOST_FOUND = 500;

/** More words than these narrow nothing. */
const MOST_WORDS = 8;

/** Longest subject on a line; the rest is on the ticket's own page. */
const LONGEST_SUBJECT = 300;

/** Statuses of tickets on which work is still expected come urgent first, the others newest first. */
const FINISHED: readonly string[] = ['closed', 'resolved', 'all'];

/** One page of the list, urgent first; of finished tickets and of all, the newest first. */
export async function listTickets(queries: Queries, filter: ListFilter, after: Place | null): Promise<ListPage> {
  const found = await searched(queries, filter.search);
  const helped = filter.queue === null ? [] : await helpedBy(queries, filter.queue);
  const wanted = and(...conditionsOf(filter, helped), found.condition);
  const rows = FINISHED.includes(filter.status)
    ? await newestFirst(queries, wanted, after)
    : await urgentFirst(queries, wanted, after);
  const shown = rows.slice(0, PAGE_SIZE);
  return { rows: shown, next: rows.length > PAGE_SIZE ? (shown.at(-1) ?? null) : null, tooMany: found.tooMany };
}

/**
 * Keys of the tickets with which a queue helps. Asked for first, so that the list of one that helps nobody, as most,
 * goes along its index.
 */
async function helpedBy(queries: Queries, queue: string): Promise<readonly string[]> {
  const isHelper = sql`${tickets.helpers} is not null and ${tickets.helpers} ? ${queue}`;
  const rows = await queries.select({ key: tickets.key }).from(tickets).where(isHelper).limit(MOST_FOUND);
  return rows.map(({ key }) => key);
}

function conditionsOf(filter: ListFilter, helped: readonly string[]): (SQL | undefined)[] {
  return [
    statusCondition(filter.status),
    queueCondition(filter, helped),
    ownerCondition(filter.owner),
    filter.atRisk ? sql`${tickets.slaState} in ('warning', 'breached')` : undefined,
    filter.needsReview ? sql`${tickets.needsReview}` : undefined,
    filter.isAsked ? isNotNull(tickets.askedQueue) : undefined,
    filter.incidents ? sql`${tickets.isIncident}` : undefined,
    filter.escalated ? sql`${tickets.escalationLevel} > 0` : undefined,
  ];
}

/** What waits for an answer concerns both sides, and what a queue helps with is on its list, too. */
function queueCondition({ queue, isAsked }: ListFilter, helped: readonly string[]): SQL | undefined {
  if (queue === null) return undefined;
  const asked = isAsked ? eq(tickets.askedQueue, queue) : undefined;
  return or(eq(tickets.queue, queue), asked, helped.length > 0 ? inArray(tickets.key, [...helped]) : undefined);
}

/** Names `is_open` beside the status, because the indexes hold either open tickets or finished ones. */
function statusCondition(status: ListFilter['status']): SQL | undefined {
  if (status === 'all') return undefined;
  if (status === 'open') return sql`${tickets.isOpen}`;
  if (status === 'closed' || status === 'resolved') return sql`not ${tickets.isOpen} and ${tickets.status} = ${status}`;
  return sql`${tickets.isOpen} and ${tickets.status} = ${status}`;
}

function ownerCondition(owner: ListFilter['owner']): SQL | undefined {
  if (owner === null) return undefined;
  return owner === 'nobody' ? isNull(tickets.assignee) : eq(tickets.assignee, owner.agent);
}

async function newestFirst(queries: Queries, wanted: SQL | undefined, after: Place | null): Promise<ListedTicket[]> {
  const beyond = after === null ? undefined : lt(tickets.number, after.number);
  return lines(queries, and(wanted, beyond), { order: [desc(tickets.number)], limit: PAGE_SIZE + 1 });
}

/**
 * The rest of a list is up to three stretches of its index, one after the other: the same urgency due
 * later, the same urgency with nothing due, less urgency. Each is a range that the index jumps to; asked
 * for in one condition they would be a scan from the start.
 */
async function urgentFirst(queries: Queries, wanted: SQL | undefined, after: Place | null): Promise<ListedTicket[]> {
  const rows: ListedTicket[] = [];
  for (const stretch of stretchesAfter(after)) {
    if (rows.length > PAGE_SIZE) break;
    const order = [desc(tickets.urgency), asc(tickets.dueAt), asc(tickets.number)];
    rows.push(...(await lines(queries, and(wanted, stretch), { order, limit: PAGE_SIZE + 1 - rows.length })));
  }
  return rows;
}

function stretchesAfter(after: Place | null): (SQL | undefined)[] {
  if (after === null) return [undefined];
  const { urgency, dueAt, number } = after;
  const same = sql`${tickets.urgency} = ${urgency}`;
  const less = sql`${tickets.urgency} < ${urgency}`;
  if (dueAt === null) return [sql`${same} and ${tickets.dueAt} is null and ${tickets.number} > ${number}`, less];
  return [
    sql`${same} and (${tickets.dueAt}, ${tickets.number}) > (${dueAt.toString()}::timestamptz, ${number})`,
    sql`${same} and ${tickets.dueAt} is null`,
    less,
  ];
}

/** Reads the parts of a ticket that a line shows: a description may be long, and is left where it is. */
async function lines(
  queries: Queries,
  wanted: SQL | undefined,
  { order, limit }: { order: SQL[]; limit: number },
): Promise<ListedTicket[]> {
  const rows = await queries
    .select({
      key: tickets.key,
      number: tickets.number,
      subject: sql<string>`left(${tickets.ticket} ->> 'subject', ${sql.raw(String(LONGEST_SUBJECT))})`,
      requesterName: sql<string>`left(${tickets.ticket} -> 'requester' ->> 'name', 200)`,
      requesterEmail: tickets.requesterEmail,
      status: sql<Status>`${tickets.status}`,
      priority: sql<Priority>`${tickets.priority}`,
      urgency: tickets.urgency,
      category: tickets.category,
      queue: tickets.queue,
      assignee: tickets.assignee,
      slaState: sql<SlaState>`${tickets.slaState}`,
      needsReview: tickets.needsReview,
      askedQueue: tickets.askedQueue,
      helpers: tickets.helpers,
      linkedCount: sql<
        number | null
      >`case when ${tickets.isIncident} then (${tickets.ticket} ->> 'linkedCount')::int end`,
      escalationLevel: tickets.escalationLevel,
      why: sql<string>`${tickets.ticket} ->> 'why'`,
      dueAt: tickets.dueAt,
      openedAt: tickets.openedAt,
      firstDue: sql<string | null>`${tickets.ticket} ->> 'firstResponseDueAt'`,
      firstRespondedAt: sql<string | null>`${tickets.ticket} ->> 'firstRespondedAt'`,
    })
    .from(tickets)
    .where(wanted)
    .orderBy(...order)
    .limit(limit);
  return rows.map(({ firstDue, firstRespondedAt, ...row }) => ({
    ...row,
    helpers: row.helpers ?? [],
    due:
      row.dueAt === null
        ? null
        : firstRespondedAt === null && isSameMoment(row.dueAt, firstDue)
          ? 'first_reply'
          : 'resolution',
  }));
}

function isSameMoment(dueAt: Temporal.Instant, written: string | null): boolean {
  return written !== null && Temporal.Instant.from(written).since(dueAt).total('milliseconds') === 0;
}

/** The same expressions as in the indexes of `0002-console.sql`, or these would not be used. */
const TICKET_WORDS = sql`to_tsvector('simple', translate(left((${tickets.ticket} ->> 'subject') || ' ' || (${tickets.ticket} -> 'requester' ->> 'name') || ' ' || coalesce(${tickets.ticket} -> 'requester' ->> 'email', ''), 2000), '@./:_-+', '       '))`;
const MESSAGE_WORDS = sql`to_tsvector('simple', translate(${messages.authorName} || ' ' || left(${messages.text}, 20000), '@./:_-+', '       '))`;

/** Finds the tickets first and filters them then: words are the narrowest condition that there is. */
async function searched(queries: Queries, search: string): Promise<{ condition: SQL | undefined; tooMany: boolean }> {
  const words = wordsOf(search);
  if (words.length === 0) return { condition: undefined, tooMany: false };
  const asked = sql`to_tsquery('simple', ${words.join(' & ')})`;
  const number = words.length === 1 ? ticketNumberIn(search) : null;
  const found = await keysWith(queries, asked);
  const keys = found.slice(0, MOST_FOUND).map((row) => row.key);
  const byWords = keys.length === 0 ? sql`false` : inArray(tickets.key, keys);
  return {
    condition: number === null ? byWords : sql`(${byWords} or ${tickets.number} = ${number})`,
    tooMany: found.length > MOST_FOUND,
  };
}

/**
 * The planner believes that making a text search value costs nothing, and would make one of every message
 * rather than look into the index; so it is told to.
 */
function keysWith(queries: Queries, asked: SQL): Promise<{ key: string }[]> {
  return queries.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const inTickets = tx
      .select({ key: tickets.key })
      .from(tickets)
      .where(sql`${TICKET_WORDS} @@ ${asked}`);
    const inMessages = tx
      .select({ key: messages.ticketKey })
      .from(messages)
      .where(sql`${MESSAGE_WORDS} @@ ${asked}`);
    return union(inTickets.limit(MOST_FOUND + 1), inMessages.limit(MOST_FOUND + 1));
  });
}

/**
 * The search as the query language writes it. Letters and digits in a row are a word; everything else parts
 * words, so that nothing of that language is left in them. Any word may be the beginning of one, but for
 * those that go on after a mark: in `p8@example` the 8 is the end.
 */
function wordsOf(search: string): string[] {
  const tokens = search.normalize('NFC').split(/\s+/);
  return tokens
    .flatMap((token) => {
      const words = token.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
      return words.map((word, index) => (index < words.length - 1 ? `'${word}'` : `'${word}':*`));
    })
    .slice(0, MOST_WORDS);
}

/** The ticket number that a search may mean: digits alone. */
function ticketNumberIn(search: string): number | null {
  const digits = /^\s*(\d{1,15})\s*$/.exec(search)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** How many open tickets there are of a kind. */
export interface OpenCount {
  status: Status;
  queue: string;
  assignee: string | null;
  atRisk: boolean;
  needsReview: boolean;
  askedQueue: string | null;
  /** Null for none. */
  helpers: readonly string[] | null;
  isIncident: boolean;
  escalated: boolean;
  count: number;
}

/** Counts the open tickets by everything that the list can be filtered by. */
export async function countOpen(queries: Queries): Promise<readonly OpenCount[]> {
  const atRisk = sql<boolean>`${tickets.slaState} in ('warning', 'breached')`;
  const escalated = sql<boolean>`${tickets.escalationLevel} > 0`;
  return queries
    .select({
      status: sql<Status>`${tickets.status}`,
      queue: tickets.queue,
      assignee: tickets.assignee,
      atRisk,
      needsReview: tickets.needsReview,
      askedQueue: tickets.askedQueue,
      helpers: tickets.helpers,
      isIncident: tickets.isIncident,
      escalated,
      count: sql<number>`count(*)::integer`,
    })
    .from(tickets)
    .where(sql`${tickets.isOpen}`)
    .groupBy(
      tickets.status,
      tickets.queue,
      tickets.assignee,
      atRisk,
      tickets.needsReview,
      tickets.askedQueue,
      tickets.helpers,
      tickets.isIncident,
      escalated,
    );
}

/** Whether there has ever been a ticket. */
export async function hasTickets(queries: Queries): Promise<boolean> {
  return (await queries.select({ key: tickets.key }).from(tickets).limit(1)).length > 0;
}
