/** The features that a model knows, and how much each says. */
import type { SparseRows } from './sparse-rows.ts';
import { eachFeature, wordNumber } from './text-features.ts';

/** With fewer texts than these, what one text alone says counts, too. */
const FEW_TEXTS = 400;

/** The most frequent features; the others are rare spellings. It bounds memory for long texts. */
const MOST_FEATURES = 50_000;

export interface Vocabulary {
  /** By number of a feature, its place. */
  readonly places: ReadonlyMap<number, number>;
  /** By place: the square root of its idf. The root did better than idf itself on every set that was tried. */
  readonly weights: Float32Array;
  /** The weight of a word that was never seen. */
  readonly unseen: number;
}

/** In how many texts a feature must be to be known, of so many texts. */
export function fewestTextsWith(texts: number): number {
  return texts < FEW_TEXTS ? 1 : 2;
}

/** Features that occur in at least two of the texts, of which the words are given, or in one where the texts are few. */
export function vocabularyOf(texts: readonly (readonly string[])[]): Vocabulary {
  const seenIn = countTexts(texts);
  const fewest = fewestTextsWith(texts.length);
  const kept = [...seenIn].filter(([, count]) => count >= fewest).sort((one, other) => other[1] - one[1]);
  kept.length = Math.min(kept.length, MOST_FEATURES);
  const idf = (count: number) => Math.sqrt(Math.log((1 + texts.length) / (1 + count)) + 1);
  return {
    places: new Map(kept.map(([feature], place) => [feature, place])),
    weights: Float32Array.from(kept, ([, count]) => idf(count)),
    unseen: idf(0),
  };
}

/** By feature, in how many texts it occurs. */
function countTexts(texts: readonly (readonly string[])[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const lastSeen = new Map<number, number>();
  texts.forEach((words, index) => {
    eachFeature(words, (feature) => {
      if (lastSeen.get(feature) === index) return;
      lastSeen.set(feature, index);
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    });
  });
  return counts;
}

/** What a text has of the features, each `(1 + ln times) × weight`, the whole of length 1. */
export function weigh(words: readonly string[], vocabulary: Vocabulary): Pick<SparseRows, 'features' | 'values'> {
  const times = new Map<number, number>();
  eachFeature(words, (feature) => {
    const place = vocabulary.places.get(feature);
    if (place !== undefined) times.set(place, (times.get(place) ?? 0) + 1);
  });
  const features = Int32Array.from(times.keys()).sort();
  const values = Float32Array.from(
    features,
    (place) => (1 + Math.log(times.get(place) ?? 1)) * (vocabulary.weights[place] ?? 0),
  );
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) / length;
  return { features, values };
}

/** All texts, of which the words are given, as rows. */
export function rowsOf(texts: readonly (readonly string[])[], vocabulary: Vocabulary): SparseRows {
  const rows = texts.map((words) => weigh(words, vocabulary));
  const starts = new Int32Array(rows.length + 1);
  rows.forEach(({ features }, row) => (starts[row + 1] = (starts[row] ?? 0) + features.length));
  const entries = starts.at(-1) ?? 0;
  const features = new Int32Array(entries);
  const values = new Float32Array(entries);
  rows.forEach((row, index) => {
    features.set(row.features, starts[index]);
    values.set(row.values, starts[index]);
  });
  return { count: rows.length, width: vocabulary.weights.length, starts, features, values, dimensions: 0 };
}

/**
 * How much of what the words say was ever said before, 0 to 1. Words of another language or of another matter make it
 * small. `isSeen` tells of a place whether the texts that were learned from have it.
 */
export function shareKnown(
  words: readonly string[],
  { places, weights, unseen }: Vocabulary,
  isSeen: (place: number) => boolean = () => true,
): number {
  let known = 0;
  let all = 0;
  for (const word of words) {
    const place = places.get(wordNumber(word));
    const weight = (place === undefined ? unseen : (weights[place] ?? 0)) ** 2;
    all += weight;
    if (place !== undefined && isSeen(place)) known += weight;
  }
  return all === 0 ? 0 : known / all;
}
