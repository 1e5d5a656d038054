import type { Phrase, TextPart } from '../condition.ts';
import { isDenied } from './negation.ts';
import { firstPlace, gapBetween, nextPlace, type OwnText, type PreparedText } from './prepared-text.ts';
import { mayHave } from './sketch.ts';

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
    if (!mayHave(text.sketch, phrase.sketch)) continue;
    const found = sayingOf(text, part, phrase);
    if (found !== null) return found;
  }
  return null;
}

function sayingOf(text: PreparedText, part: TextPart, phrase: Phrase): Saying | null {
  const [first] = phrase.words;
  if (first === undefined) return null;
  let place = firstPlace(text, first);
  if (place < 0 || !hasAll(text, phrase)) return null;
  for (; place >= 0; place = nextPlace(text, place, first)) {
    const found = sayingAt(text, place, phrase);
    if (found !== null && (part === 'text' || part === found.text.part)) return found;
  }
  return null;
}

/** Common words begin many phrases; the rarer ones after them settle most. */
function hasAll(text: PreparedText, { words }: Phrase): boolean {
  for (let index = words.length - 1; index > 0; index--) {
    const each = words[index];
    if (each !== undefined && firstPlace(text, each) < 0) return false;
  }
  return true;
}

function sayingAt(text: PreparedText, place: number, phrase: Phrase): Saying | null {
  const last = place + phrase.words.length - 1;
  const begin = text.words[place];
  const end = text.words[last];
  if (begin === undefined || end === undefined || !goesOn(text, phrase, place)) return null;
  return isDenied(text, place, last) ? null : { text: begin.text, start: begin.start, end: end.end };
}

/** Whether the words after the first are the phrase's too. */
function goesOn(text: PreparedText, { words }: Phrase, place: number): boolean {
  for (let offset = 1; offset < words.length; offset++) {
    const wanted = words[offset];
    const here = text.words[place + offset];
    const before = text.words[place + offset - 1];
    if (wanted === undefined || here === undefined || before === undefined) return false;
    if (wanted.prefix ? !here.word.startsWith(wanted.word) : here.word !== wanted.word) return false;
    const gap = gapBetween(before, here);
    if (gap !== ' ' && SENTENCE_END.test(gap)) return false;
  }
  return true;
}
