/**
 * Logistic regression for many classes (softmax) by stochastic descent, each feature with a step of its own that
 * shortens as the feature moves (AdaGrad; Duchi and others, 2011).
 */
import { type Lesson, type LinearModel, scoreRow } from './linear-model.ts';
import type { SparseRows } from './sparse-rows.ts';
import { randomFrom, shuffle, upTo } from './random.ts';

const PASSES = 8;
const FIRST_STEP = 1;

/** So that the first step of a feature is not without bounds. */
const LEAST_MOVED = 0.01;

/** Chances that are right to within this teach nothing. */
const SMALLEST_ERROR = 1e-3;

/** Learns the weights whose scores, as chances, fit the rows. The same rows give the same weights. */
export function softmax(lesson: Lesson): LinearModel {
  const { rows, classes, chosen, classOf, counts } = lesson;
  const weights = new Float32Array((rows.width + 1) * classes);
  const moved = new Float64Array(rows.width + 1).fill(LEAST_MOVED);
  const chances = new Float64Array(classes);
  const touched = new Int32Array(classes);
  const trained = { rows, classes, weights, moved, errors: chances, touched };
  const random = randomFrom(7);
  const order = upTo(chosen.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const index of shuffle(order, random)) {
      const row = chosen[index] ?? 0;
      scoreRow({ rows, row }, trained, chances);
      toChances(chances);
      const errors = errorsOf(chances, { own: classOf[index] ?? 0, counts: counts[index] ?? 0 }, touched);
      if (errors > 0) descend(trained, row, errors);
    }
  }
  return { classes, weights };
}

/** Scores become chances that add up to 1. */
export function toChances(scores: Float64Array): void {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (let each = 0; each < scores.length; each++) {
    const chance = Math.exp((scores[each] ?? 0) - top);
    scores[each] = chance;
    sum += chance;
  }
  for (let each = 0; each < scores.length; each++) scores[each] = (scores[each] ?? 0) / sum;
}

/** By how much the chances are off, where that is worth a step: gathered at the front. Returns how many. */
function errorsOf(chances: Float64Array, row: { own: number; counts: number }, touched: Int32Array): number {
  let count = 0;
  for (let each = 0; each < chances.length; each++) {
    const error = ((chances[each] ?? 0) - (each === row.own ? 1 : 0)) * row.counts;
    if (Math.abs(error) <= SMALLEST_ERROR) continue;
    chances[count] = error;
    touched[count] = each;
    count++;
  }
  return count;
}

interface Trained {
  rows: SparseRows;
  classes: number;
  weights: Float32Array;
  /** By feature: the sum of the squares of its moves. */
  moved: Float64Array;
  errors: Float64Array;
  touched: Int32Array;
}

/** One step down the slope of the row's error. */
function descend({ rows, classes, weights, moved, errors, touched }: Trained, row: number, count: number): void {
  const { starts, features, values, width } = rows;
  let squares = 0;
  for (let each = 0; each < count; each++) squares += (errors[each] ?? 0) ** 2;
  const end = starts[row + 1] ?? 0;
  for (let entry = starts[row] ?? 0; entry <= end; entry++) {
    const feature = entry === end ? width : (features[entry] ?? 0);
    const value = entry === end ? 1 : (values[entry] ?? 0);
    const all = (moved[feature] ?? 0) + squares * value * value;
    moved[feature] = all;
    const step = (FIRST_STEP * value) / Math.sqrt(all);
    for (let each = 0; each < count; each++) {
      const place = feature * classes + (touched[each] ?? 0);
      weights[place] = (weights[place] ?? 0) - step * (errors[each] ?? 0);
    }
  }
}
