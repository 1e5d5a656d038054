import { and, asc, desc, eq, gt, gte, inArray, lt, min, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Queries } from '../../db/connection.ts';
import { agents, decisions, inbox, messages, tickets, undeliverable } from '../../db/schema.ts';
import type { Absence, Burden } from '../replay/past.ts';
import { LEFT_UNREAD, rowsIn, type SaidCells, type StoredCells, type StoredPage } from './recorded.ts';

/** All that the past is read with: nothing but `select`. */
export type Reading = Pick<Queries, 'select'>;

/** Which tickets are replayed. */
export type Window = { last: number } | { since: Temporal.Instant };

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
  const absences = away.flatMap(({ name, awayAt }) => (awayAt === null ? [] : [{ agent: name, awayAt }]));
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
  return rows.flatMap(({ agent, resolvedAt: end }) =>
    agent === null ? [] : [{ agent, endsAt: end === null ? null : Temporal.Instant.from(end) }],
  );
}

/** The next tickets from a number on, and the number of the last of them; null where there are none. */
export async function readPage(
  reading: Reading,
  from: number,
  limit: number,
): Promise<{ page: StoredPage; last: number } | null> {
  const rows = await reading
    .select({
      key: tickets.key,
      number: tickets.number,
      address: sql<string | null>`${tickets.ticket} -> 'requester' ->> 'email'`,
      text: sql<string>`(${tickets.ticket} - ${`{${LEFT_UNREAD.join()}}`}::text[])::text`,
    })
    .from(tickets)
    .where(gte(tickets.number, from))
    .orderBy(asc(tickets.number))
    .limit(limit);
  const last = rows.at(-1)?.number;
  if (last === undefined) return null;
  const keys = rows.map(({ key }) => key);
  const said = await readSaid(reading, keys);
  const page = {
    tickets: rows.map(({ text }) => text),
    said,
    decided: await readDecided(reading, keys),
    requests: await readRequests(reading, openingsOf(rowsIn(said))),
    dead: await readDead(
      reading,
      rows.flatMap(({ address }) => address ?? []),
    ),
  };
  return { page, last };
}

function readSaid(reading: Reading, keys: readonly string[]): Promise<string> {
  const { id, ticketKey, author, authorName, visibility, text, at, inboxId, attachments } = messages;
  const files = sql`jsonb_array_length(${attachments})`;
  return readCells(reading, messages, {
    cells: [id, ticketKey, author, authorName, visibility, text, at, inboxId, files],
    where: inArray(ticketKey, [...keys]),
    order: sql`${at}, ${id}`,
  });
}

function readDecided(reading: Reading, keys: readonly string[]): Promise<string> {
  const { ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source } = decisions;
  const isPerson = sql`${source} ->> 'kind' = 'person'`;
  return readCells(reading, decisions, {
    cells: [ticketKey, seq, at, stage, code, params, field, fromValue, toValue, source],
    where: and(inArray(ticketKey, [...keys]), or(inArray(code, TOLD), isPerson)),
    order: sql`${seq}`,
  });
}

/** The requests that opened these tickets: the first that each customer wrote. */
function openingsOf(said: readonly SaidCells[]): readonly string[] {
  const first = new Map<string, string>();
  for (const [, ticketKey, author, , , , , inboxId] of said)
    if (author === 'customer' && inboxId !== null && !first.has(ticketKey)) first.set(ticketKey, inboxId);
  return [...first.values()];
}

/** Row by row, as requests may be long. An engine on board takes thrice as long to hand out bytes as a text of them. */
async function readRequests(reading: Reading, ids: readonly string[]): Promise<readonly StoredCells[]> {
  const { id, channel, headers, body, receivedAt, insisted } = inbox;
  const rows = await reading
    .select({ id, channel, headers, body: sql<string>`encode(${body}, 'base64')`, receivedAt, insisted })
    .from(inbox)
    .where(inArray(id, [...ids]));
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toString() }));
}

/** Rows as one text: an engine on board takes longer over many cells than over long ones. */
async function readCells(
  reading: Reading,
  table: PgTable,
  { cells, where, order }: { cells: readonly SQLWrapper[]; where: SQL | undefined; order: SQL },
): Promise<string> {
  const row = sql`json_build_array(${sql.join([...cells], sql`, `)})`;
  const [read] = await reading
    .select({ rows: sql<string>`coalesce(json_agg(${row} order by ${order}), '[]')::text` })
    .from(table)
    .where(where);
  return read?.rows ?? '[]';
}

async function readDead(reading: Reading, addresses: readonly string[]): Promise<StoredPage['dead']> {
  const rows = await reading
    .select()
    .from(undeliverable)
    .where(inArray(undeliverable.address, [...new Set(addresses)]));
  return rows.map(({ address, since, reason }) => ({ address, since: since.toString(), reason }));
}
