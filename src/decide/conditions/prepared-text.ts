import { wordsOf, type Word } from './words.ts';

/**
 * One text, split into words once and asked hundreds of times: a word that it does not have costs one
 * look into a map.
 */
export interface PreparedText {
  written: string;
  /** The text without what the customer only quotes, with the same places. */
  own: string;
  words: readonly Word[];
  /** Index of the first word that is this, or begins so; -1 when none is. */
  firstPlace(word: string, prefix: boolean): number;
  /** Index of the next such word after the given one; -1 when it was the last. */
  nextPlace(word: string, prefix: boolean, after: number): number;
}

/** For each word the index of its first place, and for each place the index of the next. */
interface Places {
  first: ReadonlyMap<string, number>;
  next: readonly number[];
}

/** Splits a text; the lists of beginnings are made when first asked for, one for each length. */
export function prepareText(written: string, own = written): PreparedText {
  const words = wordsOf(own);
  const whole = placesOf(words.map(({ word }) => word));
  const beginnings = new Map<number, Places>();

  function places(word: string, prefix: boolean): Places {
    if (!prefix) return whole;
    const known = beginnings.get(word.length);
    if (known !== undefined) return known;
    const made = placesOf(words.map((each) => each.word.slice(0, word.length)));
    beginnings.set(word.length, made);
    return made;
  }

  return {
    written,
    own,
    words,
    firstPlace: (word, prefix) => places(word, prefix).first.get(word) ?? -1,
    nextPlace: (word, prefix, after) => places(word, prefix).next[after] ?? -1,
  };
}

/** Goes backwards, so that what is seen last for a word is its first place. */
function placesOf(words: readonly string[]): Places {
  const first = new Map<string, number>();
  const next = words.map(() => -1);
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? '';
    next[index] = first.get(word) ?? -1;
    first.set(word, index);
  }
  return { first, next };
}
