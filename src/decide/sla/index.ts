/**
 * The clocks of a ticket: begins, pauses, stops and reopens them, sets the due times that the ticket shows,
 * and warns before a breach. `docs/sla.md` tells the rules to those who write policies.
 */
import { type Clock, METRICS } from '../../domain/clock.ts';
import type { Turn } from '../turn.ts';
import { aimsOf } from './aims.ts';
import { type Alarm, alarmOf, marked, nextLook, soundAlarm } from './alarm.ts';
import { wishesOf } from './event-map.ts';
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

interface Watched extends Kept {
  alarm: Alarm | null;
}

function keepAll(turn: Turn): readonly Watched[] {
  const aims = aimsOf(turn);
  const kept: Watched[] = [];
  for (const metric of METRICS) {
    // Asked one after the other: what a next reply waits for is seen from the clock of the first.
    for (const wish of wishesOf(metric, turn)) {
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
