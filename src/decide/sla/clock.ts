import type { Clock } from '../../domain/clock.ts';
import { type Calendar, instantOf, MINUTE, reach } from './calendar.ts';
import { type Count, countEvents, type Phase, type Piece } from './count.ts';

/** A clock as it stands at one moment. Minutes are open minutes of its calendar, exact to the millisecond. */
export interface ClockReading {
  /** `breached` outweighs running and paused; `met` is said only of what was done in time. */
  state: 'idle' | 'running' | 'paused' | 'met' | 'breached';
  phase: Phase;
  /** The target in force. */
  targetMinutes: number;
  elapsedMinutes: number;
  /** Below 0 by as much as the target was exceeded. */
  remainingMinutes: number;
  startedAt: Temporal.Instant | null;
  /** When it was fulfilled; null while it is not. */
  stoppedAt: Temporal.Instant | null;
  /**
   * The first instant at which the target is used up; after the stop, what was due at that moment.
   * Null while the clock stands still with minutes left, and when its calendar never opens.
   */
  dueAt: Temporal.Instant | null;
  /** The first instant at which the share of the target is used up at which to warn. */
  warnDueAt: Temporal.Instant | null;
  /** The first instant at which the target in force was used up unfulfilled. Loosening never clears it. */
  breachedAt: Temporal.Instant | null;
  /** Whether the minutes ran out by themselves, or a lower target found them gone. */
  breachCause: 'used_up' | 'target_tightened' | null;
}

/**
 * Reads a clock from its log, as it stood or will stand at `now`. The order in which events were written
 * does not matter, nor that some came twice; events after `now` have not happened yet. Give the calendar
 * that the clock names; null counts every minute.
 */
export function readClock(clock: Clock, calendar: Calendar | null, now: Temporal.Instant): ClockReading {
  const { startedAt, stoppedAt, dueAt, warnDueAt, breachedAt, ...rest } = gaugeClock(
    clock,
    calendar,
    now.epochMilliseconds,
  );
  return {
    ...rest,
    startedAt: instantOf(startedAt),
    stoppedAt: instantOf(stoppedAt),
    dueAt: instantOf(dueAt),
    warnDueAt: instantOf(warnDueAt),
    breachedAt: clock.breachedAt ?? instantOf(breachedAt),
  };
}

/** A reading with its moments in milliseconds, for those who read many clocks and keep few of the moments. */
export type Gauge = {
  [Key in keyof ClockReading]: Temporal.Instant extends ClockReading[Key] ? number | null : ClockReading[Key];
};

/** `readClock` in milliseconds. */
export function gaugeClock(clock: Clock, calendar: Calendar | null, now: number): Gauge {
  const count = countEvents(clock, calendar, now);
  const breach = firstBreach(count, calendar);
  const breachedAt = clock.breachedAt?.epochMilliseconds ?? breach?.at ?? null;
  const elapsedMinutes = count.counted / MINUTE;
  return {
    state: stateOf(count.phase, breachedAt !== null),
    phase: count.phase,
    targetMinutes: count.target / MINUTE,
    elapsedMinutes,
    remainingMinutes: count.target / MINUTE - elapsedMinutes,
    startedAt: count.startedAt,
    stoppedAt: count.phase === 'stopped' ? count.stoppedAt : null,
    dueAt: dueOf(count, calendar),
    warnDueAt: usedUp(count, calendar, clock.warnShare),
    breachedAt,
    breachCause: breachedAt === null ? null : (breach?.cause ?? 'used_up'),
  };
}

/** The first instant at which the target then in force was used up and the clock had not been stopped. */
function firstBreach(
  count: Count,
  calendar: Calendar | null,
): { at: number; cause: 'used_up' | 'target_tightened' } | null {
  const last = count.phase === 'stopped' ? undefined : count.pieces.at(-1);
  for (const piece of count.pieces) {
    // What ends as it begins, by being fulfilled, was in time.
    if (piece.from === piece.until && piece !== last) continue;
    const at = reachedIn(piece, calendar, { level: piece.target, withEnd: piece === last });
    if (at !== null) return { at, cause: count.tightenedAt.includes(at) ? 'target_tightened' : 'used_up' };
  }
  return null;
}

function dueOf(count: Count, calendar: Calendar | null): number | null {
  const { result } = count;
  if (result !== null && count.phase === 'stopped' && count.pieces.length === 0) return result.dueAt;
  if (result?.wasUsedUp === true && count.carried >= count.target) return result.dueAt;
  return usedUp(count, calendar, 1);
}

/**
 * The first instant at which a share of the target is used up. A target that came later and is higher
 * moves it; one that is lower can move it no further back than to its own coming.
 */
function usedUp(count: Count, calendar: Calendar | null, share: number): number | null {
  const last = count.pieces.at(-1);
  if (last === undefined) return null;
  for (const [index, piece] of count.pieces.entries()) {
    const level = Math.round(Math.max(piece.target, count.target) * share);
    const withEnd = count.pieces[index + 1]?.from !== piece.until;
    const at = reachedIn(piece, calendar, { level, withEnd });
    if (at !== null) return at;
  }
  return last.runs ? reach(calendar, last.from, Math.round(count.target * share) - last.counted) : null;
}

/** When a level is come to within a piece. An end at which the next piece begins belongs to that one. */
function reachedIn(
  piece: Piece,
  calendar: Calendar | null,
  { level, withEnd }: { level: number; withEnd: boolean },
): number | null {
  if (piece.counted >= level) return piece.from;
  if (!piece.runs || piece.countedAtEnd < level) return null;
  const at = reach(calendar, piece.from, level - piece.counted);
  return at !== null && (at < piece.until || withEnd) ? at : null;
}

function stateOf(phase: Phase, isBreached: boolean): ClockReading['state'] {
  if (isBreached) return 'breached';
  return phase === 'stopped' ? 'met' : phase;
}
