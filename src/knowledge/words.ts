import { addWords, fold, noWords } from '../decide/conditions/words.ts';
import { COMMON_WORDS } from '../decide/likeness/common-words.ts';

/** Shorter words of Latin letters are mostly those that hold sentences together. */
const SHORTEST = 3;

const COMMON: ReadonlySet<string> = new Set(COMMON_WORDS.trim().split(/\s+/).map(fold));

/** The words of a text, folded, in their order. */
export function wordsOf(text: string): string[] {
  const words = noWords();
  addWords(text, words);
  return words.starts.map((start, index) => fold(text.slice(start, words.ends[index])));
}

/** Whether a word tells what a text is about. */
export function isTelling(word: string): boolean {
  return !COMMON.has(word) && (word.length >= SHORTEST || !/^[a-z]+$/.test(word));
}
