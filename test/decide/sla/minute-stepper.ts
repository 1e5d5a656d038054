import type { Clock, ClockEvent } from '../../../src/domain/clock.ts';
import type { Calendar } from '../../../src/decide/sla/calendar.ts';

/**
 * The contract, told a second time in the dullest way: a hand that moves minute by minute and looks at the
 * clock on the wall. Events must lie on whole minutes. Shares no code with what it checks.
 */

export const MINUTE = 60_000;

/** Whether the minute that begins at an instant is open. */
export type Wall = (at: number) => boolean;

/** Asks `Temporal` what the wall shows, once for each minute. */
export function wallOf(calendar: Calendar | null): Wall {
  if (calendar === null) return () => true;
  const seen = new Map<number, boolean>();
  return (at) => {
    const known = seen.get(at);
    if (known !== undefined) return known;
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timeZone);
    const time = local.hour * 60 + local.minute;
    const open =
      !calendar.holidays.has(local.toPlainDate().toString()) &&
      (calendar.week[local.dayOfWeek - 1] ?? []).some((window) => window.open <= time && time < window.close);
    seen.set(at, open);
    return open;
  };
}

/** Open minutes from one whole minute to another. */
export function stepBetween(wall: Wall, from: number, to: number): number {
  let minutes = 0;
  for (let at = from; at < to; at += MINUTE) if (wall(at)) minutes += 1;
  return minutes;
}

/** The first whole minute at which so many open minutes have passed; null when the horizon comes first. */
export function stepFrom(wall: Wall, from: number, given: { minutes: number; horizon: number }): number | null {
  let missing = given.minutes;
  for (let at = from; at <= given.horizon; at += MINUTE) {
    if (missing === 0) return at;
    if (wall(at)) missing -= 1;
  }
  return null;
}

export interface Stepped {
  phase: 'idle' | 'running' | 'paused' | 'stopped';
  elapsedMinutes: number;
  breachedAt: number | null;
  /** Undefined when it lies beyond the horizon. */
  dueAt: number | null | undefined;
}

/** Steps through a clock's life up to `now`, and on to its due time. */
export function stepClock(clock: Clock, wall: Wall, given: { now: number; horizon: number }): Stepped {
  const events = clock.events
    .filter((event) => event.at.epochMilliseconds <= given.now)
    .toSorted((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds);
  const last = walk(clock, events, { wall, now: given.now, finalTarget: Infinity });
  const first = walk(clock, events, { wall, now: given.now, finalTarget: last.target });
  return {
    phase: first.phase,
    elapsedMinutes: first.counted,
    breachedAt: first.breachedAt,
    dueAt: dueOf(first, wall, given),
  };
}

interface Walked {
  phase: Stepped['phase'];
  counted: number;
  target: number;
  breachedAt: number | null;
  usedUpAt: number | null;
  /** The phase before the stop. */
  stoppedFrom: Stepped['phase'];
  stoppedAt: number;
}

function walk(
  clock: Clock,
  events: readonly ClockEvent[],
  { wall, now, finalTarget }: { wall: Wall; now: number; finalTarget: number },
): Walked {
  let phase: Stepped['phase'] = 'idle';
  let stoppedFrom: Stepped['phase'] = 'idle';
  let [counted, stoppedAt, index] = [0, 0, 0];
  let [target, nextTarget] = [clock.targetMinutes, clock.targetMinutes];
  let breachedAt: number | null = null;
  let usedUpAt: number | null = null;
  const isOwed = () => phase === 'running' || phase === 'paused';

  for (let at = events[0]?.at.epochMilliseconds ?? now; at <= now; at += MINUTE) {
    if (isOwed() && counted >= Math.max(target, finalTarget)) usedUpAt ??= at;
    for (; events[index]?.at.epochMilliseconds === at; index += 1) {
      const event = events[index];
      if (event?.type === 'start' && phase === 'idle') phase = 'running';
      else if (event?.type === 'pause' && phase === 'running') phase = 'paused';
      else if (event?.type === 'resume' && phase === 'paused') phase = 'running';
      else if (event?.type === 'stop' && isOwed()) {
        stoppedFrom = phase;
        phase = 'stopped';
        stoppedAt = at;
      } else if (event?.type === 'reopen' && phase === 'stopped') {
        phase = 'running';
        target = nextTarget;
      } else if (event?.type === 'set_target') {
        nextTarget = event.targetMinutes;
        if (phase !== 'stopped') target = nextTarget;
      }
    }
    if (isOwed() && counted >= target) breachedAt ??= at;
    if (isOwed() && counted >= Math.max(target, finalTarget)) usedUpAt ??= at;
    if (at < now && phase === 'running' && wall(at)) counted += 1;
  }
  return { phase, counted, target, breachedAt, usedUpAt, stoppedFrom, stoppedAt };
}

function dueOf(walked: Walked, wall: Wall, { now, horizon }: { now: number; horizon: number }): Stepped['dueAt'] {
  const { phase, counted, target, usedUpAt } = walked;
  if (usedUpAt !== null) return usedUpAt;
  const from = phase === 'stopped' ? walked.stoppedAt : now;
  if (phase === 'idle' || phase === 'paused' || (phase === 'stopped' && walked.stoppedFrom === 'paused')) return null;
  return stepFrom(wall, from, { minutes: Math.max(0, target - counted), horizon }) ?? undefined;
}
