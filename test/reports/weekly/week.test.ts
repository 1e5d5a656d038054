import { describe, expect, it } from 'vitest';
import { lastWeek, weekAsked, weekNamed, weeksLater, weekWords } from '../../../src/reports/weekly/week.ts';
import { at } from '../../support/builders.ts';

const ZONE = 'Europe/Berlin';

describe('a week', () => {
  it('goes from Monday to Sunday, and is called as ISO 8601 counts', () => {
    const week = weekNamed('2026-W47', ZONE);
    expect([week?.span.from.toString(), week?.span.until.toString()]).toEqual(['2026-11-16', '2026-11-23']);
    expect(week === null ? null : weekWords(week)).toBe('Week 47, 16 Nov to 22 Nov 2026');
  });

  it.each([
    ['2026-W53', '2026-12-28'],
    ['2025-W01', '2024-12-30'],
    ['2026W01', '2025-12-29'],
  ])('%s begins on %s', (name, from) => {
    expect(weekNamed(name, ZONE)?.span.from.toString()).toBe(from);
  });

  it.each(['2025-W53', '2026-W00', '2026-47', 'W47', '', '2026-W471'])('is none by the name "%s"', (name) => {
    expect(weekNamed(name, ZONE)).toBeNull();
  });

  it.each([
    ['2026-11-22T22:59:00Z', '2026-W46'],
    ['2026-11-22T23:00:00Z', '2026-W47'],
    ['2027-01-04T08:00:00Z', '2026-W53'],
  ])('that was over last at %s is %s, on the clock of the desk', (now, name) => {
    expect(lastWeek(at(now), ZONE).name).toBe(name);
    expect(weekAsked(null, at(now), ZONE)?.name).toBe(name);
  });

  it('has a week before and a week after', () => {
    const week = lastWeek(at('2027-01-04T08:00:00Z'), ZONE);
    expect([weeksLater(week, -1).name, weeksLater(week, 1).name]).toEqual(['2026-W52', '2027-W01']);
    expect(weekWords(week)).toBe('Week 53, 28 Dec 2026 to 3 Jan 2027');
  });
});
