import type { Clock, ClockEvent } from '../../domain/clock.ts';
import { type Calendar, MINUTE, openBetween } from './calendar.ts';

/** What a clock is doing. */
export type Phase = 'idle' | 'running' | 'paused' | 'stopped';

/** Part of a clock's life in which nothing changed. Milliseconds; stopped time is left out. */
export interface Piece {
  from: number;
  until: number;
  runs: boolean;
  /** Counted before it, and at its end. */
  counted: number;
  countedAtEnd: number;
  target: number;
}

/** A log, counted. Milliseconds throughout. */
export interface Count {
  phase: Phase;
  counted: number;
  /** In force while the clock last ran. */
  target: number;
  startedAt: number | null;
  stoppedAt: number | null;
  pieces: readonly Piece[];
  /** What was counted under another calendar, or until a result was written down; its pieces are gone. */
  carried: number;
  /** When a lower target found the minutes gone. */
  tightenedAt: readonly number[];
  /** What was due by the result that was written down, and whether it had been used up by then. */
  result: { dueAt: number | null; wasUsedUp: boolean } | null;
}

/** A count on its way through the log. */
interface Tally extends Count {
  calendar: Calendar | null;
  /** The moment that has been counted to. */
  until: number;
  /** A target set after the stop waits for a reopening. */
  nextTarget: number;
  pieces: Piece[];
  tightenedAt: number[];
}

/**
 * Goes through a log up to a moment. The order in which events were written does not matter, nor that some
 * came twice.
 */
export function countEvents(clock: Clock, calendar: Calendar | null, now: number): Count {
  const tally = beginTally(clock, calendar);
  for (const { event, at } of inOrder(clock.events)) {
    if (at > now) break;
    const phase = phaseAfter(tally.phase, event.type);
    if (phase === tally.phase && event.type !== 'set_target') continue;
    pass(tally, at);
    take(tally, event, at);
    tally.phase = phase;
  }
  pass(tally, now);
  keepLastPiece(tally);
  const last = tally.pieces.at(-1);
  // What changed again at the same moment was never in force.
  tally.pieces = tally.pieces.filter((piece) => piece === last || piece.until > piece.from);
  return tally;
}

/** What a clock is doing and since when, for which no calendar is needed. */
export function lifeOf(clock: Clock, now: Temporal.Instant): Life {
  const { phase, target, startedAt, stoppedAt } = countEvents(clock, null, now.epochMilliseconds);
  return { phase, targetMinutes: target / MINUTE, startedAt, stoppedAt: phase === 'stopped' ? stoppedAt : null };
}

export interface Life {
  phase: Phase;
  /** The target in force. */
  targetMinutes: number;
  /** In milliseconds. */
  startedAt: number | null;
  /** When it was fulfilled, in milliseconds; null while it is not. */
  stoppedAt: number | null;
}

function beginTally(clock: Clock, calendar: Calendar | null): Tally {
  const target = Math.round(clock.targetMinutes * MINUTE);
  return {
    calendar,
    until: 0,
    phase: 'idle',
    counted: 0,
    target,
    nextTarget: target,
    startedAt: null,
    stoppedAt: null,
    pieces: [],
    carried: 0,
    tightenedAt: [],
    result: null,
  };
}

/** By time; of one instant, as written. */
function inOrder(events: readonly ClockEvent[]): readonly { event: ClockEvent; at: number }[] {
  const timed = events.map((event) => ({ event, at: event.at.epochMilliseconds }));
  const isSorted = timed.every(({ at }, index) => index === 0 || (timed[index - 1]?.at ?? at) <= at);
  return isSorted ? timed : timed.toSorted((one, other) => one.at - other.at);
}

/** What an event makes of a phase. An event that has nothing to change there changes nothing. */
function phaseAfter(phase: Phase, event: ClockEvent['type']): Phase {
  switch (event) {
    case 'start':
      return phase === 'idle' ? 'running' : phase;
    case 'pause':
      return phase === 'running' ? 'paused' : phase;
    case 'resume':
      return phase === 'paused' ? 'running' : phase;
    case 'stop':
      return phase === 'idle' ? phase : 'stopped';
    case 'reopen':
      return phase === 'stopped' ? 'running' : phase;
    case 'set_target':
      return phase;
  }
}

/** Counts on to a moment. */
function pass(tally: Tally, until: number): void {
  const { phase, until: from, counted, target } = tally;
  const runs = phase === 'running';
  if (runs) tally.counted += openBetween(tally.calendar, from, until);
  tally.until = until;
  if ((runs || phase === 'paused') && until > from) {
    tally.pieces.push({ from, until, runs, counted, countedAtEnd: tally.counted, target });
  }
}

/**
 * The last piece, be it without length, shows how a clock stands at the end: now, or when it is stopped.
 * What is due is read from it.
 */
function keepLastPiece({ phase, until, counted, target, pieces }: Tally): void {
  if (phase !== 'running' && phase !== 'paused') return;
  const runs = phase === 'running';
  const last = pieces.at(-1);
  if (last?.until === until && last.target === target && last.runs === runs) return;
  pieces.push({ from: until, until, runs, counted, countedAtEnd: counted, target });
}

function take(tally: Tally, event: ClockEvent, at: number): void {
  switch (event.type) {
    case 'start':
      tally.startedAt = at;
      return;
    case 'stop':
      keepLastPiece(tally);
      tally.stoppedAt = at;
      if (event.result !== undefined) writeDown(tally, event.result);
      return;
    case 'reopen':
      tally.target = tally.nextTarget;
      return;
    case 'set_target':
      setTarget(tally, event, at);
      return;
    case 'pause':
    case 'resume':
      return;
  }
}

function writeDown(
  tally: Tally,
  { countedMinutes, dueAt }: { countedMinutes: number; dueAt: Temporal.Instant | null },
) {
  carry(tally, countedMinutes);
  tally.result = { dueAt: dueAt?.epochMilliseconds ?? null, wasUsedUp: tally.counted >= tally.target };
}

function setTarget(tally: Tally, event: Extract<ClockEvent, { type: 'set_target' }>, at: number): void {
  const { phase, counted, target } = tally;
  tally.nextTarget = Math.round(event.targetMinutes * MINUTE);
  if (event.countedMinutes !== undefined) carry(tally, event.countedMinutes);
  if (phase === 'stopped') return;
  tally.target = tally.nextTarget;
  const wasLeft = counted < target || event.countedMinutes !== undefined;
  if (phase !== 'idle' && wasLeft && tally.counted >= tally.target) tally.tightenedAt.push(at);
}

/** Goes on from a number that is given instead of counted. */
function carry(tally: Tally, countedMinutes: number): void {
  tally.counted = Math.round(countedMinutes * MINUTE);
  tally.carried = tally.counted;
  tally.pieces = [];
}
