import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { isInShadow, LEFT_OUT_IN_SHADOW } from '../config/shadow.ts';
import { messageNames, outbox } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { Delivery, OutgoingMessage } from '../ports/notifier.ts';
import { mailRoom, tooMany } from './caps.ts';
import { silenceOf } from './heard.ts';
import {
  createRecords,
  delivered,
  failed,
  leftOut,
  type Outcome,
  type OutboxRow,
  type Performed,
  unsent,
} from './outcomes.ts';
import { HELD_SECONDS, type NoticeParts, tellTeam, tryWay } from './notices.ts';
import { type RowParts, writeRows } from './rows.ts';
import { type TieParts, tiesOf } from './ties.ts';

/**
 * Messages on their way at once, taken together: as many connections as the mail pool keeps, and no more messages
 * may be repeated after a crash.
 */
const AT_ONCE = 5;

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

export interface OutboxParts extends TieParts, NoticeParts, RowParts {}

/** What a person has sent again goes, whatever stands against it; and it may fail again. */
const AGAIN = {
  state: 'waiting',
  attempts: 0,
  finishedAt: null,
  problem: null,
  heardAt: null,
  insisted: true,
} as const;

/** The way out of the house. */
export interface Outbox {
  /** Sends everything whose time has come. */
  run(): Promise<Performed>;
  /** Lets go of what a process before us had in hand when it died. For who has the database alone, at its start. */
  letGo(): Promise<void>;
  /** Sends something again that was given up, or that nothing was set up to send. Throws `outbox.not-found`. */
  retry(key: string): Promise<void>;
  /**
   * Tells a room, or a person by name or address, over a way that it works. Throws a `Problem` where it does not, and
   * `outbox.way-unusable`.
   */
  tryWay(way: string, person: string): Promise<void>;
}

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
    tryWay: (way, person) => tryWay(parts, way, person),
  };
}

async function run(parts: OutboxParts): Promise<Performed> {
  const total: Performed = { sent: 0, notSent: 0, putOff: 0, dead: 0, leftOut: 0 };
  const end = parts.now().add(LONGEST_RUN);
  while (Temporal.Instant.compare(parts.now(), end) <= 0) {
    const rows = await take(parts);
    if (rows.length === 0) break;
    const records = createRecords(parts.connection);
    const held = await tooMany(parts, rows);
    const outcomes = await Promise.all(
      rows.map(async (row) => {
        const problem = held.get(row.key);
        return records.keep(problem === undefined ? await perform(parts, row) : [unsent(parts, row, problem)]);
      }),
    );
    for (const { counted } of outcomes.flat()) total[counted] += 1;
  }
  return total;
}

/**
 * Takes the next messages that are due, one of each thread: an earlier one that still waits holds back
 * those behind it, unless it waits for its hour. To a room, or to one person over a way, and of what was held for
 * somebody, one goes at a time. The attempt is counted before it is made, so that a message that brings the process
 * down is given up in the end. Where only so much mail may leave in a minute, what people wrote goes first.
 */
async function take(parts: OutboxParts): Promise<readonly OutboxRow[]> {
  const { connection, now, config } = parts;
  const at = now();
  const room = await mailRoom(parts, AT_ONCE);
  const mayLeave = room > 0 ? sql`` : sql`and (due.via is not null or due.way is not null or due.kind = 'rows')`;
  const first = config().mail.perMinute === null ? sql`` : sql`(due.template = 'reply') desc,`;
  const due = sql`${at.toString()}::timestamptz`;
  const next = sql`any(array(
    select due.key from outbox as due
    where due.state = 'waiting' and due.next_at <= ${due} and due.seq = (
      select min(first.seq) from outbox as first
      where first.ticket_key = due.ticket_key and first.recipient = due.recipient and first.state = 'waiting'
        and (first.attempts > 0 or first.next_at <= ${due})
    ) and ((due.way is null and not due.held) or due.seq = (
      select min(first.seq) from outbox as first
      where first.recipient = due.recipient and first.way is not distinct from due.way and first.kind = 'notify'
        and first.state = 'waiting' and (first.attempts > 0 or first.next_at <= ${due})
        and (first.way is not null or first.held)
    )) ${mayLeave}
    order by ${first} due.next_at, due.seq limit ${room > 0 ? room : AT_ONCE} for update skip locked
  ))`;
  const taken = await connection.queries
    .update(outbox)
    .set({ attempts: sql`${outbox.attempts} + 1`, nextAt: at.add({ seconds: HELD_SECONDS }) })
    .where(sql`${outbox.key} = ${next}`)
    .returning();
  // An update gives its rows in whichever order they lie.
  return taken.toSorted((one, other) => one.seq - other.seq);
}

/** Taken, and neither sent nor failed. What had failed before waits until its time, as it would have. */
async function letGo({ connection, now }: OutboxParts): Promise<void> {
  await connection.queries
    .update(outbox)
    .set({ nextAt: now() })
    .where(and(eq(outbox.state, 'waiting'), gt(outbox.attempts, 0), isNull(outbox.problem)));
}

/** The one way out. While the desk only looks on nothing takes it, whatever was written down before. */
async function perform(parts: OutboxParts, row: OutboxRow): Promise<readonly Outcome[]> {
  if (isInShadow(parts.config(), parts.now())) return [leftOut(parts, row, LEFT_OUT_IN_SHADOW)];
  if (row.kind === 'notify') return tellTeam(parts, row);
  if (row.kind === 'rows') return [await writeRows(parts, row)];
  try {
    const delivery = await send(parts, row);
    if (delivery.kind === 'sent') await rememberNames(parts, row, delivery.knownAs ?? []);
    return [delivered(parts, row, delivery)];
  } catch (error) {
    return [failed(parts, row, error)];
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

async function tied(parts: OutboxParts, { ticketKey }: OutboxRow): Promise<Pick<OutgoingMessage, 'ties'>> {
  const ties = await tiesOf(parts, ticketKey);
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

function messageOf({ key, template, recipient, thread, subject, text }: OutboxRow): OutgoingMessage {
  const voice = template === 'reply' ? 'person' : 'answer';
  return { key, to: recipient, thread, subject, text, voice };
}

async function retry({ connection, now }: OutboxParts, key: string): Promise<void> {
  const retried = await connection.queries
    .update(outbox)
    .set({ ...AGAIN, nextAt: now() })
    .where(and(eq(outbox.key, key), inArray(outbox.state, ['dead', 'not_sent'])))
    .returning({ key: outbox.key });
  if (retried.length > 0) return;
  throw new Problem({
    code: 'outbox.not-found',
    message: 'This message is not among those that were given up or not sent.',
    fix: 'Look at the ticket: it may have been sent by now.',
  });
}
