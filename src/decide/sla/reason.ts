import type { Clock, Metric } from '../../domain/clock.ts';
import type { Evidence, ReasonParams } from '../../domain/decision.ts';
import type { Because, Turn } from '../turn.ts';
import type { Calendar } from './calendar.ts';
import type { Kept } from './keep-clock.ts';
import { localTime } from './moment.ts';

const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  first_reply: 'First reply',
  next_reply: 'Next reply',
  periodic_update: 'Next update',
  pausable_update: 'Next update (pausable)',
  requester_wait: 'Resolution (waiting time)',
  agent_work: 'Resolution (working time)',
  total_resolution: 'Resolution',
  handoff_accept: 'Answer to the hand-off',
};

/** What people call it: `First reply`, and `Promised first reply` where it is what the requester was told. */
export function clockName({ metric, kind }: Pick<Clock, 'metric' | 'kind'>): string {
  const name = METRIC_NAMES[metric];
  return kind === 'target' ? name : `Promised ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** A reason of this stage: what every sentence about a clock may need, and what this one needs besides. */
export function reasonOf(
  turn: Turn,
  { clock, reading, calendar, aim }: Kept,
  given: { code: string; params?: ReasonParams; evidence?: readonly Evidence[] },
): Because {
  const { dueAt } = clock;
  return {
    stage: 'sla',
    code: given.code,
    params: {
      clock: clockName(clock),
      metric: clock.metric,
      ...(clock.kind === 'promise' && { kind: clock.kind }),
      instance: clock.instance,
      policy: clock.policy,
      calendar: clock.calendar,
      targetMinutes: reading.targetMinutes,
      countedMinutes: rounded(reading.elapsedMinutes),
      leftMinutes: rounded(reading.remainingMinutes),
      dueAt: dueAt?.toString() ?? null,
      dueLocal: dueAt === null ? null : localTime(dueAt.epochMilliseconds, timeZoneOf(turn, calendar)),
      ...given.params,
    },
    evidence: given.evidence ?? aim?.evidence ?? [],
    source: { kind: 'policy', name: clock.policy },
  };
}

/** In which zone people read the clock's times. */
export function timeZoneOf({ policy }: Turn, calendar: Calendar | null): string {
  return calendar?.timeZone ?? policy.desk.timeZone;
}

/** To a tenth of a minute, which is enough for people; the record of the clock is exact. */
function rounded(minutes: number): number {
  return Math.round(minutes * 10) / 10;
}
