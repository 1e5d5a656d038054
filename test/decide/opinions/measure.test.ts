import { describe, expect, it } from 'vitest';
import { measuredConfidence } from '../../../src/decide/opinions/measure.ts';
import { anOpinion } from '../../support/opinions.ts';
import { fc } from '../../support/properties.ts';

function measured(right: number, known: number, { trust = 0.5, learned = null as number | null } = {}): number {
  const opinion = learned === null ? null : anOpinion({ categories: [{ value: 'billing', confidence: learned }] });
  return measuredConfidence('billing', { record: { right, known }, trust, learned: opinion });
}

describe('how sure a language model is', () => {
  it.each([
    ['before anybody knows, as much as the config trusts it', measured(0, 0), 0.5],
    ['four right answers of four', measured(4, 4), 0.75],
    ['six of six', measured(6, 6), 0.8],
    ['sixteen of sixteen', measured(16, 16), 0.9],
    ['three of six', measured(3, 6), 0.5],
    ['trusted wholly, until it errs', measured(0, 1, { trust: 1 }), 0.8],
    ['trusted not at all', measured(6, 6, { trust: 0 }), 0.6],
    ['what was learned knows as little', measured(4, 4, { learned: 0.5 }), 0.75],
    ['what was learned agrees', measured(4, 4, { learned: 0.8 }), 0.9],
    ['what was learned thinks of something else', measured(16, 16, { learned: 0 }), 0.8],
  ])('%s', (_, confidence, expected) => {
    expect(confidence).toBeCloseTo(expected, 10);
  });

  it('is 0..0.99, more with each right answer, less with each wrong one, and more the more likely what was learned finds it', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const given = fc.record({ right: fc.nat(100), wrong: fc.nat(100), trust: share, learned: share });
    fc.assert(
      fc.property(given, ({ right, wrong, trust, learned }) => {
        const known = right + wrong;
        const before = measured(right, known, { trust, learned });
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThanOrEqual(0.99);
        expect(measured(right + 1, known + 1, { trust, learned })).toBeGreaterThanOrEqual(before - 1e-12);
        expect(measured(right, known + 1, { trust, learned })).toBeLessThanOrEqual(before + 1e-12);
        expect(measured(right, known, { trust, learned: (learned + 1) / 2 })).toBeGreaterThanOrEqual(before - 1e-12);
      }),
    );
  });
});
