import type { RowOf, SparseRows } from './sparse-rows.ts';

/** By feature and class a weight; what a text says for a class is the sum over its features. */
export interface LinearModel {
  readonly classes: number;
  /** Features, one after the other, with a weight for each class; behind them the constant of each class. */
  readonly weights: Float32Array;
}

/** Rows of a class to learn from. */
export interface Lesson {
  rows: SparseRows;
  /** Which rows, and of which class each is, in the same order. */
  chosen: Int32Array;
  classOf: Int32Array;
  classes: number;
  /** How much each counts, in the same order: 0 for not at all. */
  counts: Float32Array;
}

/**
 * What a row says for each class, into `scores`. Learning spends most of its time here, so four entries of the row are
 * read at once; they are added up one after the other all the same.
 */
export function scoreRow({ rows, row }: RowOf, { classes, weights }: LinearModel, scores: Float64Array): void {
  const { starts, features, values, width } = rows;
  const constants = width * classes;
  for (let each = 0; each < classes; each++) scores[each] = weights[constants + each] ?? 0;
  const end = starts[row + 1] ?? 0;
  let entry = starts[row] ?? 0;
  for (; entry + 3 < end; entry += 4) {
    const first = (features[entry] ?? 0) * classes;
    const second = (features[entry + 1] ?? 0) * classes;
    const third = (features[entry + 2] ?? 0) * classes;
    const fourth = (features[entry + 3] ?? 0) * classes;
    const one = values[entry] ?? 0;
    const two = values[entry + 1] ?? 0;
    const three = values[entry + 2] ?? 0;
    const four = values[entry + 3] ?? 0;
    for (let each = 0; each < classes; each++) {
      scores[each] =
        (scores[each] ?? 0) +
        (weights[first + each] ?? 0) * one +
        (weights[second + each] ?? 0) * two +
        (weights[third + each] ?? 0) * three +
        (weights[fourth + each] ?? 0) * four;
    }
  }
  for (; entry < end; entry++) {
    const at = (features[entry] ?? 0) * classes;
    const value = values[entry] ?? 0;
    for (let each = 0; each < classes; each++) scores[each] = (scores[each] ?? 0) + (weights[at + each] ?? 0) * value;
  }
}

/** Adds `steps[i]` times the row to the weights of class `touched[i]`, for the first `count` of them. */
export function addRow(
  { rows, row }: RowOf,
  { weights, classes }: LinearModel,
  { touched, steps, count }: { touched: Int32Array; steps: Float64Array; count: number },
): void {
  const { starts, features, values, width } = rows;
  const end = starts[row + 1] ?? 0;
  for (let entry = starts[row] ?? 0; entry <= end; entry++) {
    const at = (entry === end ? width : (features[entry] ?? 0)) * classes;
    const value = entry === end ? 1 : (values[entry] ?? 0);
    for (let each = 0; each < count; each++) {
      const place = at + (touched[each] ?? 0);
      weights[place] = (weights[place] ?? 0) + (steps[each] ?? 0) * value;
    }
  }
}
