/** A model in use: from a text to what it may be about, how sure that is, and what speaks for it. */
import type { Vector } from '../../ports/embedder.ts';
import { type Judge, judge } from './evidence.ts';
import { chanceOf, type Logistic } from './logistic.ts';
import { joinVectors, likenessOfWords, type LearnedVectors } from './joined-rows.ts';
import { rowOf, type SparseRows } from './sparse-rows.ts';
import { toChances } from './softmax.ts';
import { eachFeature, wordNumber, wordsOf } from './text-features.ts';
import { shareKnown, type Vocabulary, weigh } from './vocabulary.ts';

/** Everything that was learned. */
export interface LearnedModel {
  readonly categories: readonly string[];
  /** By category, whether it had examples enough to be taken without a person. */
  readonly isAccepted: readonly boolean[];
  /** By text that was learned from, the number of its ticket. */
  readonly tickets: readonly number[];
  /** By name of a text that a person put right, the place of the category that was said. */
  readonly corrected: ReadonlyMap<string, number>;
  readonly vocabulary: Vocabulary;
  /** How vectors are read beside the words; null for one that knows words alone. */
  readonly vectors: LearnedVectors | null;
  readonly judge: Judge;
  readonly chance: Logistic;
  /** From which chance on the first guess counts; above 1 where it never does. */
  readonly threshold: number;
}

/** What a text may be about. */
export interface Guesses {
  /** Most likely first, three at most; their chances add up to 1 at most. */
  categories: readonly { category: string; confidence: number }[];
  /** Whether the first is as sure as was promised. */
  isSure: boolean;
  /** Words that speak for the first and against the second, strongest first, five at most. */
  words: readonly string[];
  /** The ticket of the first category that is most like it; null where none has anything in common with it. */
  nearest: { ticket: number; likeness: number } | null;
}

const MOST_GUESSES = 3;
const MOST_WORDS = 5;

/** How sure it is of a text of which a person said by hand where it belongs. */
const SAID_BEFORE = 0.99;

/** Fewer words than these may come from anybody, about anything. */
const FEWEST_WORDS = 3;

/**
 * The weight of a word that one text in five has: the square root of its idf, 1 + ln 5. More common words speak for
 * something, too, but nobody is told anything by an "and".
 */
const TELLING = Math.sqrt(1 + Math.log(5));

/** Differences of scores become chances of the guesses behind the first. */
const SHARPNESS = 4;

/**
 * Says what a text may be about. Takes well under 2 ms for a short text, and under 6 ms for 2,000 characters. A model
 * that learned from vectors wants that of the text, of as many numbers.
 */
export function guess(model: LearnedModel, text: string, vector?: Vector): Guesses {
  const { categories, vocabulary, judge: judged } = model;
  const words = wordsOf(text);
  const row = rowFor(model, words, vector);
  const scores = new Float64Array(categories.length);
  const known = shareKnown(words, vocabulary);
  const { first: likely, nearest, numbers } = judge(judged, { rows: row, row: 0, known }, scores);
  const said = model.corrected.get(nameOfText(words) ?? '');
  const first = said ?? likely;
  const confidence = said === undefined ? chanceOf(model.chance, numbers) : SAID_BEFORE;
  const like = nearest.find(({ text: learned }) => judged.classOf[learned] === first);
  const ranked = rank(scores, { first, confidence });
  return {
    categories: ranked.map(({ each, chance }) => ({ category: categories[each] ?? '', confidence: chance })),
    isSure: said !== undefined || (confidence >= model.threshold && model.isAccepted[first] === true),
    words: tellingWords(model, words, { first, second: ranked[1]?.each }),
    nearest:
      like === undefined
        ? null
        : { ticket: model.tickets[like.text] ?? 0, likeness: Math.min(1, likenessOfWords(row, like.likeness)) },
  };
}

function rowFor({ vocabulary, vectors }: LearnedModel, words: readonly string[], vector?: Vector): SparseRows {
  const row = rowOf(weigh(words, vocabulary), vocabulary.weights.length);
  return vectors === null ? row : joinVectors(row, [vector ?? new Int8Array()], vectors.mean);
}

/** The same for texts of the same words; null for one of too few. */
export function nameOfText(words: readonly string[]): string | null {
  if (words.length < FEWEST_WORDS) return null;
  const text = words.join(' ');
  return `${wordNumber(text)}.${text.length}`;
}

/** The first with its chance, and those behind it with their shares of the rest. */
function rank(scores: Float64Array, { first, confidence }: { first: number; confidence: number }) {
  const chances = scores.map((score) => SHARPNESS * score);
  toChances(chances);
  const rest = 1 - (chances[first] ?? 0);
  const others = Array.from(chances, (chance, each) => ({ each, chance }))
    .filter(({ each }) => each !== first)
    .sort((one, other) => other.chance - one.chance)
    .slice(0, MOST_GUESSES - 1)
    .map(({ each, chance }) => ({
      each,
      chance: rest === 0 ? 0 : Math.min(confidence, (1 - confidence) * (chance / rest)),
    }));
  return [{ each: first, chance: confidence }, ...others];
}

/** What a word says is what it, its letters and the pair that begins with it say. */
function tellingWords(
  { vocabulary, judge: { linear } }: LearnedModel,
  words: readonly string[],
  { first, second }: { first: number; second: number | undefined },
): readonly string[] {
  const { classes, weights } = linear;
  const said = new Map<string, number>();
  eachFeature(words, (feature, index) => {
    const place = vocabulary.places.get(feature);
    const word = words[index];
    if (place === undefined || word === undefined) return;
    const against = second === undefined ? 0 : (weights[place * classes + second] ?? 0);
    const lean = ((weights[place * classes + first] ?? 0) - against) * (vocabulary.weights[place] ?? 0);
    said.set(word, (said.get(word) ?? 0) + lean);
  });
  return [...said]
    .filter(([word, weight]) => weight > 0 && word.length > 1 && isTelling(word, vocabulary))
    .sort((one, other) => other[1] - one[1])
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

function isTelling(word: string, { places, weights }: Vocabulary): boolean {
  const place = places.get(wordNumber(word));
  return place === undefined || (weights[place] ?? 0) >= TELLING;
}
