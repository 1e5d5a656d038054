import type { ClockKind, Metric } from '../../domain/clock.ts';
import type { Evidence } from '../../domain/decision.ts';
import { isOpen } from '../../domain/ticket.ts';
import { holds } from '../conditions/index.ts';
import { contractOf } from '../handoff/contract.ts';
import { rulesInPlay } from '../conditions/rules-in-play.ts';
import type { Policy, SlaPolicy, SlaTarget } from '../policy.ts';
import type { Turn } from '../turn.ts';
import type { Calendar } from './calendar.ts';

/** What a ticket is promised, for one metric. */
export interface Aim {
  /** Name of the policy that promises it. */
  policy: string;
  minutes: number;
  calendar: string | null;
  warnShare: number;
  /** Why this policy, and why so many minutes. */
  evidence: readonly Evidence[];
}

/** Of one kind, by metric. */
type AimsOfKind = Readonly<Partial<Record<Metric, Aim>>>;

/** By kind. `kept` stands for whatever was promised before: what is solved is not promised anew. */
export type Aims = Readonly<Record<ClockKind, AimsOfKind>> | 'kept';

/** Finds the first policy, from the top, whose condition holds now, and what it promises for the ticket's priority. */
export function aimsOf(turn: Turn): Aims {
  if (!isOpen(turn.ticket.status)) return 'kept';
  for (const candidate of rulesInPlay(turn.policy.sla.policies, turn.subject)) {
    const proof = holds(candidate.when, turn.subject);
    if (proof === null) continue;
    return {
      target: { ...minutesOf(candidate, candidate.targets, { turn, proof }), ...answerOf(turn) },
      promise: minutesOf(candidate, candidate.promises, { turn, proof }),
    };
  }
  return { target: answerOf(turn), promise: {} };
}

/** How soon the other side is to answer a hand-off. Reminder and end are told by the hand-off itself. */
function answerOf({ ticket, policy }: Turn): AimsOfKind {
  const { handoff } = ticket;
  const contract = handoff === null || handoff.askedAt === null ? null : contractOf(policy, handoff);
  if (contract === null) return {};
  const { name, answerMinutes: minutes, calendar } = contract;
  return { handoff_accept: { policy: name, minutes, calendar, warnShare: 1, evidence: [] } };
}

function minutesOf(
  { name }: SlaPolicy,
  targets: readonly SlaTarget[],
  { turn: { ticket }, proof }: { turn: Turn; proof: readonly Evidence[] },
): AimsOfKind {
  const evidence: readonly Evidence[] = [...proof, { kind: 'field', name: 'priority', value: ticket.priority }];
  const aims: Partial<Record<Metric, Aim>> = {};
  for (const { metric, minutes, calendar, warnShare } of targets) {
    const promised = minutes[ticket.priority];
    if (promised === undefined) continue;
    aims[metric] = { policy: name, minutes: promised, calendar, warnShare, evidence };
  }
  return aims;
}

/** Stands in for a calendar that a config no longer has: nothing more is counted by it. */
const GONE: Calendar = { name: 'gone', timeZone: 'UTC', week: [], holidays: new Set() };

/** The calendar of a name; null counts every minute. */
export function calendarNamed(policy: Policy, name: string | null): Calendar | null {
  return name === null ? null : (policy.calendars[name] ?? GONE);
}
