/**
 * What speaks for and against the first guess about a text, as numbers from which a chance is learned: how high it
 * scores, how far before the second, how like it the nearest text of its class is, how many of its words were ever
 * said, how much there is of it, and how near its vector is to those of its class, where it has one. More numbers
 * (entropy, neighbours of other classes, the third) were tried and told known from unknown worse: they bend where
 * everything is known.
 */
import { type LinearModel, scoreRow } from './linear-model.ts';
import { nearness } from './joined-rows.ts';
import { type Neighbour, type Neighbours, nearest } from './neighbours.ts';
import { endOfWords, type RowOf } from './sparse-rows.ts';

/** Among so many of the texts most like it one of its class is looked for. */
const NEIGHBOURS = 10;

/** A model that says which class, with the texts that it was learned from. */
export interface Judge {
  linear: LinearModel;
  neighbours: Neighbours;
  /** By text of the neighbours, its class. */
  classOf: Int32Array;
  /** Where the vectors of each class lie; null where words stand alone. */
  centres: LinearModel | null;
}

export interface Findings {
  /** The class with the highest score. */
  first: number;
  /** By class; gone with the next question. */
  scores: Float64Array;
  /** By how much the second scored less. */
  margin: number;
  nearest: readonly Neighbour[];
  numbers: Float64Array;
}

/** Judges a row; `known` is the share of its words that were said before. */
export function judge(
  { linear, neighbours, classOf, centres }: Judge,
  { rows, row, known }: RowOf & { known: number },
  scores: Float64Array,
): Findings {
  scoreRow({ rows, row }, linear, scores);
  const { first, top, second } = bestTwo(scores);
  const found = nearest(neighbours, { rows, row }, NEIGHBOURS);
  const like = found.find(({ text }) => classOf[text] === first)?.likeness ?? 0;
  const margin = top - second;
  const length = endOfWords(rows, row) - (rows.starts[row] ?? 0);
  const near = centres === null ? [] : [nearness({ rows, row }, centres, first)];
  return {
    first,
    scores,
    margin,
    nearest: found,
    numbers: Float64Array.of(top, margin, like, known, Math.log(1 + length), ...near),
  };
}

function bestTwo(scores: Float64Array) {
  const best = { first: 0, top: -Infinity, second: -Infinity };
  scores.forEach((score, each) => {
    if (score > best.top) {
      best.second = best.top;
      best.top = score;
      best.first = each;
    } else if (score > best.second) best.second = score;
  });
  return best;
}
