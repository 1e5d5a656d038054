import { describe, expect, it } from 'vitest';
import { hourShares, peopleNeeded, whenOpen } from '../../../src/reports/ahead/staffing.ts';

describe('how many people are needed', () => {
  it('is what the tables of call centres say: 200 an hour of three minutes, 80 % within 20 seconds, takes 14', () => {
    expect(peopleNeeded(200, { handlingMinutes: 3, withinMinutes: 20 / 60, share: 0.8 })).toBe(14);
  });

  it.each([
    [0, 0],
    [0.5, 1],
    [4, 2],
    [40, 11],
  ])(
    'is, for %s tickets an hour of a quarter of an hour each, begun within the hour for 80 %%, %s',
    (perHour, people) => {
      expect(peopleNeeded(perHour, { handlingMinutes: 15, withinMinutes: 60, share: 0.8 })).toBe(people);
    },
  );

  it('is never fewer for more tickets, or for less patience', () => {
    const goal = { handlingMinutes: 20, withinMinutes: 30, share: 0.9 };
    const needed = Array.from({ length: 60 }, (_, perHour) => peopleNeeded(perHour, goal));
    expect(needed).toEqual(needed.toSorted((one, other) => one - other));
    expect(peopleNeeded(30, { ...goal, withinMinutes: 1 })).toBeGreaterThanOrEqual(peopleNeeded(30, goal));
  });
});

describe('the hours of a day', () => {
  it('share its tickets, and a day without any has those of all', () => {
    const week = Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (_each, hour) => (day < 5 && hour === 9 ? 4 : 0)),
    );
    const shares = hourShares(week);
    expect(shares[0]?.[9]).toBe(1);
    expect(shares[6]?.[9]).toBe(1);
    for (const day of hourShares([...week.slice(1), [...Array<number>(23).fill(0), 8]])) {
      expect(day.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    }
  });
});

describe('tickets of closed hours', () => {
  it('are there when the next open hour begins, next week for those of the last', () => {
    expect(whenOpen([1, 2, 3, 4, 5], [false, true, true, false, false])).toEqual([0, 12, 3, 0, 0]);
  });

  it('stay where they are when nothing is ever open', () => {
    expect(whenOpen([1, 2], [false, false])).toEqual([1, 2]);
  });
});
