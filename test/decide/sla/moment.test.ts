import { describe, expect, it } from 'vitest';
import { earlier, instantAt, isSame, later, localTime } from '../../../src/decide/sla/moment.ts';
import { at } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';
import { someCalendar } from './arbitraries.ts';

describe('a local time', () => {
  it('is written as people read it, with its zone', () => {
    expect(localTime(at('2026-04-17T07:45:59.999Z').epochMilliseconds, 'Europe/Amsterdam')).toBe(
      'Fri 17 Apr 09:45 (Europe/Amsterdam)',
    );
    expect(localTime(at('2024-02-29T00:00:00Z').epochMilliseconds, 'UTC')).toBe('Thu 29 Feb 00:00 (UTC)');
  });

  it('is what the calendar says, at any time and in any zone', () => {
    // From 1700 on: further back, the reference writes dates of the Julian calendar.
    const anyTime = fc.integer({ min: -8_500_000_000_000, max: 60_000_000_000_000 });
    fc.assert(
      fc.property(someCalendar(), anyTime, ({ calendar: { timeZone }, around }, moment) => {
        for (const ms of [around, moment]) {
          const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
          const [weekday, month] = [
            local.toLocaleString('en', { weekday: 'short' }),
            local.toLocaleString('en', { month: 'short' }),
          ];
          const time = local.toPlainTime().toString().slice(0, 5);
          expect(localTime(ms, timeZone)).toBe(`${weekday} ${local.day} ${month} ${time} (${timeZone})`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('moments', () => {
  const [one, other] = [at('2026-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z')];

  it('are compared, and a missing one is earlier than all', () => {
    expect([earlier(one, other), earlier(other, one)]).toEqual([one, one]);
    expect([later(one, other), later(null, other), later(one, null), later(null, null)]).toEqual([
      other,
      other,
      one,
      null,
    ]);
    expect([isSame(one, at('2026-01-01T00:00:00Z')), isSame(one, null), isSame(null, null)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are made only when the known one says something else', () => {
    expect(instantAt(one.epochMilliseconds, one)).toBe(one);
    expect(instantAt(other.epochMilliseconds, one)).toEqual(other);
    expect(instantAt(null, one)).toBeNull();
  });
});
