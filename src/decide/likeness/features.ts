import { withoutQuotes } from '../conditions/quoted.ts';
import { addWords, fold, noWords, numberOf } from '../conditions/words.ts';

/** Letters in a row that are a feature of a text: they forgive a mistake of typing, and join the forms of a word. */
const RUNS = [3, 4] as const;

/** A whole word says as much as so many runs of letters. */
const WORD_WEIGHT = 2;

/** Of each text so much is read: people say first what is wrong, and a long mail is to cost no more than a short one. */
const LONGEST_TEXT = 600;

/** What a text is made of: features as numbers, lowest first, and how much each says; more when it comes again. */
export interface Features {
  readonly numbers: Int32Array;
  readonly weights: Float32Array;
}

/** The words of a text and the letters in a row within them, without what it only quotes. */
export function featuresOf(text: string, longest = LONGEST_TEXT): Features {
  const weights = new Map<number, number>();
  const times = new Map<number, number>();
  function count(feature: string, weight: number): void {
    const number = numberOf(feature);
    weights.set(number, weight);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  for (const word of wordsOf(withoutQuotes(text).slice(0, longest))) {
    count(`=${word}`, WORD_WEIGHT);
    const padded = ` ${word} `;
    for (const run of RUNS) {
      for (let at = 0; at + run <= padded.length; at++) count(padded.slice(at, at + run), 1);
    }
  }
  const numbers = Int32Array.from(weights.keys()).sort();
  const weightOf = (number: number) => (weights.get(number) ?? 0) * (1 + Math.log(times.get(number) ?? 1));
  return { numbers, weights: Float32Array.from(numbers, weightOf) };
}

/** Folded. Signs of scripts without spaces are a word each; two in a row are one more, as one alone says little. */
function wordsOf(text: string): readonly string[] {
  const { starts, ends } = placesOf(text);
  return starts.flatMap((start, index) => {
    const word = fold(text.slice(start, ends[index]));
    return starts[index + 1] === ends[index] ? [word, fold(text.slice(start, ends[index + 1]))] : [word];
  });
}

function placesOf(text: string) {
  const words = noWords();
  addWords(text, words);
  return words;
}
