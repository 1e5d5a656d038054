import type { Clock } from '../../domain/clock.ts';
import type { Turn } from '../turn.ts';
import type { Gauge } from './clock.ts';
import type { Kept } from './keep-clock.ts';
import { instantAt, localTime } from './moment.ts';
import { clockName, reasonOf, timeZoneOf } from './reason.ts';

/** What somebody must hear of. */
export type Alarm = 'warning' | 'breach';

/**
 * Whether a clock has come to its warning or to its breach for the first time. Who looks late and finds both
 * hears of the breach alone. What stands still needs no warning.
 */
export function alarmOf({ clock, reading }: Kept, now: Temporal.Instant): Alarm | null {
  if (reading.breachedAt !== null) return clock.detectedAt === null ? 'breach' : null;
  return isWarningOpen(clock, reading) && !isAhead(reading, now) ? 'warning' : null;
}

/** The clock, marked so that the alarm goes off once. */
export function marked(clock: Clock, alarm: Alarm | null, now: Temporal.Instant): Clock {
  if (alarm === null) return clock;
  return alarm === 'breach' ? { ...clock, detectedAt: now } : { ...clock, warnedAt: now };
}

/** When to look at the clock again without being asked; null when only an event can change it. */
export function nextLook({ clock, reading }: Kept, now: Temporal.Instant): Temporal.Instant | null {
  if (reading.phase !== 'running' || reading.breachedAt !== null) return null;
  const isBeforeWarning = isWarningOpen(clock, reading) && isAhead(reading, now);
  return isBeforeWarning ? instantAt(reading.warnDueAt, null) : clock.dueAt;
}

/** Tells whoever answers for the ticket: its owner, or those whom the queue names while it has none. */
export function soundAlarm(turn: Turn, kept: Kept, alarm: Alarm): void {
  const { clock } = kept;
  const to = recipientsOf(turn);
  const notice = clock.kind === 'promise' ? (`promise_${alarm}` as const) : (`sla_${alarm}` as const);
  const key = `${notice}:${turn.ticket.key}:${clock.metric}:${clock.instance}`;
  const reason = alarm === 'warning' ? warned(turn, kept, to) : breached(turn, kept, to);
  if (alarm === 'breach' && clock.warnedAt === null && clock.warnShare < 1) {
    turn.note(reasonOf(turn, kept, { code: 'sla.warning_superseded' }));
  }
  if (to.length === 0) turn.note(reason);
  else turn.send({ kind: 'notify', key, notice, to, params: linesOf(turn, kept, alarm) }, reason);
}

/** A share of 1 and more would warn of what has happened already. */
function isWarningOpen({ warnedAt, warnShare }: Clock, { phase, warnDueAt }: Gauge): boolean {
  return warnedAt === null && warnShare < 1 && phase === 'running' && warnDueAt !== null;
}

function isAhead({ warnDueAt }: Gauge, now: Temporal.Instant): boolean {
  return warnDueAt !== null && now.epochMilliseconds < warnDueAt;
}

function recipientsOf({ ticket, policy }: Turn): readonly string[] {
  return ticket.assignee === null ? (policy.queues[ticket.queue]?.notify ?? []) : [ticket.assignee];
}

function warned(turn: Turn, kept: Kept, to: readonly string[]) {
  return reasonOf(turn, kept, { code: 'sla.warned', params: { to } });
}

function breached(turn: Turn, kept: Kept, to: readonly string[]) {
  const { reading, formerMinutes } = kept;
  const isTightened = reading.breachCause === 'target_tightened';
  return reasonOf(turn, kept, {
    code: isTightened ? 'sla.target_tightened' : 'sla.breached',
    params: {
      to,
      formerMinutes,
      breachedAt: kept.clock.breachedAt?.toString() ?? null,
      breachedLocal: localOrDash(turn, kept, reading.breachedAt),
      detectedAt: turn.now.toString(),
    },
  });
}

/** The notice, line by line, for people. */
function linesOf(turn: Turn, kept: Kept, alarm: Alarm): Readonly<Record<string, string>> {
  const { clock, reading } = kept;
  const lines = {
    Clock: clockName(clock),
    Target: `${reading.targetMinutes} minutes, ${clock.calendar ?? 'counted around the clock'}`,
    Counted: `${Math.floor(reading.elapsedMinutes)} minutes`,
    Due: localOrDash(turn, kept, reading.dueAt),
    Policy: clock.policy,
  };
  return alarm === 'warning' ? lines : { ...lines, Breached: localOrDash(turn, kept, reading.breachedAt) };
}

function localOrDash(turn: Turn, kept: Kept, at: number | null): string {
  return at === null ? '–' : localTime(at, timeZoneOf(turn, kept.calendar));
}
