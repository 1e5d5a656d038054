import type { Phrase } from '../condition.ts';
import { sketchNumber } from './sketch.ts';

/** Characters that show nothing and that some keyboards and mail programs put inside words. */
const INVISIBLE = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;

/**
 * Accents of Latin, Greek and Cyrillic letters, Hebrew points and Arabic vowel signs. Marks of other
 * scripts stay: in Devanagari or Thai they are vowels, and a word without them is another word.
 */
const ACCENT = /[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670\u0640]/g;

/** Letters that people write in two ways and that Unicode does not fold. */
const SAME_LETTER: Readonly<Record<string, string>> = { ß: 'ss', ς: 'σ', ı: 'i', ø: 'o', ł: 'l', đ: 'd' };
const SAME_LETTERS = /[ßςıøłđ]/g;

const BEYOND_ASCII = /[^\0-\x7F]/;

/**
 * A word is a run of letters and digits, and `don't` is one word. Scripts that write without spaces, or
 * that glue particles on, give one word for each sign, so that a phrase is found inside a run of them.
 */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]+(?:(?<=[nN])['’]t(?![\p{L}\p{N}]))?/gv;

/** The same for a text of plain ASCII in lower case, which most are: several times as fast. */
const ASCII_WORD = /[a-z0-9]+(?:(?<=n)'t(?![a-z0-9]))?/g;

/** One word of a text: folded, and where it stands in the text as written. */
export interface Word {
  word: string;
  start: number;
  end: number;
}

/** The words of a text in order, folded. */
export function wordsOf(text: string): Word[] {
  return BEYOND_ASCII.test(text) ? wordsOfAnyScript(text) : wordsOfAscii(text.toLowerCase());
}

function wordsOfAscii(lower: string): Word[] {
  return Array.from(lower.matchAll(ASCII_WORD), ({ 0: word, index }) => ({
    word: withoutApostrophe(word),
    start: index,
    end: index + word.length,
  }));
}

function wordsOfAnyScript(text: string): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    const word = fold(found[0]);
    if (word !== '') words.push({ word, start: found.index, end: found.index + found[0].length });
  }
  return words;
}

/** Lower case, without accents, one form for letters that look the same: `Überweisung` is `uberweisung`. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!BEYOND_ASCII.test(lower)) return withoutApostrophe(lower);
  const bare = lower.normalize('NFKD').replace(ACCENT, '').replace(INVISIBLE, '').normalize('NFC').toLowerCase();
  return withoutApostrophe(bare.replace(SAME_LETTERS, (letter) => SAME_LETTER[letter] ?? letter));
}

function withoutApostrophe(word: string): string {
  return word.endsWith("n't") || word.endsWith('n’t') ? `${word.slice(0, -2)}t` : word;
}

/** Splits what an admin wrote into words to look for. No words come of a phrase without letters or digits. */
export function phraseOf(written: string): Phrase {
  const words = wordsOf(written).map(({ word, end }) => ({ word, prefix: written[end] === '*' }));
  const [longest] = words.toSorted((one, other) => other.word.length - one.word.length);
  const sketch = longest === undefined ? undefined : sketchNumber(longest);
  return { written, words, ...(sketch === undefined ? {} : { sketch }) };
}
