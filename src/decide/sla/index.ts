/**
 * The clocks of a ticket: begins, pauses, stops and reopens them, sets the due times that the ticket shows,
 * and warns before a breach. `docs/sla.md` tells the rules to those who write policies.
 */
import { type Clock, METRICS, POLICY_METRICS } from '../../domain/clock.ts';
import type { Turn } from '../turn.ts';
import { type Aims, aimsOf } from './aims.ts';
import { type Alarm, alarmOf, marked, nextLook, soundAlarm } from './alarm.ts';
import { type Timed, wishesOf } from './event-map.ts';
import { keepClock, type Kept } from './keep-clock.ts';
import { isSame } from './moment.ts';
import { showClocks } from './state.ts';
import { tellClock } from './tell.ts';

/** Brings every clock of the ticket in line with what the ticket shows and what the policy promises. */
export function keepClocks(turn: Turn): void {
  const kept = keepAll(turn);
  for (const one of kept) {
    tellClock(turn, one);
    // The hand-off itself reminds, and tells both sides when nobody answers.
    if (one.alarm !== null && one.clock.metric !== 'handoff_accept') soundAlarm(turn, one, one.alarm);
  }
  showClocks(turn, kept);
  for (const one of kept) turn.wakeAt(nextLook(one, turn.now));
}

const TARGETS: readonly Timed[] = METRICS.map((metric) => ({ metric, kind: 'target' }));
const PROMISES: readonly Timed[] = POLICY_METRICS.map((metric) => ({ metric, kind: 'promise' }));

/** Few desks promise anything outside, and few tickets have such a clock. */
function timedOn({ ticket }: Turn, aims: Aims): readonly Timed[] {
  const isPromised = aims !== 'kept' && Object.keys(aims.promise).length > 0;
  return isPromised || ticket.clocks.some(({ kind }) => kind === 'promise') ? [...TARGETS, ...PROMISES] : TARGETS;
}

interface Watched extends Kept {
  alarm: Alarm | null;
}

function keepAll(turn: Turn): readonly Watched[] {
  const aims = aimsOf(turn);
  const kept: Watched[] = [];
  for (const timed of timedOn(turn, aims)) {
    // Asked one after the other: what a next reply waits for is seen from the clock of the first.
    for (const wish of wishesOf(timed, turn)) {
      const one = keepClock(turn, wish, aims);
      if (one !== null) kept.push(watch(turn, one));
    }
  }
  return kept;
}

function watch(turn: Turn, kept: Kept): Watched {
  const alarm = alarmOf(kept, turn.now);
  const clock = marked(kept.clock, alarm, turn.now);
  if (kept.before !== null && isAsBefore(kept.before, clock)) return { ...kept, clock: kept.before, alarm };
  turn.clock(clock);
  return { ...kept, clock, alarm };
}

function isAsBefore(before: Clock, after: Clock): boolean {
  return (
    before.events === after.events &&
    before.policy === after.policy &&
    before.calendar === after.calendar &&
    before.warnShare === after.warnShare &&
    isSame(before.dueAt, after.dueAt) &&
    isSame(before.droppedAt, after.droppedAt) &&
    isSame(before.warnedAt, after.warnedAt) &&
    isSame(before.breachedAt, after.breachedAt) &&
    isSame(before.detectedAt, after.detectedAt)
  );
}
