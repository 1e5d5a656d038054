import { describe, expect, it } from 'vitest';
import type { Assumptions } from '../../../src/config/reports.ts';
import { differenceOf, mayBeChance } from '../../../src/reports/value/difference.ts';
import { type Counted, moneyOf, savingsOf, totalOf } from '../../../src/reports/value/savings.ts';
import { whatIf } from '../../../src/reports/value/what-if.ts';

const ASSUMED: Assumptions & { triageMinutes: number } = {
  triageMinutes: 4,
  correctionMinutes: 2,
  reassignmentMinutes: 6,
  meetingsBefore: 300,
  meetingsNow: 120,
  hourCost: 40,
  runningCost: 30.4375,
  currency: 'EUR',
};

const MONTH: Counted = {
  placed: 300,
  putRight: 20,
  givenToSomebody: 250,
  fewerReassignments: { value: 0.4, low: 0.2, high: 0.6 },
  days: 28,
};

describe('what is saved', () => {
  it('is each part by its formula, with its numbers', () => {
    expect(
      savingsOf(MONTH, ASSUMED).map(({ id, minutes, low, high, formula }) => [id, minutes, low, high, formula]),
    ).toEqual([
      ['triage', 1200, 1200, 1200, '300 tickets placed by rules and models × 4 min'],
      ['corrections', -40, -40, -40, '−20 tickets put right × 2 min'],
      ['reassignments', 600, 300, 900, '0.40 fewer a ticket × 250 tickets given to somebody × 6 min'],
      ['meetings', 720, 720, 720, '(5 h − 2 h) a week × 4.0 weeks'],
    ]);
  });

  it('takes nothing away for nothing', () => {
    const [, corrections] = savingsOf({ ...MONTH, putRight: 0 }, ASSUMED);
    expect(corrections).toMatchObject({ minutes: 0, formula: '0 tickets put right × 2 min' });
  });

  it('adds up, from its least to its most', () => {
    expect(totalOf(savingsOf(MONTH, ASSUMED))).toEqual({ minutes: 2480, low: 2180, high: 2780 });
  });

  it('leaves out what nobody can tell, and says so', () => {
    const savings = savingsOf({ ...MONTH, fewerReassignments: null }, ASSUMED);
    expect(savings[2]).toMatchObject({
      minutes: null,
      formula: 'nobody knows how often before × 250 tickets given to somebody × 6 min',
    });
    expect(totalOf(savings).minutes).toBe(1880);
  });

  it('is money where an hour has a price, less what the desk itself costs', () => {
    const total = { minutes: 600, low: 300, high: 900 };
    expect(moneyOf(total, ASSUMED, 28)).toEqual({
      currency: 'EUR',
      saved: 400,
      running: 28,
      net: 372,
      low: 172,
      high: 572,
    });
    expect(moneyOf(total, { ...ASSUMED, hourCost: null }, 28)).toBeNull();
  });
});

describe('the interval of a difference', () => {
  const side = (value: number, low: number | null, high: number | null) => ({ value, low, high, tickets: 100 });

  it('is made of those of its sides, by squares', () => {
    expect(differenceOf(side(100, 70, 140), side(60, 20, 90))).toEqual({
      value: 40,
      low: 40 - Math.hypot(30, 30),
      high: 40 + Math.hypot(40, 40),
    });
  });

  it('is that of the other side, where one is exact', () => {
    expect(differenceOf(side(100, 100, 100), side(60, 50, 75))).toEqual({ value: 40, low: 25, high: 50 });
  });

  it('is unknown where a side has none', () => {
    expect(differenceOf(side(100, null, null), side(60, 50, 75))).toEqual({ value: 40, low: null, high: null });
  });

  it('tells whether chance alone may have made it', () => {
    expect(mayBeChance({ value: 5, low: -1, high: 11 })).toBe(true);
    expect(mayBeChance({ value: 5, low: 1, high: 9 })).toBe(false);
    expect(mayBeChance({ value: 5, low: null, high: null })).toBe(false);
  });
});

describe('what somebody tries instead', () => {
  const asked = (query: Readonly<Record<string, string>>) => whatIf(ASSUMED, (name) => query[name] ?? '');

  it('counts in place of what is written, and is named', () => {
    expect(asked({ triage: '7.5', hour: '55' })).toEqual({
      assumptions: { ...ASSUMED, triageMinutes: 7.5, hourCost: 55 },
      tried: ['triage', 'hour'],
    });
  });

  it.each(['', '-3', '1e9', 'NaN', '99999999', '4'])('is as if it were left out where it says "%s"', (triage) => {
    expect(asked({ triage })).toEqual({ assumptions: ASSUMED, tried: [] });
  });
});
