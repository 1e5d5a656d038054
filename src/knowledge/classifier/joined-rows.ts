/**
 * Words and vectors side by side: the vector's numbers are further features behind those of the words, so that one
 * linear model weighs both. Vectors of one model all point about the same way; what they have in common is taken off
 * first, or it would drown what tells them apart.
 */
import type { Vector } from '../../ports/embedder.ts';
import type { Lesson, LinearModel } from './linear-model.ts';
import type { RowOf, SparseRows } from './sparse-rows.ts';

/** So much of the length of a row is that of its words: neither side is believed more before anything is learned. */
const WORDS_SHARE = 0.5;

/** How a model reads vectors. */
export interface LearnedVectors {
  /** Whose vectors: others say nothing here. */
  readonly space: string;
  /** The mean of those that were learned from, each of length 1. */
  readonly mean: Float32Array;
}

/** Where the vectors of texts lie on the whole. There must be at least one, and all must be of the same length. */
export function meanOf(vectors: readonly Vector[]): Float32Array {
  const mean = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    const length = Math.sqrt(vector.reduce((sum, each) => sum + each * each, 0)) || 1;
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / length;
  }
  return Float32Array.from(mean, (sum) => sum / vectors.length);
}

/** The rows of words with their vectors behind them, in the same order, the whole of length 1. */
export function joinVectors(words: SparseRows, vectors: readonly Vector[], mean: Float32Array): SparseRows {
  const dimensions = mean.length;
  const width = words.width + dimensions;
  const starts = words.starts.map((start, row) => start + row * dimensions);
  const features = new Int32Array(words.features.length + words.count * dimensions);
  const values = new Float32Array(features.length);
  const places = Int32Array.from(mean, (_, at) => words.width + at);
  for (let row = 0; row < words.count; row++) {
    const [from, end] = [words.starts[row] ?? 0, words.starts[row + 1] ?? 0];
    const start = starts[row] ?? 0;
    features.set(words.features.subarray(from, end), start);
    for (let entry = from; entry < end; entry++) {
      values[start + entry - from] = (words.values[entry] ?? 0) * Math.sqrt(WORDS_SHARE);
    }
    features.set(places, start + end - from);
    putVector(values.subarray(start + end - from, start + end - from + dimensions), vectors[row], mean);
  }
  return { count: words.count, width, starts, features, values, dimensions };
}

/** How like a text is to another by its words alone, where rows have vectors besides. */
export function likenessOfWords({ dimensions }: SparseRows, likeness: number): number {
  return dimensions === 0 ? likeness : likeness / WORDS_SHARE;
}

/** The vector less the mean; all zero for one that is just the mean. */
function putVector(room: Float32Array, vector: Vector | undefined, mean: Float32Array): void {
  if (vector === undefined || vector.length !== mean.length) return;
  const length = Math.sqrt(vector.reduce((sum, each) => sum + each * each, 0)) || 1;
  let squares = 0;
  for (let at = 0; at < room.length; at++) {
    const value = (vector[at] ?? 0) / length - (mean[at] ?? 0);
    room[at] = value;
    squares += value * value;
  }
  const scale = squares === 0 ? 0 : Math.sqrt((1 - WORDS_SHARE) / squares);
  for (let at = 0; at < room.length; at++) room[at] = (room[at] ?? 0) * scale;
}

/** By dimension and class, which way the vectors of the class point, each of length 1. */
export function centresOf({ rows, chosen, classOf, classes, counts }: Lesson): LinearModel {
  const { dimensions, starts, values } = rows;
  const weights = new Float32Array(dimensions * classes);
  chosen.forEach((row, index) => {
    if (counts[index] === 0) return;
    const from = (starts[row + 1] ?? 0) - dimensions;
    for (let at = 0; at < dimensions; at++) {
      const place = at * classes + (classOf[index] ?? 0);
      weights[place] = (weights[place] ?? 0) + (values[from + at] ?? 0);
    }
  });
  for (let each = 0; each < classes; each++) {
    let squares = 0;
    for (let place = each; place < weights.length; place += classes) squares += (weights[place] ?? 0) ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let place = each; place < weights.length; place += classes) weights[place] = (weights[place] ?? 0) / length;
  }
  return { classes, weights };
}

/** How nearly the vector of a row points where those of the class do, -1 to 1. */
export function nearness({ rows, row }: RowOf, { classes, weights }: LinearModel, own: number): number {
  const { starts, values, dimensions } = rows;
  const from = (starts[row + 1] ?? 0) - dimensions;
  let sum = 0;
  for (let at = 0; at < dimensions; at++) sum += (values[from + at] ?? 0) * (weights[at * classes + own] ?? 0);
  return sum / Math.sqrt(1 - WORDS_SHARE);
}
