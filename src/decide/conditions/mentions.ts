import type { Phrase, TextPart } from '../condition.ts';
import { isDenied } from './negation.ts';
import { gapAfter, type OwnText, type PreparedText, textAt } from './prepared-text.ts';

/** Between two words of one phrase: anything but the end of a sentence or of a paragraph. */
const SENTENCE_END = /[.!?;:…]\s|[。!?;]|\n\s*\n/;

/** Where something stands in a text as written. */
export interface Saying {
  text: OwnText;
  start: number;
  end: number;
}

/** Where a part of the text says one of the phrases without denying it; null when it does not. */
export function mention(text: PreparedText, part: TextPart, phrases: readonly Phrase[]): Saying | null {
  for (const phrase of phrases) {
    const found = sayingOf(text, part, phrase);
    if (found !== null) return found;
  }
  return null;
}

function sayingOf(text: PreparedText, part: TextPart, phrase: Phrase): Saying | null {
  for (const first of text.placesOf(phrase)) {
    const own = textAt(text, first);
    if (part !== 'text' && part !== own.part) continue;
    const last = first + phrase.words.length - 1;
    if (!isOneSentence(text, first, last) || isDenied(text, first, last)) continue;
    return { text: own, start: text.starts[first] ?? 0, end: text.ends[last] ?? 0 };
  }
  return null;
}

function isOneSentence(text: PreparedText, first: number, last: number): boolean {
  for (let index = first; index < last; index++) if (endsSentence(text, index)) return false;
  return true;
}

function endsSentence(text: PreparedText, index: number): boolean {
  const gap = gapAfter(text, index);
  return gap !== ' ' && SENTENCE_END.test(gap);
}
