/**
 * Linear support vector machines with squared hinge loss, one class against the rest, by dual coordinate descent
 * (Hsieh and others, 2008, the method of liblinear), all classes at once: a row is read once for all of them.
 */
import { addRow, type Lesson, type LinearModel, scoreRow } from './linear-model.ts';
import { randomFrom, shuffle, upTo } from './random.ts';

/** How much a row outside its margin costs, against the size of the weights. 0.7 to 1.5 gave the same on all sets. */
const COST = 1;

/** So much more a row of the class itself costs than one of the rest, which are many. */
const COST_OF_OWN = 2;

const PASSES = 10;

/** In the other passes a row asks only those classes of which its weights were last seen to depend. */
const WHOLE_PASSES: ReadonlySet<number> = new Set([0, 1, 4, 7]);

/** A class is asked in between while the row is less than so much outside its margin. */
const NEAR_MARGIN = 0.1;

/** So many classes of a row are remembered; a row with more is asked for all of them. */
const MOST_NEAR = 24;
const ALL_NEAR = 255;

/** Moves that change nothing that anybody could see. */
const SMALLEST_MOVE = 1e-7;

interface Descent extends Lesson {
  weights: Float32Array;
  /** By row and class: how much the row supports the class, or speaks against it. */
  supports: Float32Array;
  scores: Float64Array;
  touched: Int32Array;
  steps: Float64Array;
  near: Uint16Array;
  nearCount: Uint8Array;
}

/** Learns a machine for each class from the rows. The same rows give the same weights. */
export function supportVectors(lesson: Lesson): LinearModel {
  const { rows, classes, chosen } = lesson;
  const descent: Descent = {
    ...lesson,
    weights: new Float32Array((rows.width + 1) * classes),
    supports: new Float32Array(chosen.length * classes),
    scores: new Float64Array(classes),
    touched: new Int32Array(classes),
    steps: new Float64Array(classes),
    near: new Uint16Array(chosen.length * MOST_NEAR),
    nearCount: new Uint8Array(chosen.length),
  };
  const random = randomFrom(11);
  const order = upTo(chosen.length);
  for (let pass = 0; pass < PASSES; pass++) {
    const isWhole = WHOLE_PASSES.has(pass);
    for (const index of shuffle(order, random)) {
      if ((lesson.counts[index] ?? 0) > 0) visit(descent, index, isWhole);
    }
  }
  return { classes, weights: descent.weights };
}

/** Moves what one row supports to where it serves best, all other rows staying as they are. */
function visit(descent: Descent, index: number, isWhole: boolean): void {
  const { rows, chosen, nearCount, touched, steps } = descent;
  const row = chosen[index] ?? 0;
  const isForAll = isWhole || nearCount[index] === ALL_NEAR;
  const count = isForAll ? moveAll(descent, index, row) : moveNear(descent, index, row);
  if (count > 0) addRow({ rows, row }, descent, { touched, steps, count });
}

function moveAll(descent: Descent, index: number, row: number): number {
  const { rows, classes, scores, classOf, supports, near, nearCount } = descent;
  scoreRow({ rows, row }, descent, scores);
  const own = classOf[index] ?? 0;
  let moved = 0;
  let closeBy = 0;
  for (let each = 0; each < classes; each++) {
    const score = scores[each] ?? 0;
    const margin = each === own ? score : -score;
    const support = supports[index * classes + each] ?? 0;
    if (support === 0 && margin >= 1 + NEAR_MARGIN) continue;
    if (closeBy < MOST_NEAR) near[index * MOST_NEAR + closeBy] = each;
    closeBy++;
    moved = move(descent, { index, each, margin, isOwn: each === own }, moved);
  }
  nearCount[index] = closeBy > MOST_NEAR ? ALL_NEAR : closeBy;
  return moved;
}

function moveNear(descent: Descent, index: number, row: number): number {
  const { nearCount, near, scores, classOf } = descent;
  const count = nearCount[index] ?? 0;
  scoreNear(descent, row, { from: index * MOST_NEAR, count });
  const own = classOf[index] ?? 0;
  let moved = 0;
  for (let place = 0; place < count; place++) {
    const each = near[index * MOST_NEAR + place] ?? 0;
    const score = scores[place] ?? 0;
    moved = move(descent, { index, each, margin: each === own ? score : -score, isOwn: each === own }, moved);
  }
  return moved;
}

/** What a row says for the classes near it, in their order; as `scoreRow` does for all. */
function scoreNear(descent: Descent, row: number, { from, count }: { from: number; count: number }): void {
  const { rows, classes, weights, near, scores } = descent;
  const { starts, features, values, width } = rows;
  for (let place = 0; place < count; place++) scores[place] = weights[width * classes + (near[from + place] ?? 0)] ?? 0;
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
    for (let place = 0; place < count; place++) {
      const each = near[from + place] ?? 0;
      scores[place] =
        (scores[place] ?? 0) +
        (weights[first + each] ?? 0) * one +
        (weights[second + each] ?? 0) * two +
        (weights[third + each] ?? 0) * three +
        (weights[fourth + each] ?? 0) * four;
    }
  }
  for (; entry < end; entry++) {
    const at = (features[entry] ?? 0) * classes;
    const value = values[entry] ?? 0;
    for (let place = 0; place < count; place++) {
      scores[place] = (scores[place] ?? 0) + (weights[at + (near[from + place] ?? 0)] ?? 0) * value;
    }
  }
}

interface Spot {
  index: number;
  each: number;
  margin: number;
  isOwn: boolean;
}

/** The best step of one row for one class; noted for `addRow` when it is one. Returns how many are noted. */
function move(descent: Descent, { index, each, margin, isOwn }: Spot, noted: number): number {
  const { supports, counts, classes, touched, steps } = descent;
  const place = index * classes + each;
  const support = supports[place] ?? 0;
  const cost = COST * (counts[index] ?? 0) * (isOwn ? COST_OF_OWN : 1);
  const slope = margin - 1 + support / (2 * cost);
  if (support === 0 && slope >= 0) return noted;
  // A row is of length 1, and so is the constant beside it.
  const better = Math.max(support - slope / (2 + 1 / (2 * cost)), 0);
  const step = better - support;
  if (Math.abs(step) < SMALLEST_MOVE) return noted;
  supports[place] = better;
  touched[noted] = each;
  steps[noted] = isOwn ? step : -step;
  return noted + 1;
}
