/**
 * A sketch of a text: a bit for each word, and one for each beginning of a word. A phrase whose bit is not
 * set is not in the text, and that is told without looking anything up; hundreds of rules ask for
 * thousands of phrases, nearly all of which are absent.
 */
export type Sketch = Uint32Array;

/** Bits of a sketch, a power of two: at 200 words, about one absent phrase in twenty still has to be looked up. */
const BITS = 8192;

/** Letters of a beginning. Shorter beginnings are looked up. */
const BEGINNING = 3;

export function sketchOf(words: readonly { word: string }[]): Sketch {
  const sketch = new Uint32Array(BITS / 32);
  for (const { word } of words) {
    mark(sketch, numberOf(word, word.length));
    mark(sketch, numberOf(word, Math.min(BEGINNING, word.length)));
  }
  return sketch;
}

/** The number of a word that a phrase asks for; undefined for one that a sketch cannot tell. */
export function sketchNumber({ word, prefix }: { word: string; prefix: boolean }): number | undefined {
  if (!prefix) return numberOf(word, word.length);
  return word.length < BEGINNING ? undefined : numberOf(word, BEGINNING);
}

/** False when the text certainly lacks the word of that number. */
export function mayHave(sketch: Sketch, number: number | undefined): boolean {
  return number === undefined || (((sketch[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
}

function mark(sketch: Sketch, number: number): void {
  const index = number >>> 5;
  sketch[index] = (sketch[index] ?? 0) | (1 << (number & 31));
}

/** FNV-1a over the first letters of a word, cut to the size of a sketch. */
function numberOf(word: string, letters: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < letters; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (BITS - 1);
}
