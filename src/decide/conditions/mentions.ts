import type { Phrase } from '../condition.ts';
import { isDenied } from './negation.ts';
import type { PreparedText } from './prepared-text.ts';

/** Between two words of one phrase: anything but the end of a sentence or of a paragraph. */
const SENTENCE_END = /[.!?;:…]\s|[。!?;]|\n\s*\n/;

/** Where the text says one of the phrases without denying it; null when it does not. */
export function mention(text: PreparedText, phrases: readonly Phrase[]): { start: number; end: number } | null {
  for (const phrase of phrases) {
    const found = sayingOf(text, phrase);
    if (found !== null) return found;
  }
  return null;
}

function sayingOf(text: PreparedText, phrase: Phrase): { start: number; end: number } | null {
  const first = phrase.words[0];
  if (first === undefined) return null;
  let place = text.firstPlace(first.word, first.prefix);
  for (; place >= 0; place = text.nextPlace(first.word, first.prefix, place)) {
    const last = place + phrase.words.length - 1;
    const start = text.words[place]?.start;
    const end = text.words[last]?.end;
    if (start === undefined || end === undefined) return null;
    if (goesOn(text, phrase, place) && !isDenied(text, place, last)) return { start, end };
  }
  return null;
}

/** Whether the words after the first are the phrase's too. */
function goesOn(text: PreparedText, phrase: Phrase, place: number): boolean {
  return phrase.words.every(({ word, prefix }, offset) => {
    const here = text.words[place + offset];
    const before = text.words[place + offset - 1];
    if (offset === 0) return true;
    if (here === undefined || before === undefined) return false;
    if (SENTENCE_END.test(text.own.slice(before.end, here.start))) return false;
    return prefix ? here.word.startsWith(word) : here.word === word;
  });
}
