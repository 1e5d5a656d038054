/** The texts that were learned from, so that those most like a new one are found. */
import { endOfWords, type RowOf, type SparseRows } from './sparse-rows.ts';

/** A feature of more texts than these says little about any of them, and costs most. */
const MOST_TEXTS = 300;

/** Of a long text so many features are kept, those that say most. */
const MOST_FEATURES = 128;

export interface Neighbours {
  readonly kept: KeptTexts;
  /** By feature, where its texts begin in `texts` and `values`. */
  readonly starts: Int32Array;
  readonly texts: Int32Array;
  readonly values: Float32Array;
  /** Room to add up in; all zero between two questions. */
  readonly sums: Float64Array;
}

/** A text and how much it has in common with the one that was asked about, 0 to 1. */
export interface Neighbour {
  text: number;
  likeness: number;
}

/** What is kept of each text: those of text `t` from `ends[t - 1]` up to `ends[t]`. */
export interface KeptTexts {
  ends: Int32Array;
  features: Uint16Array;
  values: Float32Array;
}

/** Keeps of each chosen row the features that few texts have; texts are counted in the order of `chosen`. */
export function keepTexts(rows: SparseRows, chosen: Int32Array): KeptTexts {
  const textsWith = new Int32Array(rows.width);
  for (const row of chosen) eachEntry(rows, row, (feature) => (textsWith[feature] = (textsWith[feature] ?? 0) + 1));
  const isKept = (feature: number) => (textsWith[feature] ?? 0) <= MOST_TEXTS;
  const ends = new Int32Array(chosen.length);
  const most = chosen.reduce((sum, row) => sum + endOfWords(rows, row) - (rows.starts[row] ?? 0), 0);
  const features = new Uint16Array(most);
  const values = new Float32Array(most);
  let end = 0;
  chosen.forEach((row, text) => {
    const least = leastKept(rows, row, isKept);
    eachEntry(rows, row, (feature, value) => {
      if (!isKept(feature) || value < least) return;
      features[end] = feature;
      values[end] = value;
      end++;
    });
    ends[text] = end;
  });
  return { ends, features: features.slice(0, end), values: values.slice(0, end) };
}

/** How much a feature must say to be among those of a long text that say most; 0 in a short one. */
function leastKept(rows: SparseRows, row: number, isKept: (feature: number) => boolean): number {
  const all: number[] = [];
  eachEntry(rows, row, (feature, value) => isKept(feature) && all.push(value));
  return all.length <= MOST_FEATURES ? 0 : (all.sort((one, other) => other - one)[MOST_FEATURES - 1] ?? 0);
}

/** The texts by their features. */
export function neighboursOf(kept: KeptTexts, width: number): Neighbours {
  const starts = new Int32Array(width + 1);
  for (const feature of kept.features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let feature = 0; feature < width; feature++) {
    starts[feature + 1] = (starts[feature + 1] ?? 0) + (starts[feature] ?? 0);
  }
  const next = starts.slice();
  const texts = new Int32Array(kept.features.length);
  const values = new Float32Array(texts.length);
  let entry = 0;
  kept.ends.forEach((end, text) => {
    for (; entry < end; entry++) {
      const feature = kept.features[entry] ?? 0;
      const place = next[feature] ?? 0;
      next[feature] = place + 1;
      texts[place] = text;
      values[place] = kept.values[entry] ?? 0;
    }
  });
  return { kept, starts, texts, values, sums: new Float64Array(kept.ends.length) };
}

/** The texts most like a row, most like first; `most` of them at most. */
export function nearest(neighbours: Neighbours, { rows, row }: RowOf, most: number): Neighbour[] {
  const { starts, texts, values, sums } = neighbours;
  const met: number[] = [];
  eachEntry(rows, row, (feature, value) => {
    const end = starts[feature + 1] ?? 0;
    for (let place = starts[feature] ?? 0; place < end; place++) {
      const text = texts[place] ?? 0;
      const sum = sums[text] ?? 0;
      if (sum === 0) met.push(text);
      sums[text] = sum + value * (values[place] ?? 0);
    }
  });
  const best: Neighbour[] = [];
  for (const text of met) {
    const likeness = sums[text] ?? 0;
    sums[text] = 0;
    insert(best, { text, likeness }, most);
  }
  return best;
}

function insert(best: Neighbour[], one: Neighbour, most: number): void {
  if (best.length === most && one.likeness <= (best.at(-1)?.likeness ?? 0)) return;
  let place = best.length;
  while (place > 0 && (best[place - 1]?.likeness ?? 0) < one.likeness) place--;
  best.splice(place, 0, one);
  if (best.length > most) best.pop();
}

/** Of words alone: what a vector has in common with another, all of them have a little. */
function eachEntry(rows: SparseRows, row: number, tell: (feature: number, value: number) => void): void {
  const { starts, features, values } = rows;
  const end = endOfWords(rows, row);
  for (let entry = starts[row] ?? 0; entry < end; entry++) tell(features[entry] ?? 0, values[entry] ?? 0);
}
