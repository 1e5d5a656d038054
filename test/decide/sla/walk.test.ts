import { describe, expect, it } from 'vitest';
import type { ClockEvent } from '../../../src/domain/clock.ts';
import { readClock } from '../../../src/decide/sla/clock.ts';
import { explainWalk, walkText } from '../../../src/decide/sla/walk.ts';
import { aCalendar, at, local } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { aClock, someCalendar, someEvents } from './arbitraries.ts';

const CHICAGO = aCalendar('America/Chicago', 'Mon-Fri 08:00-18:00', { holidays: ['2026-05-25'] });

function started(when: string, timeZone: string): ClockEvent {
  return { type: 'start', at: local(when, timeZone) };
}

describe('the walk to the due time', () => {
  it('shows what each day gave, and why a day gave nothing', () => {
    const clock = aClock({ targetMinutes: 240, events: [started('2026-05-22T16:00', 'America/Chicago')] });
    const walk = explainWalk(clock, CHICAGO);
    expect(walk).toEqual([
      { date: '2026-05-22', minutes: 120, note: null },
      { date: '2026-05-23', minutes: 0, note: 'closed' },
      { date: '2026-05-24', minutes: 0, note: 'closed' },
      { date: '2026-05-25', minutes: 0, note: 'holiday' },
      { date: '2026-05-26', minutes: 120, note: null },
    ]);
    expect(walkText(walk)).toBe(
      '120 min Fri 22 May, closed Sat 23 May – Mon 25 May (holiday Mon 25 May), 120 min Tue 26 May',
    );
  });

  it('says of a paused day that it was paused, and ends at the last event while the clock stands still', () => {
    const events: ClockEvent[] = [
      started('2026-09-10T13:00', 'Europe/Berlin'),
      { type: 'pause', at: local('2026-09-10T14:00', 'Europe/Berlin') },
      { type: 'resume', at: local('2026-09-14T16:00', 'Europe/Berlin') },
      { type: 'pause', at: local('2026-09-14T17:00', 'Europe/Berlin') },
    ];
    const walk = explainWalk(aClock({ targetMinutes: 480, events }), aCalendar('Europe/Berlin'));
    expect(walkText(walk)).toBe(
      '60 min Thu 10 Sep (paused), paused Fri 11 Sep, closed Sat 12 Sep – Sun 13 Sep, 60 min Mon 14 Sep (paused)',
    );
  });

  it('leaves out what was resolved in between, and ends at the stop', () => {
    const events: ClockEvent[] = [
      { type: 'start', at: at('2026-02-02T20:00:00Z') },
      { type: 'stop', at: at('2026-02-02T23:00:00Z'), result: { countedMinutes: 180, dueAt: null } },
      { type: 'reopen', at: at('2026-02-04T09:00:00Z') },
      { type: 'stop', at: at('2026-02-04T10:30:00Z'), result: { countedMinutes: 270, dueAt: null } },
    ];
    expect(walkText(explainWalk(aClock({ targetMinutes: 600, events }), null))).toBe(
      '180 min Mon 2 Feb (stopped), stopped Tue 3 Feb, 90 min Wed 4 Feb (stopped)',
    );
  });

  it('counts days without a calendar in the zone that it is given', () => {
    const clock = aClock({ targetMinutes: 120, events: [{ type: 'start', at: at('2026-02-02T22:00:00Z') }] });
    expect(walkText(explainWalk(clock, null, 'Europe/Berlin'))).toBe('60 min Mon 2 Feb, 60 min Tue 3 Feb');
  });

  it('tells a result as a whole once an edited calendar no longer adds up to it', () => {
    const stop: ClockEvent = {
      type: 'stop',
      at: local('2026-05-22T17:00', 'America/Chicago'),
      result: { countedMinutes: 45, dueAt: null },
    };
    const events = [started('2026-05-22T16:00', 'America/Chicago'), stop];
    expect(walkText(explainWalk(aClock({ events }), CHICAGO))).toBe('45 min until Fri 22 May');
  });

  it('shows minutes that were counted under another calendar in one line', () => {
    const events: ClockEvent[] = [
      started('2026-02-06T16:00', 'UTC'),
      { type: 'set_target', at: at('2026-02-07T10:00:00Z'), targetMinutes: 240, countedMinutes: 60 },
    ];
    expect(walkText(explainWalk(aClock({ events }), null))).toBe('60 min until Sat 7 Feb, 180 min Sat 7 Feb');
  });

  it('is empty for a clock that has not begun', () => {
    expect(explainWalk(aClock(), CHICAGO)).toEqual([]);
  });

  it('adds up to what the clock counted', () => {
    fc.assert(
      fc.property(someCalendar(), someEvents(), ({ calendar, around }, steps) => {
        const clock = aClock({ targetMinutes: 300, events: steps(around) });
        const last = clock.events.reduce((latest, event) => Math.max(latest, event.at.epochMilliseconds), around);
        const now = Temporal.Instant.fromEpochMilliseconds(last);
        const reading = readClock(clock, calendar, now);
        const end = reading.stoppedAt ?? reading.dueAt ?? now;
        const walked = explainWalk(clock, calendar).reduce((sum, { minutes }) => sum + minutes, 0);
        expect(walked).toBeCloseTo(readClock(clock, calendar, end).elapsedMinutes, 6);
      }),
      { numRuns: 60 },
    );
  });
});
