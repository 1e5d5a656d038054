import { describe, expect, it } from 'vitest';
import { type Case, chanceOf, logistic } from '../../../src/knowledge/classifier/logistic.ts';

/** So many cases with one number, of which so many are so. */
function cases(number: number, { so, not }: { so: number; not: number }): Case[] {
  const one = (isSo: boolean) => ({ numbers: Float64Array.of(number), isSo, counts: 1 });
  return [...Array.from({ length: so }, () => one(true)), ...Array.from({ length: not }, () => one(false))];
}

describe('the chance that something is so', () => {
  it('is the share of cases in which it was', () => {
    const learned = logistic([...cases(0, { so: 100, not: 300 }), ...cases(1, { so: 360, not: 40 })]);
    expect(chanceOf(learned, Float64Array.of(0))).toBeCloseTo(0.25, 1);
    expect(chanceOf(learned, Float64Array.of(1))).toBeCloseTo(0.9, 1);
  });

  it('counts a case as often as it says', () => {
    const heavy = cases(0, { so: 1, not: 0 }).map((each) => ({ ...each, counts: 300 }));
    const learned = logistic([...heavy, ...cases(0, { so: 0, not: 100 })]);
    expect(chanceOf(learned, Float64Array.of(0))).toBeCloseTo(0.75, 2);
  });

  it('says nothing wild of what lies far outside', () => {
    const learned = logistic([...cases(0, { so: 30, not: 10 }), ...cases(1, { so: 10, not: 30 })]);
    expect(chanceOf(learned, Float64Array.of(1e9))).toBe(chanceOf(learned, Float64Array.of(1e12)));
    expect(chanceOf(learned, Float64Array.of(1e9))).toBeGreaterThan(0);
  });
});
