import { describe, expect, it } from 'vitest';
import { askerDrift, overrideDrift, volumeDrift } from '../../../src/reports/playbook/drift.ts';
import { createChance } from '../../support/chance.ts';
import { fc } from '../../support/properties.ts';

const STEADY = [10, 14, 12, 9, 11, 13, 12, 10];

describe('a rule that fires more or less than it did', () => {
  it('calls for a review, and says what would have been no surprise', () => {
    expect(volumeDrift(60, STEADY)).toEqual({
      kind: 'volume',
      sentence: 'Fired 60 times in the last 7 days; its weeks before had 11.5, and 1 to 34 would be no surprise.',
    });
    expect(volumeDrift(0, STEADY)?.sentence).toContain('Fired 0 times in the last 7 days');
  });

  it('is left alone while it only swings', () => {
    for (const week of [4, 8, 12, 20, 28]) expect(volumeDrift(week, STEADY)).toBeNull();
  });

  it('is not judged before it has a past', () => {
    expect(volumeDrift(500, [10, 11, 12])).toBeNull();
    expect(volumeDrift(500, [10, 11, 12, 10])).not.toBeNull();
  });

  it('is measured by what is usual, whatever one odd week did', () => {
    expect(volumeDrift(60, [...STEADY.slice(1), 400])).not.toBeNull();
    expect(volumeDrift(12, [...STEADY.slice(1), 400])).toBeNull();
  });

  it('is left alone where it moved by little, however sure that is', () => {
    const large = STEADY.map((week) => week * 1000);
    expect(volumeDrift(15_000, large)).toBeNull();
    expect(volumeDrift(40_000, large)).not.toBeNull();
  });

  it('of rare firings needs a good deal more', () => {
    expect(volumeDrift(4, [0, 0, 1, 0, 0, 0, 1, 0])).toBeNull();
    expect(volumeDrift(12, [0, 0, 1, 0, 0, 0, 1, 0])).not.toBeNull();
  });
});

describe('noise that is steady', () => {
  it('calls for a look in at most one of 1,000 weeks, at every volume and with double the noise of chance', () => {
    const calls: Record<string, number> = {};
    for (const mean of [0.5, 3, 20, 300]) {
      for (const noise of ['chance', 'double'] as const) {
        const chance = createChance(7);
        const week = () => (noise === 'chance' ? poisson(mean, chance) : poisson(gammaLike(mean, chance), chance));
        const alarms = Array.from({ length: 4000 }, () => volumeDrift(week(), Array.from({ length: 8 }, week)));
        calls[`${mean} ${noise}`] = alarms.filter((alarm) => alarm !== null).length;
      }
    }
    expect(Object.values(calls).filter((count) => count > 4)).toEqual([]);
  });

  it('of what people change calls for a look in at most one of 1,000 months', () => {
    for (const share of [0.02, 0.1, 0.4]) {
      const chance = createChance(11);
      const draw = (fired: number) => ({ fired, overridden: binomial(fired, share, chance) });
      const alarms = Array.from({ length: 4000 }, () => overrideDrift(draw(60), draw(120)));
      expect(alarms.filter((alarm) => alarm !== null).length).toBeLessThanOrEqual(4);
    }
  });

  it('calls for a look when it jumps to three times, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 25, max: 500 }), (seed, mean) => {
        const chance = createChance(seed);
        const past = Array.from({ length: 8 }, () => poisson(mean, chance));
        expect(volumeDrift(Math.max(...past) * 3, past)).not.toBeNull();
      }),
    );
  });
});

describe('a rule whose decisions people change', () => {
  it('calls for a review when they do so more often than before', () => {
    expect(overrideDrift({ fired: 40, overridden: 14 }, { fired: 160, overridden: 4 })).toEqual({
      kind: 'overrides',
      sentence:
        'People changed 14 of 40 decisions in the last 28 days (35 %); before it was 4 of 160 (2 %), and up to 10 would be no surprise.',
    });
  });

  it('is left alone where it always was so, or where there is little to go by', () => {
    expect(overrideDrift({ fired: 40, overridden: 14 }, { fired: 160, overridden: 50 })).toBeNull();
    expect(overrideDrift({ fired: 8, overridden: 8 }, { fired: 160, overridden: 0 })).toBeNull();
    expect(overrideDrift({ fired: 40, overridden: 30 }, { fired: 10, overridden: 0 })).toBeNull();
    expect(overrideDrift({ fired: 5000, overridden: 200 }, { fired: 5000, overridden: 50 })).toBeNull();
  });
});

it('names whom a rule meets for the first time', () => {
  const asker = { kind: 'channel', value: 'slack', fired: 12, day: '2026-11-03' } as const;
  expect(askerDrift(asker).sentence).toBe(
    'Fires over the channel “slack” for the first time, since 2026-11-03: 12 times so far.',
  );
  expect(askerDrift({ ...asker, kind: 'tier', value: 'enterprise', fired: 1 }).sentence).toContain(
    'for customers of the tier “enterprise”',
  );
});

type Chance = () => number;

/** Knuth's, in steps that keep the product from vanishing. */
function poisson(mean: number, chance: Chance): number {
  let [left, count, product] = [mean, -1, 1];
  do {
    count += 1;
    product *= chance();
    while (product < 1 && left > 0) {
      const step = Math.min(left, 500);
      product *= Math.exp(step);
      left -= step;
    }
  } while (product > 1);
  return Math.max(0, count);
}

/** A mean that varies itself, so that counts vary twice as much as by chance: a sum of exponentials of mean 1. */
function gammaLike(mean: number, chance: Chance): number {
  const whole = Math.max(1, Math.round(mean));
  const sum = Array.from({ length: whole }, () => -Math.log(1 - chance())).reduce((total, each) => total + each, 0);
  return (sum / whole) * mean;
}

function binomial(count: number, share: number, chance: Chance): number {
  return Array.from({ length: count }, chance).filter((drawn) => drawn < share).length;
}
