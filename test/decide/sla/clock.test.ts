import { describe, expect, it } from 'vitest';
import type { Clock, ClockEvent } from '../../../src/domain/clock.ts';
import { revive } from '../../../src/kit/json.ts';
import type { Calendar } from '../../../src/decide/sla/calendar.ts';
import { type ClockReading, readClock } from '../../../src/decide/sla/clock.ts';
import { aCalendar, at, local } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { aClock, someCalendar, someEvents, someMinute } from './arbitraries.ts';
import { MINUTE, stepClock, wallOf } from './minute-stepper.ts';

/** A log in local time: `log('Europe/Berlin', '2026-09-07T09:00 start')`; `target 600` sets a target. */
function log(timeZone: string, ...lines: readonly string[]): ClockEvent[] {
  return lines.map((line) => {
    const [when = '', what = '', minutes] = line.split(' ');
    const moment = local(when, timeZone);
    if (what === 'target') return { type: 'set_target', at: moment, targetMinutes: Number(minutes) };
    return { type: what as 'start', at: moment };
  });
}

/** What the worked examples say of a reading. */
function summary({ dueAt, breachedAt, state, elapsedMinutes }: ClockReading) {
  return { dueAt: dueAt?.toString() ?? null, breachedAt: breachedAt?.toString() ?? null, state, elapsedMinutes };
}

function read(calendar: Calendar | null, targetMinutes: number, given: { events: ClockEvent[]; now?: string }) {
  const now = given.now === undefined ? given.events.at(-1)?.at : local(given.now, calendar?.timeZone ?? 'UTC');
  return readClock(aClock({ targetMinutes, events: given.events }), calendar, now ?? at('2026-01-01T00:00:00Z'));
}

describe('the worked examples', () => {
  it('W1: goes on in the morning, and is met', () => {
    const events = log('Europe/Amsterdam', '2026-04-16T16:45 start', '2026-04-17T09:30 stop');
    expect(summary(read(aCalendar('Europe/Amsterdam'), 60, { events }))).toEqual({
      dueAt: '2026-04-17T07:45:00Z',
      breachedAt: null,
      state: 'met',
      elapsedMinutes: 45,
    });
  });

  it('W2: leaves out a holiday, and is breached before the stop', () => {
    const calendar = aCalendar('America/Chicago', 'Mon-Fri 08:00-18:00', { holidays: ['2026-05-25'] });
    const events = log('America/Chicago', '2026-05-22T16:00 start', '2026-05-26T10:20 stop');
    expect(summary(read(calendar, 240, { events }))).toEqual({
      dueAt: '2026-05-26T15:00:00Z',
      breachedAt: '2026-05-26T15:00:00Z',
      state: 'breached',
      elapsedMinutes: 260,
    });
  });

  it('W3: goes on after a weekend in which the clocks went back', () => {
    const events = log('America/New_York', '2026-10-30T16:00 start', '2026-11-02T09:45 stop');
    expect(summary(read(aCalendar('America/New_York'), 120, { events }))).toEqual({
      dueAt: '2026-11-02T15:00:00Z',
      breachedAt: null,
      state: 'met',
      elapsedMinutes: 105,
    });
  });

  it('W4: counts real minutes in calendar time over the night of 25 hours', () => {
    const events = log('Europe/Berlin', '2026-10-24T20:00 start');
    const reading = readClock(aClock({ targetMinutes: 720, events }), null, local('2026-10-25T08:00', 'Europe/Berlin'));
    expect(summary(reading)).toEqual({
      dueAt: '2026-10-25T06:00:00Z',
      breachedAt: '2026-10-25T06:00:00Z',
      state: 'breached',
      elapsedMinutes: 780,
    });
  });

  it('W5: leaves out lunch, and is due at closing time', () => {
    const calendar = aCalendar('Europe/Madrid', 'Mon-Fri 09:00-14:00 16:00-19:00');
    const events = log('Europe/Madrid', '2026-07-14T12:00 start');
    expect(summary(read(calendar, 300, { events, now: '2026-07-14T18:00' }))).toEqual({
      dueAt: '2026-07-14T17:00:00Z',
      breachedAt: null,
      state: 'running',
      elapsedMinutes: 240,
    });
  });

  it('W6: stands still while paused', () => {
    const events = log(
      'Europe/Berlin',
      '2026-09-10T13:00 start',
      '2026-09-11T10:00 pause',
      '2026-09-14T15:00 resume',
      '2026-09-15T09:30 stop',
    );
    expect(summary(read(aCalendar('Europe/Berlin'), 480, { events }))).toEqual({
      dueAt: '2026-09-15T08:00:00Z',
      breachedAt: null,
      state: 'met',
      elapsedMinutes: 450,
    });
  });

  it('W7: keeps the minutes counted when the target is tightened', () => {
    const events = log(
      'Europe/Berlin',
      '2026-09-07T09:00 start',
      '2026-09-08T10:00 target 600',
      '2026-09-08T11:30 stop',
    );
    expect(summary(read(aCalendar('Europe/Berlin'), 1440, { events }))).toEqual({
      dueAt: '2026-09-08T09:00:00Z',
      breachedAt: '2026-09-08T09:00:00Z',
      state: 'breached',
      elapsedMinutes: 630,
    });
  });

  it('W8: goes on counting after a reopening, without the time in between', () => {
    const events = log(
      'UTC',
      '2026-02-02T08:00 start',
      '2026-02-02T13:00 stop',
      '2026-02-04T09:00 reopen',
      '2026-02-04T12:00 stop',
    );
    expect(summary(read(null, 600, { events }))).toEqual({
      dueAt: '2026-02-04T14:00:00Z',
      breachedAt: null,
      state: 'met',
      elapsedMinutes: 480,
    });
  });
});

describe('due and breach', () => {
  const office = aCalendar('Europe/Berlin');

  it('stays at closing time, and is breached there when nobody acts by then (rule 3)', () => {
    const events = log('Europe/Berlin', '2026-09-11T16:00 start');
    const reading = read(office, 60, { events, now: '2026-09-12T12:00' });
    expect(summary(reading)).toMatchObject({ dueAt: '2026-09-11T15:00:00Z', breachedAt: '2026-09-11T15:00:00Z' });
  });

  it('is met by what is done at the very moment, and missed a millisecond later (rule 4)', () => {
    const start = log('Europe/Berlin', '2026-09-10T13:00 start');
    const onTime = read(office, 60, { events: [...start, ...log('Europe/Berlin', '2026-09-10T14:00 stop')] });
    const late = read(office, 60, { events: [...start, ...log('Europe/Berlin', '2026-09-10T14:00:00.001 stop')] });
    expect([onTime.state, onTime.breachedAt]).toEqual(['met', null]);
    expect([late.state, late.breachedAt?.toString()]).toEqual(['breached', '2026-09-10T12:00:00Z']);
  });

  it('computes the breach, whenever somebody looks (rule 5)', () => {
    const events = log('Europe/Berlin', '2026-09-10T13:00 start');
    for (const now of ['2026-09-10T14:00', '2026-09-10T16:03', '2027-03-01T00:00']) {
      expect(read(office, 60, { events, now }).breachedAt?.toString()).toBe('2026-09-10T12:00:00Z');
    }
  });

  it('keeps a breach that was recorded, whatever calendar it is read with later (rule 5)', () => {
    const events = log('Europe/Berlin', '2026-09-10T13:00 start');
    const clock = aClock({ targetMinutes: 60, events, breachedAt: at('2026-09-10T12:00:00Z') });
    const closed = aCalendar('Europe/Berlin', 'Mon-Fri 09:00-17:00', { holidays: ['2026-09-10'] });
    const reading = readClock(clock, closed, local('2026-09-11T09:30', 'Europe/Berlin'));
    expect([reading.state, reading.breachedAt?.toString()]).toEqual(['breached', '2026-09-10T12:00:00Z']);
    expect(reading.dueAt?.toString()).toBe('2026-09-11T08:00:00Z');
  });

  it('is breached at the change when a lower target finds the minutes gone (rule 6)', () => {
    const events = log('Europe/Berlin', '2026-09-10T09:00 start', '2026-09-10T14:00 target 120');
    const reading = read(office, 480, { events, now: '2026-09-10T15:00' });
    expect(summary(reading)).toMatchObject({ dueAt: '2026-09-10T12:00:00Z', breachedAt: '2026-09-10T12:00:00Z' });
    expect(reading.breachCause).toBe('target_tightened');
  });

  it('moves the due time by a higher target, but not a breach that has been (rule 6)', () => {
    const events = log('Europe/Berlin', '2026-09-10T09:00 start', '2026-09-10T14:00 target 480');
    const reading = read(office, 60, { events, now: '2026-09-10T15:00' });
    expect(summary(reading)).toMatchObject({ dueAt: '2026-09-10T15:00:00Z', breachedAt: '2026-09-10T08:00:00Z' });
    expect(reading.breachCause).toBe('used_up');
  });

  it('keeps the old due time out of it when the target is raised at that very moment', () => {
    const events = log('Europe/Berlin', '2026-09-10T09:00 start', '2026-09-10T10:00 target 120');
    expect(summary(read(office, 60, { events, now: '2026-09-10T10:30' }))).toMatchObject({
      dueAt: '2026-09-10T09:00:00Z',
      breachedAt: null,
    });
  });

  it('lets a reopening after the last minute be late at once, by the due time of the first life (rule 8)', () => {
    const events = log('UTC', '2026-02-02T08:00 start', '2026-02-02T09:00 stop', '2026-02-03T08:00 reopen');
    expect(summary(read(null, 60, { events, now: '2026-02-03T08:00' }))).toEqual({
      dueAt: '2026-02-02T09:00:00Z',
      breachedAt: '2026-02-03T08:00:00Z',
      state: 'breached',
      elapsedMinutes: 60,
    });
  });

  it('remembers when it was due, although it was paused and resolved at that very moment', () => {
    const events = log('UTC', '2026-02-02T08:00 start', '2026-02-02T09:00 pause', '2026-02-02T09:00 stop');
    expect(read(null, 60, { events, now: '2026-02-03T08:00' })).toMatchObject({ state: 'met', elapsedMinutes: 60 });
    const reopened = [...events, ...log('UTC', '2026-02-03T08:00 reopen')];
    expect(summary(read(null, 60, { events: reopened, now: '2026-02-03T09:00' }))).toMatchObject({
      dueAt: '2026-02-02T09:00:00Z',
      breachedAt: '2026-02-03T08:00:00Z',
    });
  });

  it('knows what was due of a clock that was stopped as it started', () => {
    const events = log('UTC', '2026-02-02T08:00 start', '2026-02-02T08:00 stop');
    expect(summary(read(null, 60, { events }))).toMatchObject({ dueAt: '2026-02-02T09:00:00Z', state: 'met' });
  });

  it('lets a target that was set after the stop wait for a reopening', () => {
    const events = log('UTC', '2026-02-02T08:00 start', '2026-02-02T08:50 stop', '2026-02-02T09:00 target 10');
    expect(read(null, 60, { events, now: '2026-02-03T08:00' }).state).toBe('met');
    const reopened = [...events, ...log('UTC', '2026-02-03T08:00 reopen')];
    expect(read(null, 60, { events: reopened, now: '2026-02-03T09:00' }).breachedAt?.toString()).toBe(
      '2026-02-03T08:00:00Z',
    );
  });

  it('has no due time in a calendar that never opens', () => {
    const reading = read(aCalendar('UTC', ''), 60, { events: log('UTC', '2026-02-02T08:00 start') });
    expect([reading.state, reading.dueAt, reading.warnDueAt]).toEqual(['running', null, null]);
  });
});

describe('a pause', () => {
  const office = aCalendar('Europe/Berlin');
  const paused = log('Europe/Berlin', '2026-09-10T09:00 start', '2026-09-10T10:00 pause');

  it('leaves no due time, only minutes (rule 7)', () => {
    const reading = read(office, 480, { events: paused, now: '2026-09-15T10:00' });
    expect([reading.state, reading.dueAt, reading.remainingMinutes]).toEqual(['paused', null, 420]);
  });

  it('does not help when the minutes are used up (rule 7)', () => {
    const reading = read(office, 60, { events: paused, now: '2026-09-10T12:00' });
    expect(summary(reading)).toMatchObject({
      state: 'breached',
      dueAt: '2026-09-10T08:00:00Z',
      breachedAt: '2026-09-10T08:00:00Z',
    });
  });

  it('and a resumption that come twice count once (rule 7)', () => {
    const once = [...paused, ...log('Europe/Berlin', '2026-09-11T10:00 resume')];
    const twice = [...paused, ...log('Europe/Berlin', '2026-09-10T11:00 pause'), ...once.slice(2), ...once.slice(2)];
    const now = '2026-09-11T12:00';
    expect(summary(read(office, 480, { events: twice, now }))).toEqual(
      summary(read(office, 480, { events: once, now })),
    );
  });

  it('before the start, or after the stop, changes nothing', () => {
    const events = log(
      'UTC',
      '2026-02-02T07:00 pause',
      '2026-02-02T07:30 resume',
      '2026-02-02T08:00 start',
      '2026-02-02T08:30 stop',
      '2026-02-02T08:40 pause',
    );
    expect(read(null, 60, { events, now: '2026-02-02T12:00' })).toMatchObject({ state: 'met', elapsedMinutes: 30 });
  });
});

describe('the moment to warn', () => {
  const office = aCalendar('Europe/Berlin');

  it('comes at a share of the target, in open minutes (rule 12)', () => {
    const reading = read(office, 60, { events: log('Europe/Berlin', '2026-09-10T16:30 start') });
    expect(reading.warnDueAt?.toString()).toBe('2026-09-11T07:18:00Z');
  });

  it('is unknown while the clock stands still before it', () => {
    const events = log('Europe/Berlin', '2026-09-10T09:00 start', '2026-09-10T09:10 pause');
    expect(read(office, 60, { events, now: '2026-09-10T12:00' }).warnDueAt).toBeNull();
  });
});

describe('a result that was written down', () => {
  const stop = (minutes: number, dueAt: string): ClockEvent => ({
    type: 'stop',
    at: at('2026-02-02T09:00:00Z'),
    result: { countedMinutes: minutes, dueAt: at(dueAt) },
  });
  const start = log('UTC', '2026-02-02T08:00 start');

  it('stands whatever the calendar says later', () => {
    const events = [...start, stop(45, '2026-02-02T09:15:00Z')];
    expect(summary(read(aCalendar('UTC', 'Mon 10:00-12:00'), 60, { events, now: '2026-03-01T00:00' }))).toEqual({
      dueAt: '2026-02-02T09:15:00Z',
      breachedAt: null,
      state: 'met',
      elapsedMinutes: 45,
    });
  });

  it('is what a reopening goes on from', () => {
    const events = [...start, stop(45, '2026-02-02T09:15:00Z'), ...log('UTC', '2026-02-04T09:00 reopen')];
    expect(summary(read(null, 60, { events, now: '2026-02-04T09:05' }))).toMatchObject({
      dueAt: '2026-02-04T09:15:00Z',
      elapsedMinutes: 50,
    });
  });

  it('keeps its due time after a reopening when that had passed', () => {
    const events = [...start, stop(60, '2026-02-02T08:50:00Z'), ...log('UTC', '2026-02-04T09:00 reopen')];
    expect(read(null, 50, { events, now: '2026-02-04T09:05' }).dueAt?.toString()).toBe('2026-02-02T08:50:00Z');
  });

  it('gives way to news of an earlier stop', () => {
    const events = [...start, stop(45, '2026-02-02T09:15:00Z'), ...log('UTC', '2026-02-02T08:20 stop')];
    expect(read(null, 60, { events, now: '2026-02-02T12:00' })).toMatchObject({ state: 'met', elapsedMinutes: 20 });
  });
});

describe('minutes counted under another calendar', () => {
  const events: ClockEvent[] = [
    ...log('UTC', '2026-02-06T16:00 start'),
    { type: 'set_target', at: at('2026-02-07T10:00:00Z'), targetMinutes: 240, countedMinutes: 60 },
  ];

  it('are kept when a policy brings a new one (rule 6)', () => {
    expect(summary(read(null, 480, { events, now: '2026-02-07T11:00' }))).toEqual({
      dueAt: '2026-02-07T13:00:00Z',
      breachedAt: null,
      state: 'running',
      elapsedMinutes: 120,
    });
  });
});

describe('a clock, compared with stepping minute by minute', () => {
  const someLife = () => fc.record({ where: someCalendar(), targetMinutes: fc.integer({ min: 1, max: 900 }) });

  it('stands as the log says (rules 3 to 8)', () => {
    fc.assert(
      fc.property(someLife(), someEvents(), fc.boolean(), (life, steps, isAlwaysOpen) => {
        const { calendar, around } = life.where;
        const events = steps(around);
        const now = around + 5000 * MINUTE;
        const clock = aClock({ targetMinutes: life.targetMinutes, events });
        const hours = isAlwaysOpen ? null : calendar;
        const stepped = stepClock(clock, wallOf(hours), { now, horizon: now + 3000 * MINUTE });
        const reading = readClock(clock, hours, instant(now));
        expect(reading.phase).toBe(stepped.phase);
        expect(reading.elapsedMinutes).toBe(stepped.elapsedMinutes);
        expect(reading.breachedAt?.epochMilliseconds ?? null).toBe(stepped.breachedAt);
        const due = reading.dueAt?.epochMilliseconds ?? null;
        if (stepped.dueAt === undefined) expect(due === null || due > now + 3000 * MINUTE).toBe(true);
        else expect(due).toBe(stepped.dueAt);
      }),
      { numRuns: 120 },
    );
  });

  it('is the same in whatever order its events were written, however often, and through JSON', () => {
    fc.assert(
      fc.property(someLife(), someEvents(), fc.nat(), ({ where, targetMinutes }, steps, turn) => {
        const events = distinctMoments(steps(where.around));
        const now = instant(where.around + 5000 * MINUTE);
        const told = [...events.slice(turn % events.length), ...events.slice(0, turn % events.length), ...events];
        const clock = aClock({ targetMinutes, events });
        const retold = revive<Clock>(JSON.parse(JSON.stringify(aClock({ targetMinutes, events: told }))));
        expect(readClock(retold, where.calendar, now)).toEqual(readClock(clock, where.calendar, now));
      }),
      { numRuns: 120 },
    );
  });

  it('never moves its due time by waiting, nor its breach', () => {
    fc.assert(
      fc.property(someLife(), someEvents(), someMinute(), ({ where, targetMinutes }, steps, wait) => {
        const events = steps(where.around);
        const clock = aClock({ targetMinutes, events });
        const last = events.reduce((latest, event) => Math.max(latest, event.at.epochMilliseconds), where.around);
        const early = readClock(clock, where.calendar, instant(last));
        const late = readClock(clock, where.calendar, instant(last + wait));
        expect(late.dueAt?.epochMilliseconds).toBe(early.dueAt?.epochMilliseconds);
        if (early.breachedAt !== null) expect(late.breachedAt?.equals(early.breachedAt)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('is not changed by pausing and resuming at once', () => {
    fc.assert(
      fc.property(someLife(), someMinute(), someMinute(), ({ where, targetMinutes }, moment, wait) => {
        const start: ClockEvent = { type: 'start', at: instant(where.around) };
        const pause: ClockEvent = { type: 'pause', at: instant(where.around + moment) };
        const now = instant(where.around + moment + wait);
        const plain = aClock({ targetMinutes, events: [start] });
        const touched = aClock({ targetMinutes, events: [start, pause, { ...pause, type: 'resume' }] });
        expect(readClock(touched, where.calendar, now)).toEqual(readClock(plain, where.calendar, now));
      }),
      { numRuns: 200 },
    );
  });

  it('is due later by what it stood still in open time, and never earlier', () => {
    fc.assert(
      fc.property(someLife(), someMinute(), someMinute(), ({ where, targetMinutes }, moment, length) => {
        const [pausedAt, resumedAt] = [where.around + moment, where.around + moment + length].map(instant);
        if (pausedAt === undefined || resumedAt === undefined) return;
        const start: ClockEvent = { type: 'start', at: instant(where.around) };
        const plain = readClock(aClock({ targetMinutes, events: [start] }), where.calendar, resumedAt);
        const touched = readClock(
          aClock({
            targetMinutes,
            events: [start, { type: 'pause', at: pausedAt }, { type: 'resume', at: resumedAt }],
          }),
          where.calendar,
          resumedAt,
        );
        if (touched.dueAt === null || plain.dueAt === null) return;
        expect(Temporal.Instant.compare(touched.dueAt, plain.dueAt)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});

/** Of events at one moment the written order counts, so that shuffling them would tell another story. */
function distinctMoments(events: readonly ClockEvent[]): readonly ClockEvent[] {
  const seen = new Set<number>();
  return events.filter(({ at: { epochMilliseconds } }) => !seen.has(epochMilliseconds) && seen.add(epochMilliseconds));
}

function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}
