import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { LANES, type Lane } from '../db/queues.ts';
import { configVersions, inbox, outbox, type StoredProblem, tickets } from '../db/schema.ts';
import { restOf } from '../sync/rest.ts';
import { type DeadAddressRow, deadAddresses } from './dead-address-rows.ts';
import type { OutboxRow } from './ticket-rows.ts';

/** Something that came in and did not become a ticket. */
export interface LostItem {
  id: string;
  channel: string;
  state: 'lost' | 'ignored';
  receivedAt: Temporal.Instant;
  problem: StoredProblem | null;
  /** Bytes. */
  size: number;
  contentType: string;
  /** The first bytes of the body. */
  beginning: Uint8Array;
}

/** What a lane of work is doing. */
export interface LaneState {
  lane: Lane;
  isRunning: boolean;
  isWaiting: boolean;
}

export interface Health {
  inbox: { waiting: number; oldestWaitingAt: Temporal.Instant | null; lost: number; ignored: number };
  lost: readonly LostItem[];
  outbox: { waiting: number; notSent: number; dead: number };
  dead: readonly OutboxRow[];
  /** Letters that are one too many for their address. */
  tooMany: readonly OutboxRow[];
  deadAddresses: readonly DeadAddressRow[];
  sync: {
    behind: number;
    behindSince: Temporal.Instant | null;
    refusedRows: number;
    deletedRows: number;
    withheldRows: number;
  };
  /** Why the base is left alone for now, and until when; null when it is not. */
  rest: { problem: StoredProblem; until: Temporal.Instant } | null;
  /** Tickets that the base does not take as they are, some of them. */
  refusedTickets: readonly { number: number; problem: StoredProblem | null }[];
  lanes: readonly LaneState[];
  /** When the config in force was loaded first; null when nobody wrote it down. */
  loadedAt: Temporal.Instant | null;
}

/** So many of each stand on the page. */
const MOST_LISTED = 50;

/** As much of a body as tells what it is. */
const BEGINNING_BYTES = 600;

/** Asks how the desk is. Every question is answered from an index of what is not done, so that it costs little. */
export async function readHealth(queries: Queries, configVersion: string): Promise<Health> {
  return {
    inbox: await inboxCounts(queries),
    lost: await lostItems(queries),
    outbox: await outboxCounts(queries),
    dead: await queries
      .select()
      .from(outbox)
      .where(eq(outbox.state, 'dead'))
      .orderBy(desc(outbox.seq))
      .limit(MOST_LISTED),
    tooMany: await queries
      .select()
      .from(outbox)
      // Named as the partial index has them, so that it is used.
      .where(sql`${outbox.state} = 'not_sent' and ${outbox.problem} ->> 'code' = 'outbox.too-many'`)
      .orderBy(desc(outbox.seq))
      .limit(MOST_LISTED),
    deadAddresses: await deadAddresses(queries),
    sync: await syncState(queries),
    rest: await restOfBase(queries),
    refusedTickets: await queries
      .select({ number: tickets.number, problem: tickets.rowProblem })
      .from(tickets)
      .where(sql`${tickets.rowProblem} is not null`)
      .orderBy(desc(tickets.number))
      .limit(MOST_LISTED),
    lanes: await laneStates(queries),
    loadedAt: await loadedAt(queries, configVersion),
  };
}

async function inboxCounts(queries: Queries): Promise<Health['inbox']> {
  const [waiting] = await queries
    .select({ count: countOf(), oldest: sql<string | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    .where(eq(inbox.state, 'waiting'));
  const aside = await queries
    .select({ state: inbox.state, count: countOf() })
    .from(inbox)
    .where(sql`${inbox.state} in ('lost', 'ignored')`)
    .groupBy(inbox.state);
  return {
    waiting: waiting?.count ?? 0,
    oldestWaitingAt: momentOf(waiting?.oldest),
    lost: aside.find((each) => each.state === 'lost')?.count ?? 0,
    ignored: aside.find((each) => each.state === 'ignored')?.count ?? 0,
  };
}

async function lostItems(queries: Queries): Promise<LostItem[]> {
  const rows = await queries
    .select({
      id: inbox.id,
      channel: inbox.channel,
      state: sql<'lost' | 'ignored'>`${inbox.state}`,
      receivedAt: inbox.receivedAt,
      problem: inbox.problem,
      size: sql<number>`length(${inbox.body})`,
      headers: inbox.headers,
      beginning: sql<Uint8Array>`substring(${inbox.body} from 1 for ${sql.raw(String(BEGINNING_BYTES))})`,
    })
    .from(inbox)
    // Named as the partial index has them, so that it is used. What is lost comes before what was left out on purpose.
    .where(sql`${inbox.state} in ('lost', 'ignored')`)
    .orderBy(desc(inbox.state), desc(inbox.seq))
    .limit(MOST_LISTED);
  return rows.map(({ headers, ...row }) => ({ ...row, contentType: headers['content-type'] ?? 'no content type' }));
}

/** The body of one item, byte for byte; null when there is no such item. */
export async function readRawItem(queries: Queries, id: string): Promise<Uint8Array | null> {
  const [row] = await queries.select({ body: inbox.body }).from(inbox).where(eq(inbox.id, id));
  return row?.body ?? null;
}

/** The ticket that an item became; null while it became none. */
export async function ticketOfItem(queries: Queries, id: string): Promise<number | null> {
  const [row] = await queries
    .select({ number: tickets.number })
    .from(inbox)
    .innerJoin(tickets, eq(tickets.key, inbox.ticketKey))
    .where(eq(inbox.id, id));
  return row?.number ?? null;
}

async function outboxCounts(queries: Queries): Promise<Health['outbox']> {
  const count = async (state: OutboxRow['state']): Promise<number> => {
    const [row] = await queries
      .select({ count: countOf() })
      .from(outbox)
      .where(sql`${outbox.state} = ${sql.raw(`'${state}'`)}`);
    return row?.count ?? 0;
  };
  return { waiting: await count('waiting'), notSent: await count('not_sent'), dead: await count('dead') };
}

async function syncState(queries: Queries): Promise<Health['sync']> {
  const [behind] = await queries
    .select({ count: countOf(), since: sql<string | null>`min(${tickets.dirtySince})` })
    .from(tickets)
    .where(sql`${tickets.dirtySince} is not null`);
  const [refused] = await queries
    .select({ count: countOf() })
    .from(tickets)
    .where(sql`${tickets.rowProblem} is not null`);
  const [withheld] = await queries
    .select({ count: countOf() })
    .from(tickets)
    .where(sql`${tickets.withheld} <> '[]'`);
  const [deleted] = await queries
    .select({ count: countOf() })
    .from(tickets)
    .where(sql`${tickets.detachedAt} is not null`);
  return {
    behind: behind?.count ?? 0,
    behindSince: momentOf(behind?.since),
    refusedRows: refused?.count ?? 0,
    deletedRows: deleted?.count ?? 0,
    withheldRows: withheld?.count ?? 0,
  };
}

/** Writing and reading rest each for themselves; what lasts longer tells more. */
async function restOfBase(queries: Queries): Promise<Health['rest']> {
  const connection = { queries };
  const rests = [await restOf(connection, 'flush'), await restOf(connection, 'pull')].filter((rest) => rest !== null);
  return rests.toSorted((one, other) => Temporal.Instant.compare(other.until, one.until))[0] ?? null;
}

/** The queue keeps its own tables; a lane without a job there is idle. */
async function laneStates(queries: Queries): Promise<LaneState[]> {
  const jobs = await queries
    .select({ name: sql<string>`name`, state: sql<string>`state::text` })
    .from(sql`pgboss.job`)
    .where(sql`${inArray(sql`name`, [...LANES])} and state in ('created', 'retry', 'active')`);
  return LANES.map((lane) => ({
    lane,
    isRunning: jobs.some((job) => job.name === lane && job.state === 'active'),
    isWaiting: jobs.some((job) => job.name === lane && job.state !== 'active'),
  }));
}

async function loadedAt(queries: Queries, version: string): Promise<Temporal.Instant | null> {
  const [row] = await queries
    .select({ loadedAt: configVersions.loadedAt })
    .from(configVersions)
    .where(eq(configVersions.version, version));
  return row?.loadedAt ?? null;
}

function countOf() {
  return sql<number>`count(*)::integer`;
}

/** A moment as the database writes it when no column's type reads it. */
function momentOf(written: string | null | undefined): Temporal.Instant | null {
  return written === null || written === undefined ? null : Temporal.Instant.from(written);
}
