import type { Vector } from '../../ports/embedder.ts';
import { type Confidence, learnConfidence } from './confidence.ts';
import { type LearnedModel, nameOfText } from './learned-model.ts';
import type { Example } from './example.ts';
import { joinVectors, type LearnedVectors, meanOf } from './joined-rows.ts';
import { areFew, teach } from './lesson.ts';
import { upTo } from './random.ts';
import { type Material, type Rehearsed, rehearse } from './rehearsal.ts';
import { type LearningReport, reportOf } from './report.ts';
import { wordsOf } from './text-features.ts';
import { rowsOf, vocabularyOf } from './vocabulary.ts';

/** Why nothing was learned. */
export interface Missing {
  tickets: number;
  ticketsNeeded: number;
  /** Categories with five tickets or more, of which two are needed. */
  categories: readonly string[];
  /** Those with fewer, and how many they have. */
  short: readonly { category: string; tickets: number }[];
}

export type Learning =
  | { kind: 'learned'; model: LearnedModel; report: LearningReport }
  | { kind: 'missing'; missing: Missing };

/** With less than this nothing can be promised of what is learned. */
const FEWEST_TICKETS = 30;
const FEWEST_OF_CATEGORY = 5;
const FEWEST_CATEGORIES = 2;

/** What a person put right counts as so many tickets that nobody looked at twice. */
const CORRECTED_COUNTS = 10;

/** Where fewer labels than these are wrong, none is left out: a hard text is worth more than a wrong one costs. */
const MANY_WRONG_LABELS = 0.02;

/** How it is learned. */
export interface Wishes {
  /** The share of its answers that shall be right, 0.80 to 0.99: it sets for itself how sure it must be. */
  promise: number;
  /** Whether only what people chose by hand, five times, may be an answer; else whatever five examples have. */
  isByHand?: boolean;
  /** Whose vectors the examples have, each of them one of the same length; left out, words stand alone. */
  space?: string;
}

/**
 * Learns the categories from examples. The same examples, in the same order, give the same model. Takes seconds of a
 * processor, so it belongs into a thread of its own.
 */
export function learn(examples: readonly Example[], { promise, isByHand = false, space }: Wishes): Learning {
  const missing = whatIsMissing(examples);
  if (missing !== null) return { kind: 'missing', missing };
  const categories = [...new Set(examples.map(({ category }) => category))].sort();
  const vectors = space === undefined ? null : { space, mean: meanOf(vectorsOf(examples)) };
  const material = materialOf(examples, categories, vectors);
  const rehearsed = rehearse(material);
  const confidence = learnConfidence(rehearsed, categories.length);
  const leftOut = mislabelled(rehearsed, confidence, examples);
  for (const text of leftOut) material.counts[text] = 0;
  const judge = teach(
    { ...material, chosen: upTo(examples.length) },
    { isFew: areFew(examples.length, categories.length) },
  );
  const given = isByHand ? examples.filter(({ isCorrected }) => isCorrected) : examples;
  const isAccepted = categories.map((category) => countOf(given, category) >= FEWEST_OF_CATEGORY);
  // What is never an answer cannot break a promise; of categories, the few tickets of rare ones are counted as before.
  const threshold = confidence.thresholdFor(promise, (said) => !isByHand || isAccepted[said] === true);
  const report = reportOf({ examples, categories, isAccepted, rehearsed, confidence, threshold, leftOut });
  return {
    kind: 'learned',
    report,
    model: {
      categories,
      isAccepted,
      tickets: examples.map(({ ticket }) => ticket),
      corrected: correctedTexts(examples, categories),
      vocabulary: material.vocabulary,
      vectors,
      judge,
      chance: confidence.chance,
      threshold,
    },
  };
}

function whatIsMissing(examples: readonly Example[]): Missing | null {
  const counted = [...new Set(examples.map(({ category }) => category))]
    .sort()
    .map((category) => ({ category, tickets: countOf(examples, category) }));
  const enough = counted.filter(({ tickets }) => tickets >= FEWEST_OF_CATEGORY);
  if (examples.length >= FEWEST_TICKETS && enough.length >= FEWEST_CATEGORIES) return null;
  return {
    tickets: examples.length,
    ticketsNeeded: FEWEST_TICKETS,
    categories: enough.map(({ category }) => category),
    short: counted.filter(({ tickets }) => tickets < FEWEST_OF_CATEGORY),
  };
}

function countOf(examples: readonly Example[], wanted: string): number {
  return examples.filter(({ category }) => category === wanted).length;
}

function materialOf(
  examples: readonly Example[],
  categories: readonly string[],
  vectors: LearnedVectors | null,
): Material {
  const words = examples.map(({ text }) => wordsOf(text));
  const vocabulary = vocabularyOf(words);
  const rows = rowsOf(words, vocabulary);
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  return {
    words,
    rows: vectors === null ? rows : joinVectors(rows, vectorsOf(examples), vectors.mean),
    vocabulary,
    classOf: Int32Array.from(examples, ({ category }) => placeOf.get(category) ?? 0),
    classes: categories.length,
    counts: Float32Array.from(examples, ({ isCorrected }) => (isCorrected ? CORRECTED_COUNTS : 1)),
  };
}

function vectorsOf(examples: readonly Example[]): readonly Vector[] {
  return examples.flatMap(({ vector }) => vector ?? []);
}

/** What people said of texts by hand; the last word on each counts. */
function correctedTexts(examples: readonly Example[], categories: readonly string[]): ReadonlyMap<string, number> {
  const byHand = examples.filter(({ isCorrected }) => isCorrected);
  return new Map(
    byHand.flatMap(({ text, category }) => {
      const name = nameOfText(wordsOf(text));
      return name === null ? [] : [[name, categories.indexOf(category)] as const];
    }),
  );
}

/** Texts whose label is most likely wrong, where many are. What a person put right is never among them. */
function mislabelled(
  rehearsed: readonly Rehearsed[],
  { wrongLabels, looksMislabelled }: Confidence,
  examples: readonly Example[],
): readonly number[] {
  if (wrongLabels < MANY_WRONG_LABELS) return [];
  const texts = rehearsed.filter(looksMislabelled).map(({ text }) => text);
  return texts.filter((text) => examples[text]?.isCorrected !== true);
}
