import { describe, expect, it } from 'vitest';
import { openTimeBetween } from '../../src/decide/sla/calendar.ts';
import { createHours } from '../../src/demo/hours.ts';
import { aCalendar, at } from '../support/builders.ts';
import { fc } from '../support/properties.ts';

const OFFICE = aCalendar('Europe/Amsterdam', 'Mon-Fri 09:00-18:00', { name: 'office' });
const HOURS = createHours({ office: OFFICE, extended: OFFICE });

describe('hours', () => {
  it('counts back over a weekend', () => {
    const monday = at('2026-11-16T09:30:00Z');
    expect(HOURS.before(monday, 100, 'office')).toEqual(at('2026-11-13T16:50:00Z'));
  });

  it('counts back from a closed moment', () => {
    expect(HOURS.before(at('2026-11-15T12:00:00Z'), 60, 'office')).toEqual(at('2026-11-13T16:00:00Z'));
  });

  it('counts every minute of those who are always there', () => {
    expect(HOURS.before(at('2026-11-15T12:00:00Z'), 60, 'always')).toEqual(at('2026-11-15T11:00:00Z'));
  });

  it('lets customers sleep', () => {
    expect(HOURS.after(at('2026-11-15T21:00:00Z'), 60, 'awake')).toEqual(at('2026-11-16T06:30:00Z'));
  });

  it('finds the last minute that is early enough', () => {
    const moments = fc.integer({ min: 1_780_000_000, max: 1_800_000_000 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 5000 }), (seconds, minutes) => {
        const end = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
        const begin = HOURS.before(end, minutes, 'office');
        const counted = (from: Temporal.Instant) => openTimeBetween(OFFICE, from, end) / 60_000;
        return counted(begin) >= minutes && counted(begin.add({ minutes: 1 })) < minutes;
      }),
    );
  });
});
