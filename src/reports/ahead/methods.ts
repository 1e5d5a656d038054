/** Days of a week, after which the pattern of a desk repeats. */
export const WEEK = 7;

/** The pattern of a week is taken from so many of the latest: older ones tell of another desk. */
const PATTERN_WEEKS = 8;

/** A weekday without a ticket is given a trace of what the mean day has, so that one ticket on a Sunday is no wonder. */
const TRACE = 0.02;

/** Growth is measured over so many weeks, and half of it is expected to go on: forecasts of growth err upwards. */
const GROWTH_WEEKS = 4;
const GROWTH_KEPT = 0.5;

/** In four weeks no desk more than doubles or halves for good; what looks like it was an incident. */
const MOST_GROWTH = 2;

/** A way to tell so many coming days from the counts of the days before them, the latest last. */
export interface Method {
  name: string;
  foretell(counts: readonly number[], days: number): readonly number[];
}

/** As on the same day a week before: what whoever forecasts must do better than. */
export const NAIVE: Method = {
  name: 'as a week before',
  foretell: (counts, days) =>
    Array.from({ length: days }, (_, ahead) => counts[counts.length - WEEK + (ahead % WEEK)] ?? 0),
};

/**
 * A level times the pattern of the week. The level is the rate that makes the latest counts most likely, where a day
 * weighs half as much as one that is `halfLife` days younger.
 */
function levelled(halfLife: number, growing: boolean): Method {
  return {
    name: `a level of ${halfLife} days${growing ? ', with growth' : ''}`,
    foretell(counts, days) {
      const pattern = patternOf(counts);
      const level = levelOf(counts, { pattern, halfLife });
      const before = levelOf(counts.slice(0, -GROWTH_WEEKS * WEEK), { pattern, halfLife });
      const growth = growing && before > 0 ? within(level / before, 1 / MOST_GROWTH, MOST_GROWTH) : 1;
      return Array.from({ length: days }, (_, ahead) => {
        const weeks = (ahead + 1) / WEEK / GROWTH_WEEKS;
        return level * (pattern[(counts.length + ahead) % WEEK] ?? 1) * growth ** (GROWTH_KEPT * weeks);
      });
    },
  };
}

/** Those that are tried, the plainest first: of equals the first is taken. */
export const METHODS: readonly Method[] = [
  NAIVE,
  levelled(28, false),
  levelled(14, false),
  levelled(7, false),
  levelled(56, false),
  levelled(28, true),
  levelled(14, true),
];

/** How much each day of the week has of a mean day, by its place in the counts. The seven of them come to seven. */
function patternOf(counts: readonly number[]): readonly number[] {
  const from = Math.max(0, counts.length - PATTERN_WEEKS * WEEK);
  const sums = Array.from({ length: WEEK }, () => 0);
  const days = Array.from({ length: WEEK }, () => 0);
  for (let at = from; at < counts.length; at += 1) {
    sums[at % WEEK] = (sums[at % WEEK] ?? 0) + (counts[at] ?? 0);
    days[at % WEEK] = (days[at % WEEK] ?? 0) + 1;
  }
  const means = sums.map((sum, day) => sum / Math.max(1, days[day] ?? 0));
  const mean = means.reduce((sum, each) => sum + each, 0) / WEEK;
  if (mean === 0) return means.map(() => 1);
  return means.map((each) => (each / mean + TRACE) / (1 + TRACE));
}

function levelOf(
  counts: readonly number[],
  { pattern, halfLife }: { pattern: readonly number[]; halfLife: number },
): number {
  const decay = 0.5 ** (1 / halfLife);
  let [seen, expected, weight] = [0, 0, 1];
  for (let at = counts.length - 1; at >= 0; at -= 1, weight *= decay) {
    seen += weight * (counts[at] ?? 0);
    expected += weight * (pattern[at % WEEK] ?? 1);
  }
  return expected === 0 ? 0 : seen / expected;
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
