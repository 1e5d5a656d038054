import { and, asc, desc, eq, gt, gte, inArray, lt, min, or, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { agents, decisions, inbox, messages, tickets, undeliverable } from '../../db/schema.ts';
import type { DeadAddress } from '../../decide/undelivered.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { revive } from '../../kit/json.ts';
import type { Absence, Burden } from '../replay/past.ts';

/** All that the past is read with: nothing but `select`. */
export type Reading = Pick<Queries, 'select'>;

/** Which tickets are replayed. */
export type Window = { last: number } | { since: Temporal.Instant };

/** A ticket as it is recorded, without what a replay works out by itself. */
export type Recorded = Ticket;

export type StoredRequest = Pick<
  typeof inbox.$inferSelect,
  'id' | 'channel' | 'headers' | 'body' | 'receivedAt' | 'insisted'
>;

export type Said = Pick<
  typeof messages.$inferSelect,
  'id' | 'ticketKey' | 'author' | 'authorName' | 'visibility' | 'text' | 'at' | 'inboxId'
> & { files: number };

export type Decided = Pick<
  typeof decisions.$inferSelect,
  'ticketKey' | 'seq' | 'at' | 'stage' | 'code' | 'params' | 'field' | 'fromValue' | 'toValue' | 'source'
>;

/** Some tickets with all that is known of them. */
export interface RecordedPage {
  tickets: readonly Recorded[];
  said: ReadonlyMap<string, readonly Said[]>;
  decided: ReadonlyMap<string, readonly Decided[]>;
  requests: ReadonlyMap<string, StoredRequest>;
  dead: ReadonlyMap<string, DeadAddress>;
}

/** What stands at the edge of the window. */
export interface Edge {
  /** The number of the first ticket in it; null for an empty desk. */
  first: number | null;
  tickets: number;
  absences: readonly Absence[];
  burdens: readonly Burden[];
}

/** Decisions that say what people did; the others a replay makes itself. */
const TOLD = ['intake.received', 'intake.replied', 'link.joined', 'link.joined_known', 'link.found'];

/** Clocks and offers are worked out anew, and are most of a ticket. */
const LEFT_UNREAD = { clocks: [], suggestion: null, related: [] } as const;

/** Finds the window, who is away, and what stood open before it. */
export async function readEdge(reading: Reading, window: Window): Promise<Edge> {
  const first = await firstIn(reading, window);
  if (first === null) return { first, tickets: 0, absences: [], burdens: [] };
  const [counted] = await reading
    .select({ tickets: sql<number>`count(*)::int` })
    .from(tickets)
    .where(gte(tickets.number, first));
  const away = await reading.select().from(agents).where(eq(agents.away, true));
  const absences = away.flatMap(({ name, awayAt }) => (awayAt === null ? [] : [{ agent: name, since: awayAt }]));
  return { first, tickets: counted?.tickets ?? 0, absences, burdens: await readBurdens(reading, first) };
}

async function firstIn(reading: Reading, window: Window): Promise<number | null> {
  if ('since' in window) {
    const [row] = await reading
      .select({ first: min(tickets.number) })
      .from(tickets)
      .where(gte(tickets.openedAt, window.since));
    return row?.first ?? null;
  }
  const [nth] = await reading
    .select({ number: tickets.number })
    .from(tickets)
    .orderBy(desc(tickets.number))
    .limit(1)
    .offset(Math.max(0, window.last - 1));
  if (nth !== undefined) return nth.number;
  const [all] = await reading.select({ first: min(tickets.number) }).from(tickets);
  return all?.first ?? null;
}

/** Of those before the window, those that somebody still had when it began. */
async function readBurdens(reading: Reading, first: number): Promise<readonly Burden[]> {
  const [start] = await reading.select({ at: tickets.openedAt }).from(tickets).where(eq(tickets.number, first));
  if (start === undefined) return [];
  const resolvedAt = sql<string | null>`${tickets.ticket} ->> 'resolvedAt'`;
  const rows = await reading
    .select({ agent: tickets.assignee, resolvedAt })
    .from(tickets)
    .where(
      and(
        lt(tickets.number, first),
        sql`${tickets.assignee} is not null`,
        or(eq(tickets.isOpen, true), gt(sql`(${resolvedAt})::timestamptz`, sql`${start.at.toString()}::timestamptz`)),
      ),
    );
  return rows.flatMap(({ agent, resolvedAt: until }) =>
    agent === null ? [] : [{ agent, until: until === null ? null : Temporal.Instant.from(until) }],
  );
}

/** The next tickets from a number on. */
export async function readPage(reading: Reading, from: number, limit: number): Promise<RecordedPage> {
  const rows = await reading
    .select({ ticket: sql<unknown>`${tickets.ticket} - 'clocks' - 'suggestion' - 'related'` })
    .from(tickets)
    .where(gte(tickets.number, from))
    .orderBy(asc(tickets.number))
    .limit(limit);
  const found = rows.map(({ ticket }): Recorded => ({ ...revive<Ticket>(ticket), ...LEFT_UNREAD }));
  const keys = found.map(({ key }) => key);
  const said = await readSaid(reading, keys);
  return {
    tickets: found,
    said: byTicket(said),
    decided: byTicket(await readDecided(reading, keys)),
    requests: await readRequests(reading, openingsOf(said)),
    dead: await readDead(
      reading,
      found.flatMap(({ requester }) => requester.email ?? []),
    ),
  };
}

function readSaid(reading: Reading, keys: readonly string[]): Promise<Said[]> {
  const { id, ticketKey, author, authorName, visibility, text, at, inboxId, attachments } = messages;
  const files = sql<number>`jsonb_array_length(${attachments})`;
  return reading
    .select({ id, ticketKey, author, authorName, visibility, text, at, inboxId, files })
    .from(messages)
    .where(inArray(ticketKey, [...keys]))
    .orderBy(asc(at), asc(id));
}

/** As one text: these are most of what is read, and a database on board takes longer over many cells than over long ones. */
async function readDecided(reading: Reading, keys: readonly string[]): Promise<Decided[]> {
  const { ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source } = decisions;
  const isPerson = sql`${source} ->> 'kind' = 'person'`;
  const cells = sql`json_build_array(
    ${ticketKey}, ${seq}, ${at}, ${stage}, ${code}, ${params}, ${field}, ${fromValue}, ${toValue}, ${source})`;
  const [row] = await reading
    .select({ rows: sql<string>`coalesce(json_agg(${cells} order by ${seq}), '[]')::text` })
    .from(decisions)
    .where(and(inArray(ticketKey, [...keys]), or(inArray(code, TOLD), isPerson)));
  return (JSON.parse(row?.rows ?? '[]') as DecidedCells[]).map(decidedFrom);
}

type DecidedCells = [
  ticketKey: Decided['ticketKey'],
  seq: Decided['seq'],
  at: string,
  stage: Decided['stage'],
  code: Decided['code'],
  params: Decided['params'],
  field: Decided['field'],
  fromValue: Decided['fromValue'],
  toValue: Decided['toValue'],
  source: Decided['source'],
];

function decidedFrom(cells: DecidedCells): Decided {
  const [ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source] = cells;
  const moment = Temporal.Instant.from(at);
  return { ticketKey, seq, at: moment, stage, code, params, field, fromValue, toValue, source };
}

/** The requests that opened these tickets: the first that each customer wrote. */
function openingsOf(said: readonly Said[]): readonly string[] {
  const first = new Map<string, string>();
  for (const { ticketKey, author, inboxId } of said)
    if (author === 'customer' && inboxId !== null && !first.has(ticketKey)) first.set(ticketKey, inboxId);
  return [...first.values()];
}

async function readRequests(reading: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, StoredRequest>> {
  const { id, channel, headers, body, receivedAt, insisted } = inbox;
  const rows = await reading
    .select({ id, channel, headers, body, receivedAt, insisted })
    .from(inbox)
    .where(inArray(id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

async function readDead(reading: Reading, addresses: readonly string[]): Promise<ReadonlyMap<string, DeadAddress>> {
  const rows = await reading
    .select()
    .from(undeliverable)
    .where(inArray(undeliverable.address, [...new Set(addresses)]));
  return new Map(rows.map((row) => [row.address, row]));
}

function byTicket<Row extends { ticketKey: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, ({ ticketKey }) => ticketKey);
}
