import { and, asc, desc, eq, gt, gte, inArray, lt, min, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
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

/** What is most of a ticket, and nobody asks for: a replay works it out by itself. */
const LEFT_UNREAD = [
  'clocks',
  'related',
  'suggestion',
  'progress',
  'why',
  'letters',
  'categoryFrom',
  'handoff',
  'escalation',
  'lastAgentMessageAt',
  'lastCustomerMessageAt',
  'updatedAt',
  'resolvedAt',
  'closedAt',
] as const satisfies readonly (keyof Ticket)[];

/** A ticket as it is recorded. */
export type Recorded = Omit<Ticket, (typeof LEFT_UNREAD)[number]>;

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
    .select({ ticket: sql<unknown>`${tickets.ticket} - ${`{${LEFT_UNREAD.join()}}`}::text[]` })
    .from(tickets)
    .where(gte(tickets.number, from))
    .orderBy(asc(tickets.number))
    .limit(limit);
  const found = rows.map(({ ticket }) => revive<Recorded>(ticket));
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

async function readSaid(reading: Reading, keys: readonly string[]): Promise<Said[]> {
  const { id, ticketKey, author, authorName, visibility, text, at, inboxId, attachments } = messages;
  const files = sql`jsonb_array_length(${attachments})`;
  const rows = await readCells<SaidCells>(reading, messages, {
    cells: [id, ticketKey, author, authorName, visibility, text, at, inboxId, files],
    where: inArray(ticketKey, [...keys]),
    order: sql`${at}, ${id}`,
  });
  return rows.map(saidFrom);
}

type SaidCells = [
  id: Said['id'],
  ticketKey: Said['ticketKey'],
  author: Said['author'],
  authorName: Said['authorName'],
  visibility: Said['visibility'],
  text: Said['text'],
  at: string,
  inboxId: Said['inboxId'],
  files: Said['files'],
];

function saidFrom(cells: SaidCells): Said {
  const [id, ticketKey, author, authorName, visibility, text, at, inboxId, files] = cells;
  return { id, ticketKey, author, authorName, visibility, text, at: Temporal.Instant.from(at), inboxId, files };
}

async function readDecided(reading: Reading, keys: readonly string[]): Promise<Decided[]> {
  const { ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source } = decisions;
  const isPerson = sql`${source} ->> 'kind' = 'person'`;
  const rows = await readCells<DecidedCells>(reading, decisions, {
    cells: [ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source],
    where: and(inArray(ticketKey, [...keys]), or(inArray(code, TOLD), isPerson)),
    order: sql`${seq}`,
  });
  return rows.map(decidedFrom);
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

/** Row by row, as requests may be long. An engine on board takes thrice as long to hand out bytes as a text of them. */
async function readRequests(reading: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, StoredRequest>> {
  const { id, channel, headers, body, receivedAt, insisted } = inbox;
  const rows = await reading
    .select({ id, channel, headers, body: sql<string>`encode(${body}, 'base64')`, receivedAt, insisted })
    .from(inbox)
    .where(inArray(id, [...ids]));
  return new Map(rows.map((row) => [row.id, { ...row, body: Uint8Array.fromBase64(row.body) }]));
}

/** Rows as one text: an engine on board takes longer over many cells than over long ones. */
async function readCells<Cells>(
  reading: Reading,
  table: PgTable,
  { cells, where, order }: { cells: readonly SQLWrapper[]; where: SQL | undefined; order: SQL },
): Promise<readonly Cells[]> {
  const row = sql`json_build_array(${sql.join([...cells], sql`, `)})`;
  const [read] = await reading
    .select({ rows: sql<string>`coalesce(json_agg(${row} order by ${order}), '[]')::text` })
    .from(table)
    .where(where);
  return JSON.parse(read?.rows ?? '[]') as Cells[];
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
