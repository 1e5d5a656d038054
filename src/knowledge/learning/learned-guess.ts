import type { JudgedText } from '../../domain/opinion.ts';
import type { Vector } from '../../ports/embedder.ts';
import { guess, type Guesses, type LearnedModel } from '../classifier/index.ts';
import { LONGEST_TEXT } from '../classifier/text-features.ts';

/** The categories of today, and what others are called today. */
export interface CategoryNames {
  categories: readonly string[];
  renamed: Readonly<Record<string, string>>;
}

/** What is learned from and asked about, as one text. */
export function textOf({ subject, description }: JudgedText): string {
  return `${subject}\n${description}`.trim();
}

/** As much of it as is learned from. */
export function learnedText(text: JudgedText): string {
  return textOf(text).slice(0, LONGEST_TEXT);
}

/** What a category is called today; null for one that there is no more. */
export function nameToday(category: string, { categories, renamed }: CategoryNames): string | null {
  if (categories.includes(category)) return category;
  const now = Object.hasOwn(renamed, category) ? renamed[category] : undefined;
  return now !== undefined && categories.includes(now) ? now : null;
}

/** What was learned: from words alone, and from words and vectors, where those are worth it. */
export interface Taught {
  words: LearnedModel;
  joined: LearnedModel | null;
}

/** A text that is asked about, with its vector where there is one. */
export interface Asked {
  text: string;
  vector?: Vector;
}

/** The model that knows more of what is asked: the one of words alone where there is no vector, or one of a strange length. */
export function modelFor({ words, joined }: Taught, { vector }: Asked): LearnedModel {
  return vector !== undefined && vector.length === joined?.vectors?.mean.length ? joined : words;
}

/** What a model guesses, in the names of today. When its first guess is of a category that is gone, it is not sure. */
export function guessToday(model: LearnedModel, { text, vector }: Asked, names: CategoryNames): Guesses {
  const guesses = guess(model, text, vector);
  const confidences = new Map<string, number>();
  for (const { category, confidence } of guesses.categories) {
    const today = nameToday(category, names);
    if (today !== null) confidences.set(today, Math.min(1, (confidences.get(today) ?? 0) + confidence));
  }
  const categories = [...confidences].map(([category, confidence]) => ({ category, confidence }));
  const first = guesses.categories[0]?.category;
  const isThere = first !== undefined && nameToday(first, names) !== null;
  if (isThere) return { ...guesses, categories };
  return { categories, isSure: false, words: [], nearest: null };
}
