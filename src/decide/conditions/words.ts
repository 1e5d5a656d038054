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

/**
 * The words of a text in order: folded, and where each stands in the text as written. Three lists of one
 * length, because an object for each word of a long mail costs more than all rules together.
 */
export interface Words {
  readonly words: string[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Adds the words of a text to those of the texts before it. */
export function addWords(text: string, to: Words): void {
  if (BEYOND_ASCII.test(text)) addWordsOfAnyScript(text, to);
  else addAsciiWords(text.toLowerCase(), to);
}

/** The same as `WORD` finds in a text of plain ASCII, which most are, and many times as fast. */
function addAsciiWords(lower: string, to: Words): void {
  const { length } = lower;
  for (let at = 0; at < length; at++) {
    if (ASCII_LETTERS[lower.charCodeAt(at)] !== 1) continue;
    const start = at;
    do at++;
    while (at < length && ASCII_LETTERS[lower.charCodeAt(at)] === 1);
    const isDenial = lower[at] === "'" && lower[at - 1] === 'n' && endsInT(lower, at);
    const word = lower.slice(start, at);
    if (isDenial) at += 2;
    to.words.push(isDenial ? `${word}t` : word);
    to.starts.push(start);
    to.ends.push(at);
  }
}

/** Whether a word ends in `'t` at the apostrophe. */
function endsInT(lower: string, apostrophe: number): boolean {
  const after = apostrophe + 2;
  return lower[apostrophe + 1] === 't' && (after >= lower.length || ASCII_LETTERS[lower.charCodeAt(after)] !== 1);
}

function addWordsOfAnyScript(text: string, to: Words): void {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const word = fold(found);
    if (word === '') continue;
    to.words.push(word);
    to.starts.push(index);
    to.ends.push(index + found.length);
  }
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
  const found: Words = { words: [], starts: [], ends: [] };
  addWords(written, found);
  const words = found.words.map((word, index) => ({ word, prefix: written[found.ends[index] ?? -1] === '*' }));
  return { written, words };
}
