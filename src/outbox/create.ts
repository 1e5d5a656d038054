import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { messageNames, outbox, type StoredProblem } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import type { Delivery, Notifier, OutgoingMessage } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';
import { nextAttempt } from './back-off.ts';
import { silenceOf } from './heard.ts';
import { type TieParts, tiesOf } from './ties.ts';

/**
 * Messages on their way at once, taken together: as many connections as the mail pool keeps, and no more messages
 * may be repeated after a crash.
 */
const AT_ONCE = 5;

/**
 * Who takes a message has it for so long; a message that is then still waiting belonged to a process that
 * died. Longer than a notifier may take.
 */
const HELD_SECONDS = 120;

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

export interface OutboxParts extends TieParts {
  /** Mail. */
  notifier: Pick<Notifier, 'send'>;
  now: Now;
  log: Log;
}

/** What a run did. */
export interface Performed {
  sent: number;
  notSent: number;
  /** Failed for now; tried again later. */
  putOff: number;
  dead: number;
}

/** The way out of the house. */
export interface Outbox {
  /** Sends everything whose time has come. */
  run(): Promise<Performed>;
  /** Lets go of what a process before us had in hand when it died. For who has the database alone, at its start. */
  letGo(): Promise<void>;
  /** Sends something again that was given up, or that nothing was set up to send. Throws `outbox.not-found`. */
  retry(key: string): Promise<void>;
}

type OutboxRow = typeof outbox.$inferSelect;

/**
 * Sends what the outbox holds, at least once each and in order within a thread, which is one recipient of
 * one ticket: a customer whose mail server is down keeps no notice from the team.
 *
 * A crash between sending and recording sends one message a second time, with the same key, by which a
 * mail program knows it for the same. What could not be sent because nothing was set up to send with stays
 * unsent when that changes: an acknowledgement that is days old helps nobody. A person can send it.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  return {
    run: () => run(parts),
    letGo: () => letGo(parts),
    retry: (key) => retry(parts, key),
  };
}

async function run(parts: OutboxParts): Promise<Performed> {
  const total: Performed = { sent: 0, notSent: 0, putOff: 0, dead: 0 };
  const end = parts.now().add(LONGEST_RUN);
  while (Temporal.Instant.compare(parts.now(), end) <= 0) {
    const rows = await take(parts);
    if (rows.length === 0) break;
    const records = createRecords(parts);
    const outcomes = await Promise.all(rows.map(async (row) => records.keep(await perform(parts, row))));
    for (const { counted } of outcomes) total[counted] += 1;
  }
  return total;
}

/**
 * Takes the next messages that are due, one of each thread: an earlier one that still waits holds back
 * those behind it. The attempt is counted before it is made, so that a message that brings the process
 * down is given up in the end.
 */
async function take({ connection, now }: OutboxParts): Promise<readonly OutboxRow[]> {
  const at = now();
  const next = sql`any(array(
    select due.key from outbox as due
    where due.state = 'waiting' and due.next_at <= ${at.toString()}::timestamptz and due.seq = (
      select min(first.seq) from outbox as first
      where first.ticket_key = due.ticket_key and first.recipient = due.recipient and first.state = 'waiting'
    )
    order by due.next_at, due.seq limit ${AT_ONCE} for update skip locked
  ))`;
  return connection.queries
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, nextAt: at.add({ seconds: HELD_SECONDS }) })
    .where(sql`${outbox.key} = ${next}`)
    .returning();
}

/** Taken, and neither sent nor failed. What had failed before waits until its time, as it would have. */
async function letGo({ connection, now }: OutboxParts): Promise<void> {
  await connection.queries
    .update(outbox)
    .set({ nextAt: now() })
    .where(and(eq(outbox.state, 'waiting'), gt(outbox.attempts, 0), isNull(outbox.problem)));
}

async function perform(parts: OutboxParts, row: OutboxRow): Promise<Outcome> {
  try {
    const delivery = await send(parts, row);
    if (delivery.kind === 'sent') await rememberNames(parts, row, delivery.knownAs ?? []);
    return delivered(parts, row, delivery);
  } catch (error) {
    return failed(parts, row, error);
  }
}

/** By mail, or over the channel in which the requester wrote. */
async function send(parts: OutboxParts, row: OutboxRow): Promise<Delivery> {
  const { notifier, channels, channelOf } = parts;
  const message = messageOf(row);
  if (row.via === null) return notifier.send({ ...message, ...(await tied(parts, row)) });
  const written = channels()[row.via];
  const channel = written === undefined ? null : channelOf(written);
  if (channel?.send !== undefined) {
    return channel.send({ ...message, ...(await silenceOf(parts, { ticketKey: row.ticketKey, via: row.via })) });
  }
  const fix = 'Put the channel back into channels.yaml, with its access, and send this message again from the console.';
  return { kind: 'not_configured', reason: `not sent: the channel ${row.via} sends nothing`, fix };
}

/** What we tell the team is not answered: whoever answers it is no customer. */
async function tied(parts: OutboxParts, { kind, ticketKey }: OutboxRow): Promise<Pick<OutgoingMessage, 'ties'>> {
  const ties = kind === 'notify' ? null : await tiesOf(parts, ticketKey);
  return ties === null ? {} : { ties };
}

/** Before the message counts as sent: an answer that comes at once is to find its ticket. */
async function rememberNames(
  { connection, now }: OutboxParts,
  row: OutboxRow,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const at = now();
  await connection.queries
    .insert(messageNames)
    .values(names.map((name) => ({ name, ticketKey: row.ticketKey, at })))
    .onConflictDoUpdate({ target: messageNames.name, set: { ticketKey: row.ticketKey, at } });
}

function messageOf({ key, kind, template, recipient, thread, subject, text }: OutboxRow): OutgoingMessage {
  const voice = kind === 'notify' ? 'notice' : template === 'reply' ? 'person' : 'answer';
  return { key, to: recipient, thread, subject, text, voice };
}

/** What became of one attempt, as it goes into the table. */
interface Outcome {
  key: string;
  attempts: number;
  state: OutboxRow['state'];
  nextAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  receipt: string | null;
  problem: StoredProblem | null;
  counted: keyof Performed;
}

function delivered({ now }: OutboxParts, row: OutboxRow, delivery: Delivery): Outcome {
  const { key, attempts, nextAt } = row;
  const done = { key, attempts, nextAt, finishedAt: now() };
  if (delivery.kind === 'sent') {
    return { ...done, state: 'sent', receipt: delivery.id, problem: null, counted: 'sent' };
  }
  return { ...done, state: 'not_sent', receipt: null, problem: notConfigured(delivery), counted: 'notSent' };
}

function failed(parts: OutboxParts, row: OutboxRow, error: unknown): Outcome {
  const { key, attempts } = row;
  const problem = problemOf(error);
  const ours = error instanceof Problem ? {} : { err: error };
  parts.log.warn({ outboxKey: key, attempts, code: problem.code, ...ours }, 'a message could not be sent');
  const now = parts.now();
  const again = tryAgainAt(attempts, { error, now });
  const outcome = { key, attempts, receipt: null, problem };
  if (again === null) return { ...outcome, state: 'dead', nextAt: row.nextAt, finishedAt: now, counted: 'dead' };
  return { ...outcome, state: 'waiting', nextAt: again, finishedAt: null, counted: 'putOff' };
}

/** Null when trying again cannot help, or was tried often enough. */
function tryAgainAt(attempts: number, { error, now }: { error: unknown; now: Temporal.Instant }) {
  const advice = error instanceof Problem ? error.retry : 'later';
  if (advice === 'never') return null;
  return nextAttempt(attempts, { now, atLeastSeconds: advice === 'later' ? 0 : advice.afterSeconds });
}

/**
 * Records what became of each message as soon as it is known, so that few of them can go out twice: one that is
 * slow to leave keeps none waiting. What is known in the meantime is recorded together.
 */
function createRecords(parts: OutboxParts) {
  const known: Outcome[] = [];
  let recording: Promise<void> = Promise.resolve();
  async function recordKnown(): Promise<void> {
    const outcomes = known.splice(0);
    if (outcomes.length > 0) await record(parts, outcomes);
  }
  return {
    async keep(outcome: Outcome): Promise<Outcome> {
      known.push(outcome);
      recording = recording.then(recordKnown);
      await recording;
      return outcome;
    },
  };
}

/** Only the attempt that was taken last has a say, should a message ever be in two hands. */
async function record({ connection }: OutboxParts, outcomes: readonly Outcome[]): Promise<void> {
  await connection.queries.execute(sql`
    update outbox
    set state = made.state, next_at = made."nextAt", finished_at = made."finishedAt", receipt = made.receipt,
        problem = made.problem
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as made (
      key text, attempts int, state text, "nextAt" timestamptz, "finishedAt" timestamptz, receipt text, problem jsonb
    )
    where outbox.key = made.key and outbox.state = 'waiting' and outbox.attempts = made.attempts
  `);
}

async function retry({ connection, now }: OutboxParts, key: string): Promise<void> {
  const retried = await connection.queries
    .update(outbox)
    .set({ state: 'waiting', attempts: 0, nextAt: now(), finishedAt: null, problem: null })
    .where(and(eq(outbox.key, key), inArray(outbox.state, ['dead', 'not_sent'])))
    .returning({ key: outbox.key });
  if (retried.length > 0) return;
  throw new Problem({
    code: 'outbox.not-found',
    message: 'This message is not among those that were given up or not sent.',
    fix: 'Look at the ticket: it may have been sent by now.',
  });
}

function notConfigured({ reason, fix }: Extract<Delivery, { kind: 'not_configured' }>): StoredProblem {
  return {
    code: 'outbox.not-configured',
    message: reason,
    fix: fix ?? 'Set it, start again, and send this message from the console if it is still worth sending.',
  };
}

function problemOf(error: unknown): StoredProblem {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'outbox.failed',
    message: 'Something went wrong in Tabledesk while it sent this message.',
    fix: 'It is tried again by itself; if it stays, report the error of the log.',
  };
}
