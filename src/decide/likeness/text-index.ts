/**
 * Finds texts that are about the same thing, however they put it: the cosine of their features, each of which counts
 * the more the fewer texts have it.
 */
import { type Features, featuresOf } from './features.ts';
import { createVocabulary } from './vocabulary.ts';

/** Lengths are measured anew once so large a share of the texts is other: what is rare has changed little until then. */
const STALE_SHARE = 0.1;

/** A text that resembles another: 0 for nothing in common, 1 for the same words. */
export interface Likeness {
  key: string;
  score: number;
}

/** What is worth to be told of: with at least such a likeness, and at most so many. */
interface Limits {
  atLeast: number;
  most: number;
}

/** The latest texts by their keys, and how much they resemble each other. */
export interface TextIndex {
  /** Adds a text; for one that is here already nothing is done. The oldest goes when there are too many. */
  add(key: string, text: string): void;
  /** The texts that resemble the one with that key, closest first, without itself. */
  near(key: string, limits: Limits): readonly Likeness[];
  /** The same for a text that is not to be held. */
  like(text: string, limits: Limits): readonly Likeness[];
  /** How much two resemble each other; 0 when one of them is not here. */
  between(one: string, other: string): number;
}

interface Held extends Features {
  key: string;
  /** Of the text as a vector, and how many texts had come when it was measured; null before it was. */
  measured: { length: number; after: number } | null;
}

/** @param most texts that are held at a time */
export function createTextIndex(most: number): TextIndex {
  const held = new Map<string, Held>();
  const vocabulary = createVocabulary();
  let next = 0;

  function add(key: string, text: string): void {
    if (held.has(key)) return;
    if (held.size >= most) forgetOldest();
    const features = featuresOf(text);
    held.set(key, { key, measured: null, ...features });
    vocabulary.add(next, features);
    next += 1;
  }

  function forgetOldest(): void {
    const [oldest] = held.values();
    if (oldest === undefined) return;
    held.delete(oldest.key);
    vocabulary.removeOldest(oldest);
  }

  function lengthOf(text: Held): number {
    const { measured, numbers, weights } = text;
    if (measured !== null && next - measured.after <= held.size * STALE_SHARE) return measured.length;
    let sum = 0;
    numbers.forEach((feature, at) => (sum += (vocabulary.rarity(feature) * (weights[at] ?? 0)) ** 2));
    text.measured = { length: Math.sqrt(sum), after: next };
    return text.measured.length;
  }

  function cosine(shared: number, one: Held, other: Held): number {
    const lengths = lengthOf(one) * lengthOf(other);
    return lengths === 0 ? 0 : shared / lengths;
  }

  function near(text: Held | undefined, limits: Limits): readonly Likeness[] {
    if (text === undefined) return [];
    const shared = vocabulary.shared(text);
    const scoreOf = (other: Held, place: number) => (other === text ? -1 : cosine(shared[place] ?? 0, text, other));
    return closest(
      Array.from(held.values(), (other, place) => ({ key: other.key, score: scoreOf(other, place) })),
      limits,
    );
  }

  return {
    add,
    near: (key, limits) => near(held.get(key), limits),
    like: (text, limits) => near({ key: '', measured: null, ...featuresOf(text) }, limits),
    between(one, other) {
      const [here, there] = [held.get(one), held.get(other)];
      if (here === undefined || there === undefined) return 0;
      return cosine(sharedBy(here, there, vocabulary.rarity), here, there);
    },
  };
}

function closest(scored: readonly Likeness[], { atLeast, most }: Limits): readonly Likeness[] {
  return scored
    .filter(({ score }) => score >= atLeast)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, most);
}

/** Both lists are in order, so that one pass finds what is in both. */
function sharedBy(left: Features, right: Features, rarity: (feature: number) => number): number {
  let sum = 0;
  for (let at = 0, other = 0; at < left.numbers.length && other < right.numbers.length;) {
    const [here, there] = [left.numbers[at] ?? 0, right.numbers[other] ?? 0];
    if (here === there) sum += rarity(here) ** 2 * (left.weights[at] ?? 0) * (right.weights[other] ?? 0);
    if (here <= there) at += 1;
    if (there <= here) other += 1;
  }
  return sum;
}
