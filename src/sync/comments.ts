import { inArray } from 'drizzle-orm';
import { messages } from '../db/schema.ts';
import { storable } from '../kit/storable-text.ts';
import type { Pipeline } from '../pipeline/index.ts';
import type { StoreComments, StoredComment, StoredRow } from '../ports/ticket-store.ts';
import { isTrusted } from './calls.ts';
import {
  commentsHeard,
  type CommentsHeard,
  dueLooks,
  keepHeard,
  type Look,
  noteCalled,
  noteDue,
  noteNoneDue,
  notePutOff,
  noteRead,
  oldestLooks,
  oldestReadAt,
  soonestDueAt,
} from './comment-looks.ts';
import { isInHours } from './pace.ts';
import { restfully } from './rest.ts';
import type { SyncParts } from './take-row.ts';
import { SOMEBODY } from './wording.ts';

/**
 * Looks at the comments of one open ticket are so far apart: while people work, at other times, and while the base
 * calls of comments, in case a call is lost.
 */
const GAPS = { busy: { seconds: 60 }, quiet: { minutes: 5 }, called: { hours: 6 } };

/** Rows are looked at in turn so often at most, and so often at least, as tickets may be opened meanwhile. */
const TURN = { seconds: 30 };
const LONGEST_TURN = { seconds: 60 };
const TURNS_A_MINUTE = 2;

/** Rows to a run of which something says that somebody wrote, those of which the base says so first. */
const DUE_AT_ONCE = 100;

/** Who changes a row may go on to write beside it; bases show the change again within so long. */
const WRITING = { seconds: 45 };
const SHOWN_AGAIN = { minutes: 3 };

/** Where we may not read comments it is tried again so much later; a person may have given the right. */
const REFUSED = { hours: 24 };

/** What could not be taken in is read again so much later. */
const PUT_OFF = { minutes: 5 };

/** Makes notes of what people write beside the rows of tickets. */
export interface Comments {
  /**
   * Looks where somebody wrote or may have written, and at the rows of other open tickets in turn, as far as the
   * base has requests to spare. Rests after a failure of the base. Returns how many notes were made or corrected.
   */
  run(): Promise<number>;
  /** These rows changed lately. */
  noteEdited(rows: readonly StoredRow[]): Promise<void>;
  /** The base says that a person wrote beside this row. Kept before this resolves. */
  hear(rowId: string): Promise<void>;
  /** Somebody has looked at what we may do in the base, and may have given us more. */
  tryAgain(): Promise<void>;
}

interface CommentsParts extends Pick<SyncParts, 'connection' | 'store' | 'policy' | 'meter' | 'now' | 'log'> {
  pipeline: Pick<Pipeline, 'note'>;
  /** Wakes the lane in which it runs. */
  wake: () => Promise<void>;
}

/** Runs in the lane `comments`. A base without comments is left in peace. */
export function createComments(parts: CommentsParts): Comments {
  const { connection, now } = parts;
  const { comments } = parts.store;
  const state = { startedAt: now(), isFirst: true };
  if (comments === undefined) return NONE;
  return {
    async run() {
      const total = { notes: 0 };
      await restfully(parts, 'comments', () => lookAround({ ...parts, comments, total }, state));
      return total.notes;
    },
    noteEdited: (rows) => noteEdited(parts, rows),
    async hear(rowId) {
      if (!(await noteCalled(connection, rowId, now()))) return;
      await keepHeard(connection, { calledAt: now().toString() });
      await parts.wake();
    },
    async tryAgain() {
      if ((await commentsHeard(connection)).refusedAt === null) return;
      await keepHeard(connection, { nextAt: now().toString() });
      await parts.wake();
    },
  };
}

const NONE: Comments = {
  run: () => Promise.resolve(0),
  noteEdited: () => Promise.resolve(),
  hear: () => Promise.resolve(),
  tryAgain: () => Promise.resolve(),
};

/** While calls can be relied on, only rows that were never looked at need it: their call may have come too early. */
async function noteEdited({ connection, now }: CommentsParts, rows: readonly StoredRow[]): Promise<void> {
  const byPeople = rows.filter(({ editedBy }) => editedBy !== null).map(({ id }) => id);
  if (byPeople.length === 0) return;
  const heard = await commentsHeard(connection);
  if (heard.refusedAt !== null) return;
  const unlessSince = isTrusted(heard) ? null : now().subtract(SHOWN_AGAIN);
  await noteDue(connection, byPeople, { at: now().add(WRITING), unlessSince });
}

/** What a run is given. */
interface Looking extends CommentsParts {
  comments: StoreComments;
  total: { notes: number };
}

/** What a desk knows of its start: calls may have been lost before. */
interface Started {
  startedAt: Temporal.Instant;
  isFirst: boolean;
}

/** After a refusal only a call, which comes to those alone who may read, or a new start has us ask before its time. */
async function lookAround(looking: Looking, state: Started): Promise<void> {
  const { connection, now } = looking;
  const heard = await commentsHeard(connection);
  const inTurn = state.isFirst || heard.nextAt === null || Temporal.Instant.from(heard.nextAt).since(now()).sign <= 0;
  state.isFirst = false;
  const due = await dueLooks(connection, { at: now(), limit: DUE_AT_ONCE });
  const called = due.filter(({ isCalled }) => isCalled);
  const others = inTurn ? await looksInTurn(looking, { due, before: lookedBefore(looking, heard, state) }) : [];
  for (const look of [...called, ...others]) {
    const outcome = await lookAt(looking, look, heard);
    if (outcome === 'not_allowed') return;
    if (outcome === 'no_room') break;
  }
  if (inTurn) await keepHeard(connection, { nextAt: (await nextTurn(looking)).toString() });
}

/** Where people were at work first, then those at which nobody has looked for longest. */
async function looksInTurn(
  { connection, comments }: Looking,
  { due, before }: { due: readonly Look[]; before: Temporal.Instant },
): Promise<readonly Look[]> {
  const most = Math.floor(comments.looksPerMinute / TURNS_A_MINUTE);
  const edited = due.filter(({ isCalled }) => !isCalled);
  const known = new Set(due.map(({ ticketKey }) => ticketKey));
  const oldest = await oldestLooks(connection, { before, limit: most });
  return [...edited, ...oldest.filter(({ ticketKey }) => !known.has(ticketKey))].slice(0, most);
}

/** Calls that came while we were down may be lost, so each row is looked at once after a start. */
function lookedBefore(looking: Looking, heard: CommentsHeard, { startedAt }: Started): Temporal.Instant {
  const before = looking.now().subtract(gapOf(looking, heard));
  return isTrusted(heard) && Temporal.Instant.compare(before, startedAt) < 0 ? startedAt : before;
}

function gapOf(
  { policy, now }: Looking,
  heard: CommentsHeard,
): { hours: number } | { minutes: number } | { seconds: number } {
  if (isTrusted(heard)) return GAPS.called;
  return isInHours({ calendars: policy().calendars, now: now() }) ? GAPS.busy : GAPS.quiet;
}

async function nextTurn(looking: Looking): Promise<Temporal.Instant> {
  const { connection, now } = looking;
  const [soonest, latest] = [now().add(TURN), now().add(LONGEST_TURN)];
  const oldest = await oldestReadAt(connection);
  const due = oldest?.add(gapOf(looking, await commentsHeard(connection)));
  const all = [latest, due, await soonestDueAt(connection)].filter((at) => at !== undefined && at !== null);
  const next = all.reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other));
  return Temporal.Instant.compare(next, soonest) < 0 ? soonest : next;
}

async function lookAt(
  looking: Looking,
  look: Look,
  heard: CommentsHeard,
): Promise<'looked' | 'not_allowed' | 'no_room'> {
  const { connection, comments, total, now, log } = looking;
  const at = now();
  const found = await comments.read(look.rowId, { isAwaited: look.isCalled });
  if (found === 'no_room') return found;
  if (found === 'not_allowed') {
    await noteRefused(looking, heard);
    return found;
  }
  if (heard.refusedAt !== null) await keepHeard(connection, { refusedAt: null, nextAt: at.toString() });
  try {
    const notes = await take(looking, look, found);
    total.notes += notes;
    if (notes > 0 && !look.isCalled && isTrusted(heard)) await keepHeard(connection, { missedAt: at.toString() });
    await noteRead(connection, look.ticketKey, at);
  } catch (error) {
    log.error({ err: error, ticketKey: look.ticketKey }, 'the comments beside a row could not be taken in');
    await notePutOff(connection, look.ticketKey, now().add(PUT_OFF));
  }
  return 'looked';
}

async function noteRefused({ connection, now, log }: Looking, { refusedAt }: CommentsHeard): Promise<void> {
  await noteNoneDue(connection);
  await keepHeard(connection, { refusedAt: now().toString(), nextAt: now().add(REFUSED).toString() });
  if (refusedAt === null) log.info({}, 'the base does not let us read comments, so none becomes a note');
}

/** Those that are notes already, word for word, are left. */
async function take({ connection, pipeline, now }: Looking, { ticketKey }: Look, found: readonly StoredComment[]) {
  if (found.length === 0) return 0;
  const told = inOrder(found, now()).map(({ id, text, ...rest }) => ({
    ...rest,
    id: `comment-${id}`,
    text: storable(text),
  }));
  const ids = told.map(({ id }) => id);
  const known = await connection.queries
    .select({ id: messages.id, text: messages.text })
    .from(messages)
    .where(inArray(messages.id, ids));
  const texts = new Map(known.map(({ id, text }) => [id, text]));
  const news = told.filter(({ id, text }) => texts.get(id) !== text);
  for (const { id, text, by, createdAt: at } of news) {
    await pipeline.note(ticketKey, { by: storable(by ?? SOMEBODY), text, comment: { id, at } });
  }
  return news.length;
}

/** Bases tell whole minutes, rounded either way: nothing is later than now, and what came later stands later. */
function inOrder(found: readonly StoredComment[], now: Temporal.Instant): StoredComment[] {
  let last: Temporal.Instant | null = null;
  return found.map((comment) => {
    const told = Temporal.Instant.compare(comment.createdAt, now) > 0 ? now : comment.createdAt;
    last = last !== null && Temporal.Instant.compare(told, last) <= 0 ? last.add({ milliseconds: 1 }) : told;
    return { ...comment, createdAt: last };
  });
}
