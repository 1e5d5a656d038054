import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { inbox, type StoredProblem } from '../db/schema.ts';

/** A request that became no ticket: it could not be read, or it was set aside with a reason. */
export interface LostItem {
  id: string;
  channel: string;
  receivedAt: Temporal.Instant;
  state: 'lost' | 'ignored';
  /** Why, and what to do about it. */
  problem: StoredProblem;
  /** Bytes of its body. */
  size: number;
  /** How often it was tried. */
  attempts: number;
}

/** A page of lost and found; `next` is where the next one starts, null at the end. */
export interface LostPage {
  items: readonly LostItem[];
  next: number | null;
}

/** Nothing is ever dropped, but a reason may be missing in rows that an older version wrote. */
const NO_REASON: StoredProblem = {
  code: 'inbox.unknown',
  message: 'Nothing was noted when this was set aside.',
  fix: 'Try it again.',
};

/** What stands in lost and found, newest first; bodies are left out, since they can be large. */
export async function lostAndFound(
  queries: Queries,
  page: { before: number | null; limit: number },
): Promise<LostPage> {
  const rows = await queries
    .select({
      id: inbox.id,
      seq: inbox.seq,
      channel: inbox.channel,
      receivedAt: inbox.receivedAt,
      state: inbox.state,
      problem: inbox.problem,
      size: sql<number>`length(${inbox.body})`,
      attempts: inbox.attempts,
    })
    .from(inbox)
    .where(
      and(inArray(inbox.state, ['lost', 'ignored']), page.before === null ? undefined : lt(inbox.seq, page.before)),
    )
    .orderBy(desc(inbox.seq))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return { items: shown.map(itemOf), next: rows.length > page.limit ? (shown.at(-1)?.seq ?? null) : null };
}

function itemOf(row: Omit<LostItem, 'state' | 'problem'> & { state: string; problem: StoredProblem | null }): LostItem {
  const { id, channel, receivedAt, size, attempts } = row;
  const state = row.state === 'lost' ? 'lost' : 'ignored';
  return { id, channel, receivedAt, state, problem: row.problem ?? NO_REASON, size, attempts };
}

/** One request as it came in, for a person who wants to see what could not be read; null when there is none. */
export async function readRequest(
  queries: Queries,
  id: string,
): Promise<{ headers: Readonly<Record<string, string>>; body: Uint8Array } | null> {
  const [row] = await queries
    .select({ headers: inbox.headers, body: inbox.body })
    .from(inbox)
    .where(eq(inbox.id, id))
    .limit(1);
  return row ?? null;
}
