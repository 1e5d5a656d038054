import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { rowsOf } from '../db/rows-of.ts';
import { commentLooks, marks } from '../db/schema.ts';

/** A row beside which somebody may have written. */
export interface Look {
  ticketKey: string;
  rowId: string;
  /** Whether the base itself says so. */
  isCalled: boolean;
}

/** What is known of comments in the base at large. Moments are ISO strings. */
export interface CommentsHeard {
  /** When to look again at rows of which nothing says that somebody wrote; null for as soon as can be. */
  nextAt: string | null;
  /** When the base did not let us read comments; null when it did since. */
  refusedAt: string | null;
  /** When it last called of a comment. */
  calledAt: string | null;
  /** When a comment was found for which no call had come. */
  missedAt: string | null;
}

/** The name under which that is kept. */
export const COMMENTS_MARK = 'comments';

const NOTHING_HEARD: CommentsHeard = { nextAt: null, refusedAt: null, calledAt: null, missedAt: null };

export async function commentsHeard({ queries }: Connection): Promise<CommentsHeard> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, COMMENTS_MARK));
  return { ...NOTHING_HEARD, ...(mark?.value as Partial<CommentsHeard> | undefined) };
}

/** Keeps what is given; what is left out stays, as calls come meanwhile. */
export async function keepHeard({ queries }: Connection, heard: Partial<CommentsHeard>): Promise<void> {
  await queries
    .insert(marks)
    .values({ name: COMMENTS_MARK, value: heard })
    .onConflictDoUpdate({ target: marks.name, set: { value: sql`${marks.value} || excluded.value` } });
}

/** The base says that somebody wrote beside this row. False when it is no ticket's. */
export async function noteCalled({ queries }: Connection, rowId: string, at: Temporal.Instant): Promise<boolean> {
  const noted = await queries.execute(sql`
    insert into comment_looks (ticket_key, due_at, is_called)
    select key, ${at.toString()}::timestamptz, true from tickets where row_id = ${rowId} and detached_at is null
    on conflict (ticket_key) do update set due_at = excluded.due_at, is_called = true
    returning ticket_key
  `);
  return rowsOf(noted).length > 0;
}

/** Somebody is at work on these rows. Those whose comments were read since a moment are left; null: ever. */
export async function noteDue(
  { queries }: Connection,
  rowIds: readonly string[],
  { at, unlessSince }: { at: Temporal.Instant; unlessSince: Temporal.Instant | null },
): Promise<void> {
  await queries.execute(sql`
    insert into comment_looks (ticket_key, due_at)
    select key, ${at.toString()}::timestamptz from tickets
    where row_id in (select jsonb_array_elements_text(${JSON.stringify(rowIds)}::jsonb)) and detached_at is null
    on conflict (ticket_key) do update set due_at = excluded.due_at
    where comment_looks.due_at is null and (
      comment_looks.read_at is null or comment_looks.read_at < ${unlessSince?.toString() ?? null}::timestamptz
    )
  `);
}

/**
 * Rows of which something says that somebody may have written, those first of which the base says so. One that was
 * deleted since is among them: nothing is found there, and then it is due no more.
 */
export async function dueLooks(
  { queries }: Connection,
  { at, limit }: { at: Temporal.Instant; limit: number },
): Promise<Look[]> {
  return rowsOf<Look>(
    await queries.execute(sql`
      select tickets.key as "ticketKey", tickets.row_id as "rowId", comment_looks.is_called as "isCalled"
      from comment_looks join tickets on tickets.key = comment_looks.ticket_key
      where comment_looks.due_at <= ${at.toString()}::timestamptz and tickets.row_id is not null
      order by comment_looks.is_called desc, comment_looks.due_at
      limit ${limit}
    `),
  );
}

/** Rows of open tickets whose comments nobody has read since a moment, the longest ago first. */
export async function oldestLooks(
  { queries }: Connection,
  { before, limit }: { before: Temporal.Instant; limit: number },
): Promise<Look[]> {
  return rowsOf<Look>(
    await queries.execute(sql`
      select tickets.key as "ticketKey", tickets.row_id as "rowId", false as "isCalled" from ${OPEN_ROWS}
      where ${OF_OPEN_ROWS} and ${READ_AT} <= ${before.toString()}::timestamptz
      order by ${READ_AT}
      limit ${limit}
    `),
  );
}

/** When the comments were read that were read longest ago, among open tickets; null where there is none. */
export async function oldestReadAt({ queries }: Connection): Promise<Temporal.Instant | null> {
  const [row] = rowsOf<{ at: string | null }>(
    await queries.execute(sql`select min(${READ_AT})::text as at from ${OPEN_ROWS} where ${OF_OPEN_ROWS}`),
  );
  const at = row?.at ?? null;
  return at === null ? null : Temporal.Instant.from(at);
}

/** When the next row is due of which something says that somebody may have written; null where none does. */
export async function soonestDueAt({ queries }: Connection): Promise<Temporal.Instant | null> {
  const [row] = rowsOf<{ at: string | null }>(
    await queries.execute(sql`select min(due_at)::text as at from comment_looks where due_at is not null`),
  );
  const at = row?.at ?? null;
  return at === null ? null : Temporal.Instant.from(at);
}

/** Nobody can have written beside a row before there was one. */
const READ_AT = sql.raw('coalesce(comment_looks.read_at, tickets.opened_at)');
const OPEN_ROWS = sql.raw('tickets left join comment_looks on comment_looks.ticket_key = tickets.key');
const OF_OPEN_ROWS = sql.raw('tickets.is_open and tickets.row_id is not null and tickets.detached_at is null');

/** The comments were read as of a moment. What became due since stays due. */
export async function noteRead({ queries }: Connection, ticketKey: string, at: Temporal.Instant): Promise<void> {
  const since = sql`comment_looks.due_at > ${at.toString()}::timestamptz`;
  await queries
    .insert(commentLooks)
    .values({ ticketKey, readAt: at })
    .onConflictDoUpdate({
      target: commentLooks.ticketKey,
      set: {
        readAt: at,
        dueAt: sql`case when ${since} then comment_looks.due_at end`,
        isCalled: sql`comment_looks.is_called and coalesce(${since}, false)`,
      },
    });
}

/** What was read could not be taken in; it is read again then. */
export async function notePutOff({ queries }: Connection, ticketKey: string, until: Temporal.Instant): Promise<void> {
  const later = { dueAt: until, isCalled: false };
  await queries
    .insert(commentLooks)
    .values({ ticketKey, ...later })
    .onConflictDoUpdate({ target: commentLooks.ticketKey, set: later });
}

/** Nothing is due any more, as nobody may look. */
export async function noteNoneDue({ queries }: Connection): Promise<void> {
  await queries.execute(sql`update comment_looks set due_at = null, is_called = false where due_at is not null`);
}
