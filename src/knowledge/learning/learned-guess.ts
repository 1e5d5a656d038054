import type { JudgedText } from '../../domain/opinion.ts';
import { guess, type Guesses, type LearnedModel } from '../classifier/index.ts';

/** The categories of today, and what others are called today. */
export interface CategoryNames {
  categories: readonly string[];
  renamed: Readonly<Record<string, string>>;
}

/** What is learned from and asked about, as one text. */
export function textOf({ subject, description }: JudgedText): string {
  return `${subject}\n${description}`.trim();
}

/** What a category is called today; null for one that there is no more. */
export function nameToday(category: string, { categories, renamed }: CategoryNames): string | null {
  if (categories.includes(category)) return category;
  const now = Object.hasOwn(renamed, category) ? renamed[category] : undefined;
  return now !== undefined && categories.includes(now) ? now : null;
}

/** What a model guesses, in the names of today. When its first guess is of a category that is gone, it is not sure. */
export function guessToday(model: LearnedModel, text: string, names: CategoryNames): Guesses {
  const guesses = guess(model, text);
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
