import { describe, expect, it } from 'vitest';
import {
  addOpenTime,
  type Calendar,
  isOpenAt,
  nextChange,
  nextOpening,
  openTimeBetween,
} from '../../../src/decide/sla/calendar.ts';
import { aCalendar, at, local } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { someCalendar, someMinute } from './arbitraries.ts';
import { MINUTE, stepBetween, stepFrom, wallOf } from './minute-stepper.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function minutes(calendar: Calendar | null, from: string, to: string): number {
  const zone = calendar?.timeZone ?? 'UTC';
  return openTimeBetween(calendar, local(from, zone), local(to, zone)) / MINUTE;
}

function due(calendar: Calendar, from: string, count: number): string | undefined {
  return addOpenTime(calendar, local(from, calendar.timeZone), count * MINUTE)?.toString();
}

describe('the count of open time', () => {
  it('counts every minute without a calendar', () => {
    expect(openTimeBetween(null, at('2026-02-02T08:00:00Z'), at('2026-02-03T08:00:00.001Z'))).toBe(DAY + 1);
    expect(addOpenTime(null, at('2026-02-02T08:00:00Z'), 90 * MINUTE)?.toString()).toBe('2026-02-02T09:30:00Z');
  });

  it('counts only what lies in a window, to the millisecond', () => {
    const calendar = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00');
    expect(minutes(calendar, '2026-09-10T08:59:59.999', '2026-09-10T09:00:00.001') * MINUTE).toBe(1);
    expect(minutes(calendar, '2026-09-10T16:59:59.999', '2026-09-10T17:00:00.001') * MINUTE).toBe(1);
    expect(minutes(calendar, '2026-09-10T13:00', '2026-09-14T10:00')).toBe(240 + 480 + 60);
  });

  it('counts nothing when the end is not after the beginning', () => {
    const calendar = aCalendar('Europe/Berlin');
    expect(minutes(calendar, '2026-09-10T13:00', '2026-09-10T12:00')).toBe(0);
    expect(minutes(null, '2026-09-10T13:00', '2026-09-10T12:00')).toBe(0);
  });

  it('leaves lunch out when a day has two windows', () => {
    const calendar = aCalendar('Europe/Madrid', 'Mon-Fri 09:00-14:00 16:00-19:00');
    expect(minutes(calendar, '2026-07-14T12:00', '2026-07-14T18:00')).toBe(240);
    expect(due(calendar, '2026-07-14T13:00', 61)).toBe('2026-07-14T14:01:00Z');
  });

  it('takes 24:00 for the end of the day, so that a night shift is two windows', () => {
    const calendar = aCalendar('Europe/Berlin', 'Mon 22:00-24:00, Tue 00:00-06:00');
    expect(minutes(calendar, '2026-09-14T20:00', '2026-09-15T12:00')).toBe(480);
    expect(nextChange(calendar, local('2026-09-14T23:00', 'Europe/Berlin'))?.toString()).toBe('2026-09-15T04:00:00Z');
  });

  it('closes on a holiday by its local date', () => {
    const calendar = aCalendar('Pacific/Auckland', '24/7', { holidays: ['2026-12-25'] });
    expect(openTimeBetween(calendar, at('2026-12-24T11:00:00Z'), at('2026-12-25T11:00:00Z'))).toBe(0);
    expect(isOpenAt(calendar, at('2026-12-24T10:59:59.999Z'))).toBe(true);
    expect(isOpenAt(calendar, at('2026-12-25T11:00:00Z'))).toBe(true);
  });

  it('jumps over months of holidays', () => {
    const days = Array.from({ length: 200 }, (_, day) => Temporal.PlainDate.from('2026-01-01').add({ days: day }));
    const calendar = aCalendar('Europe/Berlin', 'Mon-Sun 09:00-17:00', { holidays: days.map(String) });
    expect(due(calendar, '2025-12-31T16:00', 61)).toBe('2026-07-20T07:01:00Z');
    expect(minutes(calendar, '2025-12-31T16:00', '2026-07-20T10:00')).toBe(120);
  });

  it('stays at closing time when that is when the minutes are used up', () => {
    const calendar = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00');
    expect(due(calendar, '2026-09-11T16:00', 60)).toBe('2026-09-11T15:00:00Z');
    expect(due(calendar, '2026-09-11T16:00', 61)).toBe('2026-09-14T07:01:00Z');
  });

  it('is there at once when nothing is to be counted', () => {
    const night = at('2026-09-12T22:00:00Z');
    expect(addOpenTime(aCalendar('Europe/Berlin'), night, 0)?.equals(night)).toBe(true);
  });

  it('answers null for a calendar that never opens', () => {
    const never = aCalendar('Europe/Berlin', '');
    expect(addOpenTime(never, at('2026-09-12T22:00:00Z'), 1)).toBeNull();
    expect(nextOpening(never, at('2026-09-12T22:00:00Z'))).toBeNull();
    expect(nextChange(never, at('2026-09-12T22:00:00Z'))).toBeNull();
    expect(openTimeBetween(never, at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'))).toBe(0);
  });

  it('answers null for more open time than there is until the end of time', () => {
    expect(addOpenTime(aCalendar('UTC'), at('2026-09-12T22:00:00Z'), 8e15)).toBeNull();
    expect(addOpenTime(null, at('2026-09-12T22:00:00Z'), 8.64e15)).toBeNull();
  });
});

describe('the count over a change of the clocks', () => {
  const allDay = aCalendar('Europe/Berlin', '24/7');

  it('counts what a day of 23 or 25 hours really has', () => {
    expect(minutes(allDay, '2026-03-29T00:00', '2026-03-30T00:00')).toBe(23 * 60);
    expect(minutes(allDay, '2026-10-25T00:00', '2026-10-26T00:00')).toBe(25 * 60);
  });

  it('finds nothing in a window that lies in the skipped hour', () => {
    const calendar = aCalendar('Europe/Berlin', 'Sun 02:00-03:00');
    expect(minutes(calendar, '2026-03-29T00:00', '2026-03-30T00:00')).toBe(0);
    expect(due(calendar, '2026-03-29T00:00', 1)).toBe('2026-04-05T00:01:00Z');
    expect(nextOpening(calendar, at('2026-03-28T23:00:00Z'))?.toString()).toBe('2026-04-05T00:00:00Z');
  });

  it('cuts a window that reaches into the skipped hour', () => {
    const calendar = aCalendar('Europe/Berlin', 'Sun 01:30-02:30');
    expect(minutes(calendar, '2026-03-29T00:00', '2026-03-30T00:00')).toBe(30);
  });

  it('counts the hour that comes twice both times', () => {
    const calendar = aCalendar('Europe/Berlin', 'Sun 02:00-03:00');
    expect(minutes(calendar, '2026-10-25T00:00', '2026-10-26T00:00')).toBe(120);
    expect(due(calendar, '2026-10-25T00:00', 90)).toBe('2026-10-25T01:30:00Z');
  });

  it('opens twice when a window ends within the hour that comes twice', () => {
    const calendar = aCalendar('Europe/Berlin', 'Sun 01:30-02:30');
    expect(minutes(calendar, '2026-10-25T00:00', '2026-10-26T00:00')).toBe(90);
    expect(nextChange(calendar, at('2026-10-25T00:00:00Z'))?.toString()).toBe('2026-10-25T00:30:00Z');
    expect(nextChange(calendar, at('2026-10-25T00:30:00Z'))?.toString()).toBe('2026-10-25T01:00:00Z');
    expect(nextChange(calendar, at('2026-10-25T01:00:00Z'))?.toString()).toBe('2026-10-25T01:30:00Z');
  });

  it('follows the half hour by which Lord Howe changes', () => {
    const calendar = aCalendar('Australia/Lord_Howe', 'Sun 00:00-06:00');
    expect(minutes(calendar, '2026-04-05T00:00', '2026-04-05T12:00')).toBe(390);
    expect(minutes(calendar, '2026-10-04T00:00', '2026-10-04T12:00')).toBe(330);
  });

  it('knows no 30 December 2011 in Apia', () => {
    const calendar = aCalendar('Pacific/Apia', '24/7', { holidays: ['2011-12-30'] });
    expect(minutes(calendar, '2011-12-29T00:00', '2012-01-01T00:00')).toBe(2 * 1440);
  });
});

describe('the next change', () => {
  const calendar = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-12:00 12:00-17:00', { holidays: ['2026-09-14'] });

  it('is the closing when open, across windows that touch', () => {
    expect(nextChange(calendar, local('2026-09-11T10:00', 'Europe/Berlin'))?.toString()).toBe('2026-09-11T15:00:00Z');
  });

  it('is the opening when closed, behind weekend and holiday', () => {
    expect(nextChange(calendar, local('2026-09-11T17:00', 'Europe/Berlin'))?.toString()).toBe('2026-09-15T07:00:00Z');
  });

  it('never comes without a calendar, nor in one that never closes again', () => {
    const always = aCalendar('UTC', '24/7', { holidays: ['2026-09-14'] });
    expect(nextChange(null, at('2026-09-11T10:00:00Z'))).toBeNull();
    expect(nextChange(always, at('2026-09-11T10:00:00Z'))?.toString()).toBe('2026-09-14T00:00:00Z');
    expect(nextChange(always, at('2026-09-15T10:00:00Z'))).toBeNull();
  });

  it('leaves a moment that is open already as it is', () => {
    const open = at('2026-09-11T10:00:00.123456Z');
    expect(nextOpening(calendar, open)?.equals(open)).toBe(true);
    expect(nextOpening(null, open)?.equals(open)).toBe(true);
  });
});

describe('open time, compared with stepping minute by minute', () => {
  it('is the same between any two minutes', () => {
    fc.assert(
      fc.property(someCalendar(), fc.integer({ min: 0, max: 4000 }), ({ calendar, around }, length) => {
        const to = around + length * MINUTE;
        const counted = openTimeBetween(calendar, instant(around), instant(to));
        expect(counted / MINUTE).toBe(stepBetween(wallOf(calendar), around, to));
      }),
      { numRuns: 120 },
    );
  });

  it('is used up at the same minute', () => {
    fc.assert(
      fc.property(someCalendar(), fc.integer({ min: 0, max: 1500 }), ({ calendar, around }, count) => {
        const horizon = around + 4 * DAY;
        const stepped = stepFrom(wallOf(calendar), around, { minutes: count, horizon });
        const reached = addOpenTime(calendar, instant(around), count * MINUTE)?.epochMilliseconds ?? null;
        if (stepped === null) expect(reached === null || reached > horizon).toBe(true);
        else expect(reached).toBe(stepped);
      }),
      { numRuns: 120 },
    );
  });

  it('is open at the same minutes, and changes when they change', () => {
    fc.assert(
      fc.property(someCalendar(), ({ calendar, around }) => {
        const wall = wallOf(calendar);
        expect(isOpenAt(calendar, instant(around))).toBe(wall(around));
        const change = nextChange(calendar, instant(around))?.epochMilliseconds ?? Infinity;
        const until = Math.min(change, around + 2 * DAY);
        for (let minute = around; minute < until; minute += MINUTE) expect(wall(minute)).toBe(wall(around));
        if (change === until) expect(wall(change)).toBe(!wall(around));
      }),
      { numRuns: 60 },
    );
  });
});

describe('adding and counting open time', () => {
  it('are inverse, to the millisecond and over months', () => {
    const length = fc.integer({ min: 1, max: 45 * DAY });
    fc.assert(
      fc.property(someCalendar(), length, fc.integer({ min: 0, max: MINUTE }), ({ calendar, around }, ms, offset) => {
        const from = instant(around + offset);
        const reached = addOpenTime(calendar, from, ms);
        if (reached === null) return;
        expect(openTimeBetween(calendar, from, reached)).toBe(ms);
        expect(openTimeBetween(calendar, from, reached.subtract({ milliseconds: 1 }))).toBe(ms - 1);
      }),
      { numRuns: 400 },
    );
  });

  it('add up over any moment between', () => {
    fc.assert(
      fc.property(someCalendar(), someMinute(), someMinute(), ({ calendar, around }, one, other) => {
        const [middle, end] = [around + Math.min(one, other), around + Math.max(one, other)].map(instant);
        if (middle === undefined || end === undefined) return;
        const parts = openTimeBetween(calendar, instant(around), middle) + openTimeBetween(calendar, middle, end);
        expect(parts).toBe(openTimeBetween(calendar, instant(around), end));
      }),
      { numRuns: 400 },
    );
  });
});

function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}
