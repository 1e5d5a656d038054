import type { Phrase } from '../condition.ts';

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

/** Letters and digits of ASCII in lower case, by their codes. */
const ASCII_LETTERS = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);

const T = 't'.charCodeAt(0);

/** The number of a word before its first letter. */
const NO_LETTERS = 0x811c9dc5 | 0;

/** Letters of a word by which those with an ending left open are looked up. */
export const BEGINNING = 3;

/**
 * The words of a text in order: where each stands, its number, and the number of how it begins. Lists of
 * numbers rather than strings, because to cut hundreds of words out of a long mail and to look them up costs
 * more than all rules together; the few that somebody wants to read are cut out then.
 */
export interface Words {
  readonly starts: number[];
  readonly ends: number[];
  readonly numbers: number[];
  readonly beginnings: number[];
}

export function noWords(): Words {
  return { starts: [], ends: [], numbers: [], beginnings: [] };
}

/** Finds the words of a text and adds them to those of the texts before it. */
export function addWords(text: string, to: Words): void {
  if (BEYOND_ASCII.test(text)) addWordsOfAnyScript(text, to);
  else addAsciiWords(text.toLowerCase(), to);
}

/** The same as `WORD` finds in a text of plain ASCII, which most are, in one pass and many times as fast. */
function addAsciiWords(lower: string, { starts, ends, numbers, beginnings }: Words): void {
  for (let at = 0; at < lower.length; at++) {
    const start = at;
    let number = NO_LETTERS;
    let beginning = NO_LETTERS;
    for (; isAsciiLetter(lower, at); at++) {
      number = withLetter(number, lower.charCodeAt(at));
      if (at - start < BEGINNING) beginning = number;
    }
    if (at === start) continue;
    if (isDenial(lower, at)) {
      number = withLetter(number, T);
      if (at - start < BEGINNING) beginning = number;
      at += 2;
    }
    starts.push(start);
    ends.push(at);
    numbers.push(number);
    beginnings.push(beginning);
  }
}

function isAsciiLetter(lower: string, at: number): boolean {
  return at < lower.length && ASCII_LETTERS[lower.charCodeAt(at)] === 1;
}

/** Whether a word goes on after an apostrophe, as `don't` does. */
function isDenial(lower: string, at: number): boolean {
  return lower[at] === "'" && lower[at - 1] === 'n' && lower[at + 1] === 't' && !isAsciiLetter(lower, at + 2);
}

function addWordsOfAnyScript(text: string, to: Words): void {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const word = fold(found);
    if (word === '') continue;
    to.starts.push(index);
    to.ends.push(index + found.length);
    to.numbers.push(numberOf(word));
    to.beginnings.push(numberOf(word.slice(0, BEGINNING)));
  }
}

/**
 * The number of a word, by FNV-1a: a whole number of 32 bits. Words of one number are nearly always the same
 * word; who must be sure compares the words.
 */
export function numberOf(word: string): number {
  let number = NO_LETTERS;
  for (let at = 0; at < word.length; at++) number = withLetter(number, word.charCodeAt(at));
  return number;
}

function withLetter(number: number, code: number): number {
  return Math.imul(number ^ code, 0x01000193);
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
  const found = noWords();
  addWords(written, found);
  const { starts, ends } = found;
  const words = ends.map((end, index) => ({
    word: fold(written.slice(starts[index], end)),
    prefix: written[end] === '*',
  }));
  return { written, words };
}
