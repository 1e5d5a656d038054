import { and, eq, sql } from 'drizzle-orm';
import { attachments, type StoredProblem } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { type Fetched, guardedFetch } from '../kit/guarded-fetch.ts';
import type { FileLink } from '../ports/channel.ts';
import { channelOfRequest, keepBytes } from './bytes.ts';
import type { Moved } from './index.ts';
import { type AttachmentParts, type FileRow, HELD } from './parts.ts';
import { nextAttempt } from './pauses.ts';

/** Files on their way at once; each may fill its whole size in memory. */
const AT_ONCE = 3;

/**
 * What one file may take. 25 MB are what mail lets through; Airtable and the other services that we hear of
 * redirect once at most.
 */
const LIMITS = { maxBytes: 25_000_000, timeoutSeconds: 60, maxRedirects: 3 };

/** Answers after which asking again may help. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** For so long a link is tried; the links that form tools give out die sooner. */
const TRIED_FOR = { hours: 24 };

/** The type of what nobody said anything about. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** Fetches the next files whose senders gave links. Returns how many there were. */
export async function fetchLinked(parts: AttachmentParts, total: Moved): Promise<number> {
  const files = await take(parts);
  await Promise.all(files.map((file) => fetchOne(parts, file, total)));
  return files.length;
}

/** The attempt is counted before it is made, and the file is ours for a while. */
function take({ connection, now }: AttachmentParts): Promise<FileRow[]> {
  const at = now();
  const next = sql`any(array(
    select due.id from attachments as due
    where due.state = 'waiting' and due.next_at <= ${at.toString()}::timestamptz
    order by due.next_at, due.seq limit ${AT_ONCE} for update skip locked
  ))`;
  return connection.queries
    .update(attachments)
    .set({ attempts: sql`${attachments.attempts} + 1`, nextAt: at.add(HELD) })
    .where(sql`${attachments.id} = ${next}`)
    .returning();
}

async function fetchOne(parts: AttachmentParts, file: FileRow, total: Moved): Promise<void> {
  const answer = await download(parts, file);
  if (answer instanceof Problem) return recordFailure(parts, file, { problem: answer, total });
  // What our own disk does is no fault of the link: then the file stays taken, and is fetched again.
  await keepBytes(parts, file.id, answer.body);
  const contentType = isUnknown(file.contentType) ? (typeOf(answer) ?? UNKNOWN_TYPE) : file.contentType;
  const size = answer.body.length;
  await record(parts, file, { state: 'kept', attempts: 0, nextAt: parts.now(), problem: null, size, contentType });
  total.fetched += 1;
}

async function download(parts: AttachmentParts, file: FileRow): Promise<Fetched | Problem> {
  try {
    const { url, headers, internal = false } = await linkOf(parts, file);
    const guard = internal ? { mayConnect: () => true, maxRedirects: 0 } : guardOf(parts);
    const answer = await guardedFetch(url, { ...LIMITS, headers, ...guard });
    insistOnFile(answer, file);
    return answer;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Some senders want to know who asks; their channel knows how. */
async function linkOf(parts: AttachmentParts, { inboxId, url }: FileRow): Promise<FileLink> {
  const channel = await channelOfRequest(parts, inboxId);
  return (await channel?.linkTo?.(url ?? '')) ?? { url: url ?? '', headers: {} };
}

function guardOf({ mayConnect }: AttachmentParts) {
  return mayConnect === undefined ? {} : { mayConnect };
}

/** @throws Problem `attachment.link-dead`, `attachment.other-type` */
function insistOnFile(answer: Fetched, { contentType: said }: FileRow): void {
  const { status } = answer;
  if (status < 200 || status > 299) throw linkDead(answer);
  // A link that has died often leads to a page that says so, or asks who one is.
  const isPage = typeOf(answer) === 'text/html';
  if (isPage && !isUnknown(said) && !said.startsWith('text/')) throw otherType(answer);
}

function isUnknown(contentType: string): boolean {
  return contentType === '' || contentType === UNKNOWN_TYPE;
}

function typeOf({ headers }: Fetched): string | null {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : null;
}

async function recordFailure(
  parts: AttachmentParts,
  file: FileRow,
  { problem, total }: { problem: Problem; total: Moved },
): Promise<void> {
  const { code, message, fix, retry } = problem;
  const now = parts.now();
  const isOver = retry === 'never' || Temporal.Instant.compare(now, file.createdAt.add(TRIED_FOR)) >= 0;
  parts.log.warn({ attachment: file.id, attempts: file.attempts, code }, 'a file could not be fetched');
  const stored: StoredProblem = { code, message, fix };
  if (isOver) {
    await record(parts, file, { state: 'failed', attempts: 0, nextAt: now, problem: stored });
    total.failed += 1;
    return;
  }
  const atLeastSeconds = retry === 'later' ? 0 : retry.afterSeconds;
  await record(parts, file, { nextAt: nextAttempt(file.attempts, { now, atLeastSeconds }), problem: stored });
  total.putOff += 1;
}

/** Only the attempt that was taken last has a say, should a file ever be in two hands. */
async function record(
  { connection }: AttachmentParts,
  { id, attempts }: FileRow,
  news: Partial<typeof attachments.$inferInsert>,
): Promise<void> {
  await connection.queries
    .update(attachments)
    .set(news)
    .where(and(eq(attachments.id, id), eq(attachments.state, 'waiting'), eq(attachments.attempts, attempts)));
}

function linkDead({ status, url }: Fetched): Problem {
  return new Problem({
    code: 'attachment.link-dead',
    message: `${new URL(url).hostname} answered ${status} when it was asked for the file.`,
    fix: 'Ask the sender for the file, or open the link in a browser where you are signed in.',
    retry: PASSING.has(status) ? 'later' : 'never',
  });
}

function otherType({ url }: Fetched): Problem {
  return new Problem({
    code: 'attachment.other-type',
    message: `${new URL(url).hostname} gave a web page in place of the file.`,
    fix: 'Open the link in a browser: it may want you to sign in.',
  });
}
