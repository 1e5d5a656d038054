/**
 * What a text is made of, as numbers: its words, two words in a row, and two to four letters in a row within a word,
 * its edges included. The letters forgive slips of typing and join the forms of a word; on ten texts a class they are
 * worth four to seven points (facts of triage, lessons).
 */

/** So much of a text is read. At 400 characters three points are lost, at 2,000 none (facts of triage). */
export const LONGEST_TEXT = 2_000;

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;

const SHORTEST_RUN = 2;
const LONGEST_RUN = 4;

/** Each kind of feature begins its number differently, so that the word "ab" is not the letters "ab". */
const WORD_SEED = 0x1b873593;
const PAIR_SEED = 0x4cf5ad43;
const RUN_SEED = 0x2545f491;

/** A word's edge among its letters; no word holds a space. */
const EDGE = 32;

/** The words of a text as they are compared, at most as many as stand in its first 2,000 characters. */
export function wordsOf(text: string): readonly string[] {
  const read = text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().replaceAll('’', "'");
  return read.match(WORD) ?? [];
}

/** The number of a word by itself. */
export function wordNumber(word: string): number {
  let number = WORD_SEED;
  for (let at = 0; at < word.length; at++) number = mix(number, word.charCodeAt(at));
  return number;
}

/**
 * Tells every feature of the words, each as often as it occurs, with the index of the word in which it lies or begins.
 */
export function eachFeature(words: readonly string[], tell: (feature: number, word: number) => void): void {
  let before = 0;
  words.forEach((word, index) => {
    const number = wordNumber(word);
    tell(number, index);
    if (index > 0) tell(mix(mix(PAIR_SEED, before), number), index - 1);
    eachRun(word, (run) => tell(run, index));
    before = number;
  });
}

/** Letters in a row: ` refund ` has ` r`, ` re`, ` ref`, `re`, and so on. */
function eachRun(word: string, tell: (feature: number) => void): void {
  const { length } = word;
  const signAt = (at: number) => (at === 0 || at === length + 1 ? EDGE : word.charCodeAt(at - 1));
  for (let start = 0; start <= length; start++) {
    let number = RUN_SEED;
    const end = Math.min(start + LONGEST_RUN, length + 2);
    for (let at = start; at < end; at++) {
      number = mix(number, signAt(at));
      if (at - start + 1 >= SHORTEST_RUN) tell(number);
    }
  }
}

/** One step of MurmurHash3: of 50,000 features of 32 bits, one in three times two share a number, which harms nothing. */
function mix(number: number, next: number): number {
  let scrambled = Math.imul(next, 0xcc9e2d51);
  scrambled = (scrambled << 15) | (scrambled >>> 17);
  const mixed = number ^ Math.imul(scrambled, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
