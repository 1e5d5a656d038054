import type { Reason } from '../domain/decision.ts';
import type { Effect } from '../domain/effect.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Letters, Ticket } from '../domain/ticket.ts';
import type { Facts } from './facts.ts';
import { loopBehind } from './loop.ts';
import type { Policy } from './policy.ts';

/** The part before the @ of addresses that no person reads; an answer to them comes back, and round again. */
const AUTOMATIC_SENDER =
  /^(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|mailer-daemon|postmaster|bounces?|auto-?reply|autoresponder)(?:[-+._=].*)?@/;

/** Hours after which nobody wonders any more whether a request has arrived: rows of a base that was just connected. */
const LATEST_HOURS = 24;

/** Within which the letters of a ticket are counted. */
const A_DAY_HOURS = 24;

/** Why no letter of our own accord reaches the requester. */
export type Obstacle = 'no_address' | 'automatic_sender' | 'bounced';

/** What stands in the way of any letter to who asks; null when nothing does. What people write always goes. */
export function obstacleTo({
  conversation,
  requester: { email },
  mute,
}: Pick<Ticket, 'conversation' | 'requester' | 'mute'>): Obstacle | null {
  // Chats name their machines, and what those say opens no ticket.
  if (conversation !== null) return null;
  if (email === null) return 'no_address';
  if (isMachine(email)) return 'automatic_sender';
  if (mute === null || mute.address !== email.toLowerCase()) return null;
  return mute.why === 'bounced' ? 'bounced' : 'automatic_sender';
}

/** Whether no person reads what is sent to an address, by what stands before its @. */
function isMachine(email: string): boolean {
  return AUTOMATIC_SENDER.test(email.toLowerCase());
}

/** Whether a request is too old for a first letter of ours. */
export function isOutdated(openedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return now.since(openedAt).total('hours') > LATEST_HOURS;
}

/** Why a letter stays here: it would only feed a machine, or is one too many. Null when it may go. */
export function withheldBy(
  ticket: Ticket,
  { template, to }: Extract<Effect, { kind: 'message' }>,
  given: { policy: Policy; facts: Pick<Facts, 'exchange'>; occasion: Occasion; now: Temporal.Instant },
): Omit<Reason, 'change' | 'opinion'> | null {
  const { letters } = ticket;
  const perDay = given.policy.intake.lettersPerDay;
  const isFull = letters !== null && !isOver(letters, given.now) && letters.count >= perDay;
  const why = obstacleTo(ticket) ?? (isFull ? 'too_many' : null);
  if (why === 'no_address') return null;
  const loop = why === null ? loopBehind(given.facts.exchange, { ...given, ticket }) : null;
  if (why === null && loop === null) return null;
  return {
    stage: 'respond',
    code: 'respond.withheld',
    params: { why: why ?? 'loop', ...(loop !== null && { sign: loop.sign }), template, to, perDay },
    evidence: loop?.evidence ?? [],
    source: { kind: 'policy', name: 'breaker' },
  };
}

/** The count after one more letter. */
export function lettersAfter(letters: Letters | null, now: Temporal.Instant): Letters {
  return letters === null || isOver(letters, now)
    ? { firstAt: now, count: 1 }
    : { ...letters, count: letters.count + 1 };
}

function isOver({ firstAt }: Letters, now: Temporal.Instant): boolean {
  return now.epochMilliseconds - firstAt.epochMilliseconds >= A_DAY_HOURS * 3_600_000;
}
