import { describe, expect, it } from 'vitest';
import { forecast, HORIZON } from '../../../src/reports/ahead/forecast.ts';
import { createChance } from '../../support/chance.ts';

/** Tickets of a desk that is quiet on Sundays and busy on Mondays, by chance (Poisson), for so many days. */
function aDesk(seed: number, days: number, { level = 20, growth = 0 } = {}): readonly number[] {
  const chance = createChance(seed);
  const pattern = [1.6, 1.2, 1.1, 1.1, 1, 0.6, 0.4];
  return Array.from({ length: days }, (_, day) =>
    poisson(chance, level * (pattern[day % 7] ?? 1) * (1 + (growth * day) / days)),
  );
}

/** By Knuth: multiplies chances until they are less than e to the minus mean. */
function poisson(chance: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, chance()];
  while (product > limit) [count, product] = [count + 1, product * chance()];
  return count;
}

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 1);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('a forecast', () => {
  it('finds the pattern of the week again', () => {
    const days = forecast(aDesk(1, 26 * 7))?.days ?? [];
    expect(days).toHaveLength(HORIZON);
    for (const [day, share] of [1.6, 1.2, 1.1, 1.1, 1, 0.6, 0.4].entries()) {
      expect(Math.abs((days[day]?.expected ?? 0) - 20 * share)).toBeLessThan(4);
    }
  });

  it('errs less than "as a week before", on desks that it has not seen', () => {
    const trials = SEEDS.flatMap((seed) => forecast(aDesk(seed, 26 * 7))?.trial ?? []);
    // Of two draws the mean difference is larger by the root of two than of one from the true mean.
    expect(mean(trials.map(({ error, naiveError }) => error / naiveError))).toBeLessThan(0.8);
  });

  it('has four days in five in its interval', () => {
    const covered = mean(
      SEEDS.map((seed) => {
        const counts = aDesk(seed, 26 * 7);
        const days = forecast(counts.slice(0, -HORIZON))?.days ?? [];
        const came = counts.slice(-HORIZON);
        return mean(
          came.map((count, day) =>
            count >= Math.floor(days[day]?.low ?? 0) && count <= Math.ceil(days[day]?.high ?? 0) ? 1 : 0,
          ),
        );
      }),
    );
    expect(covered).toBeGreaterThan(0.76);
    expect(covered).toBeLessThan(0.92);
  });

  it('follows a desk that grows', () => {
    const counts = aDesk(4, 26 * 7, { growth: 1.5 });
    const expected = mean((forecast(counts)?.days ?? []).map((day) => day.expected));
    expect(expected).toBeGreaterThan(mean(counts.slice(-56)) * 0.95);
  });

  it('is tried with what lay before each week alone', () => {
    const counts = aDesk(5, 20 * 7);
    const before = forecast(counts.slice(0, -7))?.trial.weeks;
    const surprised = forecast([...counts.slice(0, -7), ...counts.slice(-7).map((count) => count + 100)]);
    expect(before).toBe(4);
    // The last of four weeks was foretold without a hint of the flood: it errs by a hundred there.
    expect(surprised?.trial.error).toBeGreaterThan(24);
  });

  it('says nothing before six weeks have passed, and of a silent desk that it stays so', () => {
    expect(forecast(aDesk(1, 41))).toBeNull();
    expect(forecast(Array.from({ length: 70 }, () => 0))?.days[0]).toMatchObject({ expected: 0, low: 0 });
  });

  it('has neither negative numbers nor ends that lie the wrong way round', () => {
    for (const seed of SEEDS) {
      for (const { low, expected, high } of forecast(aDesk(seed, 60, { level: 0.6 }))?.days ?? []) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(expected).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(expected);
      }
    }
  });
});

/** Like any other desk, but for holidays, on which so small a share of the tickets comes: every 25th day, and two to come. */
function aDeskWithHolidays(seed: number, share: number) {
  const days = 26 * 7;
  const isHoliday = Array.from({ length: days + HORIZON }, (_, day) => day % 25 === 10);
  const counts = aDesk(seed, days + HORIZON).map((count, day) =>
    isHoliday[day] === true ? Math.round(count * share) : count,
  );
  return { known: counts.slice(0, days), came: counts.slice(days), isHoliday };
}

describe('a forecast that knows the holidays', () => {
  it('expects of a holiday to come what holidays had, and of all other days what they have', () => {
    const { known, isHoliday } = aDeskWithHolidays(1, 0.25);
    const { days = [], holidayShare = 1 } = forecast(known, isHoliday) ?? {};
    const plain = forecast(aDesk(1, 26 * 7))?.days ?? [];
    expect(holidayShare).toBeGreaterThan(0.2);
    expect(holidayShare).toBeLessThan(0.4);
    // The 186th day is one, a Friday of the second week.
    expect(isHoliday.slice(26 * 7).indexOf(true)).toBe(3);
    for (const [day, { expected }] of days.entries()) {
      const usual = plain[day]?.expected ?? 0;
      expect(Math.abs(expected / usual - (day === 3 ? holidayShare : 1))).toBeLessThan(0.1);
    }
    expect(days[3]?.expected).toBeLessThan(10);
  });

  it('errs less than one that does not know them, on the days themselves and in its trials', () => {
    const errors = SEEDS.map((seed) => {
      const { known, came, isHoliday } = aDeskWithHolidays(seed, 0.25);
      const [knowing, blind] = [forecast(known, isHoliday), forecast(known)];
      const errorOf = (foretold: typeof blind) =>
        mean(came.map((count, day) => Math.abs(count - (foretold?.days[day]?.expected ?? 0))));
      return {
        ahead: errorOf(knowing) / errorOf(blind),
        trial: (knowing?.trial.error ?? 0) / (blind?.trial.error ?? 1),
      };
    });
    expect(mean(errors.map(({ ahead }) => ahead))).toBeLessThan(0.9);
    expect(mean(errors.map(({ trial }) => trial))).toBeLessThan(0.95);
  });

  it('learns that holidays are days like any other where they are', () => {
    const shares = SEEDS.map((seed) => {
      const { known, isHoliday } = aDeskWithHolidays(seed, 1);
      return forecast(known, isHoliday)?.holidayShare ?? 0;
    });
    expect(mean(shares)).toBeGreaterThan(0.85);
  });

  it('takes the first holiday that it meets for the quietest day of the week', () => {
    const known = aDesk(3, 12 * 7);
    const isHoliday = [...known.map(() => false), true];
    const { days = [], holidayShare } = forecast(known, isHoliday) ?? {};
    expect(holidayShare).toBeGreaterThan(0.3);
    expect(holidayShare).toBeLessThan(0.5);
    expect(days[0]?.expected).toBeCloseTo((forecast(known)?.days[0]?.expected ?? 0) * (holidayShare ?? 0), 6);
  });
});
