import type { Clock, ClockKind, Metric } from '../../domain/clock.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Turn } from '../turn.ts';
import { lifeOf } from './count.ts';
import { earlier, isBefore, later } from './moment.ts';

/** What the event map asks of one clock, seen from the ticket as it stands. */
export interface Wish {
  metric: Metric;
  kind: ClockKind;
  instance: number;
  /** Null where the start that a clock has stands. */
  startedAt: Temporal.Instant | null;
  /** When it was fulfilled; null while it is owed. */
  stoppedAt: Temporal.Instant | null;
  standsStill: boolean;
}

/**
 * The event map: what starts, stops and pauses each metric. It reads the ticket's state rather than the
 * occasion alone, so that an event that was missed or came twice puts itself right at the next look.
 */
export function wishesOf(timed: Timed, turn: Turn): readonly Wish[] {
  switch (timed.metric) {
    case 'first_reply':
      return [firstReply(timed, turn)];
    case 'next_reply':
      return nextReply(timed, turn);
    case 'periodic_update':
    case 'pausable_update':
      return updates(timed, turn);
    case 'requester_wait':
    case 'agent_work':
    case 'total_resolution':
      return [resolution(timed, turn)];
    case 'handoff_accept':
      return handoffAnswers(timed, turn);
  }
}

/** What is timed, and for whom. Targets and promises start, pause and stop alike. */
export type Timed = Pick<Clock, 'metric' | 'kind'>;

/** When what we are told of happened; never later than now, whatever another system's clock says. */
export function momentOf({ occasion, now }: Turn): Temporal.Instant {
  return 'at' in occasion ? earlier(occasion.at, now) : now;
}

/** The clock of a metric that was begun last. */
export function latestClock({ clocks }: Ticket, metric: Metric, kind: ClockKind = 'target'): Clock | null {
  return clocks.reduce<Clock | null>(
    (latest, clock) =>
      clock.metric === metric && clock.kind === kind && (latest === null || clock.instance > latest.instance)
        ? clock
        : latest,
    null,
  );
}

/** Only an answer fulfils it. A ticket that is closed without one leaves it standing for ever. */
function firstReply(timed: Timed, turn: Turn): Wish {
  const { openedAt, firstRespondedAt, status } = turn.ticket;
  return {
    ...timed,
    instance: 1,
    startedAt: earlier(openedAt, turn.now),
    stoppedAt: firstRespondedAt === null ? null : earlier(firstRespondedAt, turn.now),
    standsStill: status === 'closed' || standsStill('first_reply', turn),
  };
}

function resolution(timed: Timed, turn: Turn): Wish {
  return {
    ...timed,
    instance: 1,
    startedAt: earlier(turn.ticket.openedAt, turn.now),
    stoppedAt: solvedAt(turn),
    standsStill: standsStill(timed.metric, turn),
  };
}

/**
 * One clock for each unanswered spell, from its oldest message on. While the first reply is still owed, its
 * clock stands for all that the customer wrote.
 */
function nextReply(timed: Timed, turn: Turn): readonly Wish[] {
  const last = latestClock(turn.ticket, timed.metric, timed.kind);
  const life = last === null ? null : lifeOf(last, turn.now);
  const answeredAt = lastAnswerAt(turn);
  const still = standsStill(timed.metric, turn);
  if (last !== null && life !== null && life.startedAt !== null && life.phase !== 'stopped') {
    const startedAt = earlierMessage(turn, life.startedAt, answeredAt);
    const since = startedAt?.epochMilliseconds ?? life.startedAt;
    const isAnswered = answeredAt !== null && answeredAt.epochMilliseconds >= since;
    const stoppedAt = isAnswered ? answeredAt : solvedAt(turn);
    return [{ ...timed, instance: last.instance, startedAt, stoppedAt, standsStill: still }];
  }
  const askedAt = lastQuestionAt(turn);
  const settled = Math.max(answeredAt?.epochMilliseconds ?? -Infinity, life?.stoppedAt ?? -Infinity);
  if (settled >= askedAt.epochMilliseconds || solvedAt(turn) !== null || isFirstReplyOwed(turn, timed.kind)) return [];
  return [{ ...timed, instance: (last?.instance ?? 0) + 1, startedAt: askedAt, stoppedAt: null, standsStill: still }];
}

/** A message that reaches us late may be older than the one that began the spell. */
function earlierMessage(
  { occasion }: Turn,
  startedAt: number,
  answeredAt: Temporal.Instant | null,
): Temporal.Instant | null {
  if (occasion.kind !== 'replied' || occasion.by !== 'customer') return null;
  const isOfSpell = answeredAt === null || isBefore(answeredAt, occasion.at);
  return isOfSpell && occasion.at.epochMilliseconds < startedAt ? occasion.at : null;
}

/** Each public answer ends the wait for news and begins the next; solving ends it, reopening goes on. */
function updates(timed: Timed, turn: Turn): readonly Wish[] {
  const last = latestClock(turn.ticket, timed.metric, timed.kind);
  const startedAt = last === null ? null : lifeOf(last, turn.now).startedAt;
  const answeredAt = lastAnswerAt(turn);
  const solved = solvedAt(turn);
  const still = standsStill(timed.metric, turn);
  const wishes: Wish[] = [];
  const isNew = answeredAt !== null && (startedAt === null || startedAt < answeredAt.epochMilliseconds);
  if (last !== null) {
    const stoppedAt = isNew ? answeredAt : solved;
    wishes.push({ ...timed, instance: last.instance, startedAt: null, stoppedAt, standsStill: still });
  }
  if (isNew) {
    const stoppedAt = solved === null ? null : later(solved, answeredAt);
    wishes.push({
      ...timed,
      instance: (last?.instance ?? 0) + 1,
      startedAt: answeredAt,
      stoppedAt,
      standsStill: still,
    });
  }
  return wishes;
}

/**
 * One clock for each hand-off that asks for an answer. One that nobody answered stands still for ever, as stopping
 * would call it met; the next hand-off ends it.
 */
function handoffAnswers(timed: Timed, { ticket, now }: Turn): readonly Wish[] {
  const { handoff } = ticket;
  if (handoff === null) return [];
  const { instance, at, askedAt, endedAt, state } = handoff;
  const last = latestClock(ticket, timed.metric, timed.kind);
  const wishes: Wish[] = [];
  if (last !== null && last.instance < instance) {
    wishes.push({
      ...timed,
      instance: last.instance,
      startedAt: null,
      stoppedAt: earlier(at, now),
      standsStill: false,
    });
  }
  if (askedAt === null) return wishes;
  const isUnanswered = state === 'returned';
  const stoppedAt = endedAt === null || isUnanswered ? null : earlier(endedAt, now);
  wishes.push({ ...timed, instance, startedAt: earlier(askedAt, now), stoppedAt, standsStill: isUnanswered });
  return wishes;
}

function standsStill(metric: Metric, { policy, ticket }: Turn): boolean {
  return policy.sla.pausedIn[metric]?.includes(ticket.status) ?? false;
}

/** When the ticket was resolved, or closed without; null while it is open. */
function solvedAt(turn: Turn): Temporal.Instant | null {
  const { status, resolvedAt, closedAt } = turn.ticket;
  if (isOpen(status)) return null;
  return earlier(resolvedAt ?? closedAt ?? momentOf(turn), turn.now);
}

/** The latest public answer of the team. Acknowledgements and notes are no answers, and are not among them. */
export function lastAnswerAt({ ticket, occasion, now }: Turn): Temporal.Instant | null {
  const told = occasion.kind === 'replied' && occasion.by === 'agent' ? occasion.at : null;
  const at = later(later(ticket.lastAgentMessageAt, ticket.firstRespondedAt), told);
  return at === null ? null : earlier(at, now);
}

function lastQuestionAt({ ticket, occasion, now }: Turn): Temporal.Instant {
  const told = occasion.kind === 'replied' && occasion.by === 'customer' ? occasion.at : null;
  return earlier(later(ticket.lastCustomerMessageAt, told), now);
}

function isFirstReplyOwed({ ticket, now }: Turn, kind: ClockKind): boolean {
  const clock = latestClock(ticket, 'first_reply', kind);
  return clock !== null && clock.droppedAt === null && lifeOf(clock, now).phase !== 'stopped';
}
