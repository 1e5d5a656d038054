import { POLICY_METRICS, type PolicyMetric } from '../../domain/clock.ts';
import type { Evidence } from '../../domain/decision.ts';
import { minutesWords } from '../../domain/sentences/words.ts';
import { isOurTurn } from '../../domain/ticket.ts';
import type { Proof } from '../condition.ts';
import { holds, type Subject } from '../conditions/index.ts';
import type { EscalationDefinition, Trigger } from '../policy.ts';
import { idleSince, progressOf } from '../progress.ts';
import { calendarNamed } from '../sla/aims.ts';
import { type Calendar, instantOf, MINUTE, openBetween, reach } from '../sla/calendar.ts';
import { gaugeClock } from '../sla/clock.ts';
import { latestClock, wishesOf } from '../sla/event-map.ts';
import { clockName } from '../sla/reason.ts';
import type { Turn } from '../turn.ts';

/** A ticket as the definitions see it. */
export interface Sight {
  turn: Turn;
  /** With the priority that it would have without being escalated, so that no escalation ends itself. */
  subject: Subject;
  /** Whether the definition in question has escalated it, and lasts. */
  isRaised: boolean;
}

/** One part of a trigger: since when or from when on it holds, in milliseconds; null where only an event can tell. */
interface Part {
  from: number | null;
  /** What there is to see of it by now. */
  evidence: () => Evidence;
}

/** Since ever. */
const ALREADY = -Infinity;

/** What proves that a definition holds; null when it does not. */
export function proofOf(definition: EscalationDefinition, sight: Sight): Proof | null {
  const { turn, subject } = sight;
  const proof = holds(definition.when, subject);
  if (proof === null || definition.after.length === 0) return proof;
  const now = turn.now.epochMilliseconds;
  for (const trigger of definition.after) {
    const parts = partsOf(trigger, sight);
    if (parts.every(({ from }) => from !== null && from <= now)) {
      return [...parts.map(({ evidence }) => evidence()), ...proof];
    }
  }
  return null;
}

/**
 * From when on a definition holds if nothing else happens; null where it takes an event. Never before now: what
 * routing or the clocks brought about in this turn is seen by the next.
 */
export function holdsFrom(definition: EscalationDefinition, sight: Sight): Temporal.Instant | null {
  const { turn, subject } = sight;
  if (holds(definition.when, subject) === null) return null;
  if (definition.after.length === 0) return turn.now;
  const moments = definition.after.flatMap((trigger) => {
    const from = partsOf(trigger, sight).map((part) => part.from);
    return from.includes(null) ? [] : [Math.max(...from.filter((each) => each !== null))];
  });
  if (moments.length === 0) return null;
  return instantOf(Math.max(Math.min(...moments), turn.now.epochMilliseconds));
}

function partsOf(trigger: Trigger, sight: Sight): readonly Part[] {
  const { turn } = sight;
  const { ownerChanges, contacts, noProgressMinutes, waitingMinutes } = trigger;
  const parts: Part[] = POLICY_METRICS.flatMap((metric) => {
    const share = trigger.slaUsed[metric];
    return share === undefined ? [] : [usedPart(sight, { metric, share })];
  });
  if (ownerChanges !== null) parts.push(ownersPart(turn, ownerChanges));
  if (contacts !== null) parts.push(contactsPart(turn, contacts));
  if (noProgressMinutes !== null) parts.push(idlePart(turn, noProgressMinutes));
  if (waitingMinutes !== null) parts.push(waitingPart(turn, waitingMinutes));
  return parts;
}

/**
 * What is fulfilled in this turn is not owed any more, though its clock is stopped only after this. While an
 * escalation holds the priority up the clock runs to another target, so that what it has escalated counts as used
 * until it is fulfilled.
 */
function usedPart({ turn, isRaised }: Sight, { metric, share }: { metric: PolicyMetric; share: number }): Part {
  const timed = { metric, kind: 'target' } as const;
  const name = `the share of ${clockName(timed).toLowerCase()} time used`;
  const clock = latestClock(turn.ticket, metric);
  const isOwed = wishesOf(timed, turn).some((wish) => wish.instance === clock?.instance && wish.stoppedAt === null);
  const isHeldUp = isRaised && turn.ticket.escalation !== null && turn.ticket.escalation.priorityBefore !== null;
  if (clock === null || !isOwed || (clock.droppedAt !== null && !isHeldUp)) return never(name);
  const calendar = calendarNamed(turn.policy, clock.calendar);
  const reading = gaugeClock({ ...clock, warnShare: share }, calendar, turn.now.epochMilliseconds);
  return {
    from: isHeldUp ? ALREADY : reading.warnDueAt,
    evidence: () => field(name, `${Math.floor((reading.elapsedMinutes / reading.targetMinutes) * 100)} %`),
  };
}

function ownersPart(turn: Turn, least: number): Part {
  const { ownerChanges } = progressOf(turn);
  return counted('the number of owner changes without an answer', ownerChanges, least);
}

function contactsPart(turn: Turn, least: number): Part {
  const count = turn.ticket.contactCount - progressOf(turn).settledContacts;
  return counted('the number of messages without a solution', count, least);
}

function idlePart(turn: Turn, minutes: number): Part {
  const name = 'the time without progress';
  if (!isOurTurn(turn.ticket.status)) return never(name);
  return elapsed(turn, { name, since: idleSince(turn), minutes });
}

function waitingPart(turn: Turn, minutes: number): Part {
  const name = 'the time without an owner';
  const { assignee, waiting } = turn.ticket;
  if (assignee !== null || waiting === null) return never(name);
  return elapsed(turn, { name, since: waiting.startedAt, minutes });
}

function elapsed(
  turn: Turn,
  { name, since, minutes }: { name: string; since: Temporal.Instant; minutes: number },
): Part {
  const calendar = queueCalendar(turn);
  const begun = since.epochMilliseconds;
  return {
    from: reach(calendar, begun, minutes * MINUTE),
    evidence: () =>
      field(name, minutesWords(Math.max(0, openBetween(calendar, begun, turn.now.epochMilliseconds)) / MINUTE)),
  };
}

function queueCalendar({ ticket, policy }: Turn): Calendar | null {
  return calendarNamed(policy, policy.queues[ticket.queue]?.calendar ?? null);
}

function counted(name: string, count: number, least: number): Part {
  return { from: count >= least ? ALREADY : null, evidence: () => field(name, String(count)) };
}

function never(name: string): Part {
  return { from: null, evidence: () => field(name, '') };
}

function field(name: string, value: string): Evidence {
  return { kind: 'field', name, value };
}
