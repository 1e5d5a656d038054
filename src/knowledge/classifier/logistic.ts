/** A small logistic regression by Newton's method: from a few numbers to the chance that something is so. */

/** Holds weights back that few cases speak for (ridge). */
const RIDGE = 1;

const MOST_STEPS = 25;
const SMALL_STEP = 1e-6;

/** Numbers further from their mean than so many standard deviations count as if they were no further. */
const FURTHEST = 4;

/** One thing that was seen: its numbers, whether it was so, and how much it counts. */
export interface Case {
  numbers: Float64Array;
  isSo: boolean;
  counts: number;
}

export interface Logistic {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** The constant first. */
  readonly weights: Float64Array;
}

/** The chance for the numbers, 0 to 1. */
export function chanceOf(learned: Logistic, numbers: Float64Array): number {
  return 1 / (1 + Math.exp(-logOddsOf(learned, numbers)));
}

/** The logarithm of the chance against its opposite, which stays apart where chances come too near to 1. */
export function logOddsOf({ means, deviations, weights }: Logistic, numbers: Float64Array): number {
  let sum = weights[0] ?? 0;
  for (let each = 0; each < numbers.length; each++) {
    sum += (weights[each + 1] ?? 0) * standard(numbers[each] ?? 0, means[each] ?? 0, deviations[each] ?? 1);
  }
  return sum;
}

function standard(value: number, mean: number, deviation: number): number {
  return Math.max(-FURTHEST, Math.min(FURTHEST, (value - mean) / deviation));
}

/** What a logistic of the log odds of another comes to, as one of that other's numbers. It has no furthest of its own. */
export function composed(inner: Logistic, outer: Logistic): Logistic {
  const stretch = (outer.weights[1] ?? 0) / (outer.deviations[0] ?? 1);
  const weights = inner.weights.map((weight) => stretch * weight);
  weights[0] = (outer.weights[0] ?? 0) + stretch * ((inner.weights[0] ?? 0) - (outer.means[0] ?? 0));
  return { ...inner, weights };
}

/** Learns from cases, of which there must be at least one. */
export function logistic(cases: readonly Case[]): Logistic {
  const { means, deviations } = spreadOf(cases);
  const rows = cases.map(({ numbers }) =>
    Float64Array.from([1, ...numbers.map((value, each) => standard(value, means[each] ?? 0, deviations[each] ?? 1))]),
  );
  const weights = new Float64Array(means.length + 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curve } = slopeAt(weights, rows, cases);
    const way = solve(curve, slope);
    for (let each = 0; each < weights.length; each++) weights[each] = (weights[each] ?? 0) - (way[each] ?? 0);
    if (way.every((part) => Math.abs(part) < SMALL_STEP)) break;
  }
  return { means, deviations, weights };
}

function spreadOf(cases: readonly Case[]) {
  const width = cases[0]?.numbers.length ?? 0;
  const means = new Float64Array(width);
  const deviations = new Float64Array(width);
  const all = cases.reduce((sum, { counts }) => sum + counts, 0);
  for (let each = 0; each < width; each++) {
    const mean = cases.reduce((sum, { numbers, counts }) => sum + counts * (numbers[each] ?? 0), 0) / all;
    const squares = cases.reduce((sum, { numbers, counts }) => sum + counts * ((numbers[each] ?? 0) - mean) ** 2, 0);
    means[each] = mean;
    deviations[each] = Math.sqrt(squares / all) || 1;
  }
  return { means, deviations };
}

/** How the error of the weights rises in each direction, and how that changes. */
function slopeAt(weights: Float64Array, rows: readonly Float64Array[], cases: readonly Case[]) {
  const width = weights.length;
  const slope = weights.map((weight, each) => (each === 0 ? 0 : RIDGE * weight));
  const curve = Array.from({ length: width }, (_, each) => {
    const line = new Float64Array(width);
    line[each] = each === 0 ? SMALL_STEP : RIDGE;
    return line;
  });
  rows.forEach((row, index) => {
    const { isSo = false, counts = 0 } = cases[index] ?? {};
    const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, each) => sum + value * (weights[each] ?? 0), 0)));
    const error = (chance - (isSo ? 1 : 0)) * counts;
    const bend = chance * (1 - chance) * counts;
    for (let each = 0; each < width; each++) {
      const value = row[each] ?? 0;
      slope[each] = (slope[each] ?? 0) + error * value;
      const line = curve[each];
      if (line === undefined) continue;
      for (let other = 0; other <= each; other++) line[other] = (line[other] ?? 0) + bend * value * (row[other] ?? 0);
    }
  });
  return { slope, curve };
}

/** Solves `curve × way = slope` by Cholesky's method; of the curve the lower half is read. */
function solve(curve: readonly Float64Array[], slope: Float64Array): Float64Array {
  const width = slope.length;
  const lower = curve.map((line) => line.slice());
  const at = (row: number, column: number) => lower[row]?.[column] ?? 0;
  for (let row = 0; row < width; row++) {
    const line = lower[row] ?? new Float64Array(width);
    for (let column = 0; column <= row; column++) {
      let rest = line[column] ?? 0;
      for (let each = 0; each < column; each++) rest -= at(row, each) * at(column, each);
      line[column] = row === column ? Math.sqrt(Math.max(rest, Number.MIN_VALUE)) : rest / at(column, column);
    }
  }
  const way = slope.slice();
  for (let row = 0; row < width; row++) {
    for (let each = 0; each < row; each++) way[row] = (way[row] ?? 0) - at(row, each) * (way[each] ?? 0);
    way[row] = (way[row] ?? 0) / at(row, row);
  }
  for (let row = width - 1; row >= 0; row--) {
    for (let each = row + 1; each < width; each++) way[row] = (way[row] ?? 0) - at(each, row) * (way[each] ?? 0);
    way[row] = (way[row] ?? 0) / at(row, row);
  }
  return way;
}
