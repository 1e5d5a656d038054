import { and, eq, sql } from 'drizzle-orm';
import { isInShadow } from '../config/shadow.ts';
import type { SubscriptionConfig } from '../config/subscriptions.ts';
import { events } from '../db/schema.ts';
import { hashOf } from '../decide/hash.ts';
import { nextAttempt } from '../kit/back-off.ts';
import { answered, type Attempt, attempt, isReady } from './attempt.ts';
import type { EventsParts } from './parts.ts';
import { noteFailure, noteSuccess, type Standing, standingOf } from './standing.ts';

type EventRow = typeof events.$inferSelect;

/** Events of several tickets on their way to one receiver at once; no more may be told twice after a crash. */
const AT_ONCE = 4;

/** Who takes an event has it for so long; one that waits after that belonged to a process that died. Three patiences. */
const HELD_SECONDS = 60;

/** Pauses are longer by up to this share, so that not everybody knocks at once when a receiver is back. */
const JITTER = 0.1;

/**
 * Tells a subscription what is due, until nothing is, or the receiver does not take it. While it fails, one event is
 * tried at a time, the one that was tried least: what is wrong with one event must not keep all others.
 */
export async function tellAll(parts: EventsParts, name: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (isInShadow(parts.config.current(), parts.now())) return;
    const subscription = parts.config.current().subscriptions.find((each) => each.name === name);
    const standing = await standingOf(parts.connection, name);
    if (subscription === undefined || !isReady(subscription) || standing.offAt !== null) return park(parts, name, null);
    if (isHeld(standing, parts.now())) return park(parts, name, standing.nextAt);
    const rows = await take(parts, name, standing.failures > 0 ? 1 : AT_ONCE);
    if (rows.length === 0) return;
    await Promise.all(rows.map((row) => tell(parts, subscription, row)));
  }
}

function isHeld({ nextAt }: Standing, now: Temporal.Instant): boolean {
  return nextAt !== null && Temporal.Instant.compare(nextAt, now) > 0;
}

/** What is due now is so only later, or when a person or the config says so: nobody is to look for it until then. */
async function park({ connection, now }: EventsParts, name: string, until: Temporal.Instant | null): Promise<void> {
  await connection.queries
    .update(events)
    .set({ nextAt: until })
    .where(
      and(
        eq(events.subscription, name),
        eq(events.state, 'waiting'),
        sql`${events.nextAt} <= ${now().toString()}::timestamptz`,
      ),
    );
}

/** The next of each ticket: an earlier one that still waits holds back those behind it. */
async function take({ connection, now }: EventsParts, name: string, most: number): Promise<readonly EventRow[]> {
  const at = now();
  const next = sql`any(array(
    select due.id from events as due
    where due.subscription = ${name} and due.state = 'waiting' and due.next_at <= ${at.toString()}::timestamptz
      and due.seq = (
        select min(first.seq) from events as first
        where first.subscription = due.subscription and first.ticket_key = due.ticket_key and first.state = 'waiting'
      )
    order by due.attempts, due.seq limit ${most} for update skip locked
  ))`;
  return connection.queries
    .update(events)
    .set({ attempts: sql`${events.attempts} + 1`, triedAt: at, nextAt: at.add({ seconds: HELD_SECONDS }) })
    .where(sql`${events.id} = ${next}`)
    .returning();
}

async function tell(
  parts: EventsParts,
  subscription: SubscriptionConfig & { url: string },
  row: EventRow,
): Promise<void> {
  const made = await attempt(parts, subscription, row);
  if (made.refusal === null) {
    await record(parts, row, { ...answered(made), state: 'sent', finishedAt: parts.now() });
    return noteSuccess(parts.connection, subscription.name);
  }
  await failed(parts, { subscription, row, made });
}

interface Failed {
  subscription: SubscriptionConfig;
  row: EventRow;
  made: Attempt;
}

/** It is the receiver's failure and the event's: each has the schedule, and the receiver's end comes first. */
async function failed(parts: EventsParts, { subscription, row, made }: Failed): Promise<void> {
  const { log, now } = parts;
  const { name } = subscription;
  const code = made.refusal?.code;
  log.warn({ subscription: name, event: row.id, attempts: row.attempts, code }, 'an event was not taken');
  const again = (attempts: number) => laterOn(attempts, { row, made, now: now() });
  const after = await noteFailure(parts, { name, row, made, again });
  const nextAt = after === 'waits' ? again(row.attempts) : null;
  const isOver = after === 'waits' && nextAt === null;
  const finished = isOver ? { state: 'dead' as const, finishedAt: now() } : {};
  await record(parts, row, { ...answered(made), nextAt, ...finished });
  if (after !== 'switched_off') return;
  log.error({ subscription: name, code }, 'a subscription to events was switched off; the page Events has it');
  await tellTeam(parts, { subscription, row, made });
}

/** When to try again after so many attempts; null when it was the last, or the receiver wants nothing more. */
function laterOn(
  attempts: number,
  { row, made: { refusal }, now }: { row: EventRow; made: Attempt; now: Temporal.Instant },
): Temporal.Instant | null {
  const advice = refusal?.retry ?? 'never';
  if (advice === 'never') return null;
  const atLeastSeconds = advice === 'later' ? 0 : advice.afterSeconds;
  const next = nextAttempt(attempts, { now, atLeastSeconds });
  if (next === null) return null;
  const share = (hashOf(`${row.id} ${attempts}`) / 0xffffffff) * JITTER;
  return next.add({ milliseconds: Math.round(now.until(next).total('milliseconds') * share) });
}

/** Only the attempt that was taken last has a say, should an event ever be in two hands. */
async function record({ connection }: EventsParts, row: EventRow, outcome: Partial<EventRow>): Promise<void> {
  await connection.queries
    .update(events)
    .set(outcome)
    .where(and(eq(events.id, row.id), eq(events.state, 'waiting'), eq(events.attempts, row.attempts)));
}

/** That the team cannot be told must not keep the rest from going on; the log and the pages have it all the same. */
async function tellTeam(
  { tell: tellPeople, now, log }: EventsParts,
  { subscription, row, made }: Failed,
): Promise<void> {
  const { name, notify: to } = subscription;
  const reason = made.refusal?.message ?? '';
  try {
    await tellPeople({ subscription: name, at: now(), reason, ticketKey: row.ticketKey, to });
  } catch (err) {
    log.error({ subscription: name, err }, 'nobody could be told that a subscription was switched off');
  }
}
