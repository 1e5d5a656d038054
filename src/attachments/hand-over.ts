import { and, eq, lt, sql } from 'drizzle-orm';
import { attachments, type StoredProblem, tickets } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type AttachOutcome, FILE_LINKS_COLUMN, ROW_GONE } from '../ports/ticket-store.ts';
import { bytesOf } from './bytes.ts';
import type { Moved } from './index.ts';
import { linkLines, nameOf } from './link-lines.ts';
import { type AttachmentParts, type FileRow, HELD } from './parts.ts';
import { nextAttempt } from './pauses.ts';

/** Between looks at what only a person can mend, such as a token, in seconds. */
const MENDING_SECONDS = 300;

/** A file, and the row that it is for. */
interface Due {
  file: FileRow;
  ticket: Ticket;
  rowId: string;
  detachedAt: Temporal.Instant | null;
}

/** Where a file has got to. */
type News = Pick<Partial<typeof attachments.$inferInsert>, 'state' | 'problem'>;

/**
 * Tells the base of the next file. Returns whether there was one, and the base took notice; after a failure
 * everything that is for the base waits, so that no one file is asked about while the base rests.
 */
export async function handOver(parts: AttachmentParts, total: Moved): Promise<boolean> {
  const due = await take(parts);
  if (due === null) return false;
  try {
    const news = await tell(parts, due);
    await settle(parts, due.file, news);
    if (news.state === 'attached') total.attached += 1;
    if (news.state === 'linked') total.linked += 1;
    if (news.state === 'failed') total.failed += 1;
    return true;
  } catch (error) {
    await putOff(parts, due.file, error);
    total.putOff += 1;
    return false;
  }
}

/** One at a time: a base has one writer, and a file may fill its whole size in memory. */
async function take({ connection, now }: AttachmentParts): Promise<Due | null> {
  const at = now();
  const next = sql`(
    select due.id from attachments as due join tickets on tickets.key = due.ticket_key
    where due.state <> 'waiting' and due.next_at <= ${at.toString()}::timestamptz and tickets.row_id is not null
    order by due.next_at, due.seq limit 1 for update of due skip locked
  )`;
  const [file] = await connection.queries
    .update(attachments)
    .set({ attempts: sql`${attachments.attempts} + 1`, nextAt: at.add(HELD) })
    .where(sql`${attachments.id} = ${next}`)
    .returning();
  if (file === undefined) return null;
  const [row] = await connection.queries
    .select({ ticket: tickets.ticket, rowId: tickets.rowId, detachedAt: tickets.detachedAt })
    .from(tickets)
    .where(eq(tickets.key, file.ticketKey));
  if (row === undefined || row.rowId === null) return null;
  return { file, ticket: row.ticket, rowId: row.rowId, detachedAt: row.detachedAt };
}

/** Puts the file into the row, or names it there. A file without a row is still in the console. */
async function tell(parts: AttachmentParts, due: Due): Promise<News> {
  const { file, detachedAt } = due;
  if (detachedAt !== null) return {};
  if (file.state === 'failed') return nameInRow(parts, due, {});
  const bytes = await wholeOf(parts, file);
  if (bytes === null) return nameInRow(parts, due, { state: 'failed', problem: bytesGone() });
  const outcome = await attach(parts, due, bytes);
  if (outcome === 'attached') return { state: 'attached', problem: null };
  return outcome === 'row_gone' ? {} : nameInRow(parts, due, { state: 'linked', problem: null });
}

async function wholeOf(parts: AttachmentParts, file: FileRow): Promise<Uint8Array | null> {
  const pieces = await bytesOf(parts, file);
  return pieces === null ? null : Buffer.concat(await Array.fromAsync(pieces));
}

async function attach(parts: AttachmentParts, { file, rowId }: Due, bytes: Uint8Array): Promise<AttachOutcome> {
  if (parts.store.attach === undefined) return 'not_supported';
  const { contentType, attempts } = file;
  const named = { name: await ownName(parts, file), contentType, bytes };
  return parts.store.attach(rowId, { ...named, mayBeThere: attempts > 1 });
}

/** `image.png`, `image (2).png`: files of one name and size must be told apart when we look what is there. */
async function ownName({ connection }: AttachmentParts, file: FileRow): Promise<string> {
  const { ticketKey, seq } = file;
  const earlier = await connection.queries
    .select({ name: attachments.name })
    .from(attachments)
    .where(and(eq(attachments.ticketKey, ticketKey), lt(attachments.seq, seq)));
  const name = nameOf(file);
  const same = earlier.filter((each) => nameOf(each).toLowerCase() === name.toLowerCase()).length;
  if (same === 0) return name;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${stem} (${same + 1})${ending}`;
}

/** The cell is written whole, so that doing it again changes nothing. */
async function nameInRow(parts: AttachmentParts, { file, ticket, rowId }: Due, news: News): Promise<News> {
  const lines = await linkLines(parts, ticket, { ...file, state: news.state ?? file.state });
  const write = { id: rowId, key: ticket.key, cells: { [FILE_LINKS_COLUMN]: lines } };
  const [outcome] = await parts.store.write([write]);
  if (outcome !== undefined && 'postponed' in outcome) throw outcome.postponed;
  if (outcome === undefined || !('refused' in outcome)) return news;
  return outcome.refused.code === ROW_GONE ? {} : { ...news, problem: stored(outcome.refused) };
}

async function settle({ connection }: AttachmentParts, { id, attempts }: FileRow, news: News): Promise<void> {
  await connection.queries
    .update(attachments)
    .set({ ...news, nextAt: null })
    .where(and(eq(attachments.id, id), eq(attachments.attempts, attempts)));
}

/** The base is what failed, so all that is for it waits as long as this file does. */
async function putOff(parts: AttachmentParts, file: FileRow, error: unknown): Promise<void> {
  const problem = stored(error);
  const ours = error instanceof Problem ? {} : { err: error };
  parts.log.warn({ attachment: file.id, attempts: file.attempts, code: problem.code, ...ours }, 'a file must wait');
  const again = nextAttempt(file.attempts, { now: parts.now(), atLeastSeconds: secondsAskedFor(error) }).toString();
  await parts.connection.queries.execute(sql`
    update attachments
    set next_at = case when id = ${file.id} then ${again}::timestamptz
        else greatest(next_at, ${again}::timestamptz) end,
      problem = case when id = ${file.id} then ${JSON.stringify(problem)}::jsonb else problem end
    where next_at is not null and state <> 'waiting'
  `);
}

function secondsAskedFor(error: unknown): number {
  if (!(error instanceof Problem) || error.retry === 'later') return 0;
  return error.retry === 'never' ? MENDING_SECONDS : error.retry.afterSeconds;
}

function stored(error: unknown): StoredProblem {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'attachment.failed',
    message: 'Something went wrong in Tabledesk while it brought a file to the base.',
    fix: 'It is tried again by itself; if it stays, report the error of the log.',
  };
}

function bytesGone(): StoredProblem {
  return {
    code: 'attachment.bytes-gone',
    message: 'The request that brought the file, or the channel over which it came, is no longer there.',
    fix: 'Ask the sender for the file.',
  };
}
