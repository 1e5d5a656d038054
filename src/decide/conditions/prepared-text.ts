import type { TextPart } from '../condition.ts';
import { withoutQuotes } from './quoted.ts';
import { type Sketch, sketchOf } from './sketch.ts';
import { wordsOf } from './words.ts';

/** One text of a ticket. */
export interface OwnText {
  part: Exclude<TextPart, 'text'>;
  written: string;
  /** The text without what the customer only quotes, with the same places. */
  own: string;
}

/** A word of one of the texts: folded, and where it stands in the text as written. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
  text: OwnText;
}

/**
 * Subject and message, split into words once and asked hundreds of times: a word that neither has costs
 * one look into a map.
 */
export interface PreparedText {
  texts: readonly OwnText[];
  /** The words of the subject, then those of the message. */
  words: readonly PlacedWord[];
  sketch: Sketch;
  /** Index of the first place of each word. */
  first: ReadonlyMap<string, number>;
  /** For each place the index of the next place of the same word; -1 where there is none. */
  next: readonly number[];
  /** Indices of the words that begin with the same few letters; made when first asked for. */
  beginnings: ReadonlyMap<string, readonly number[]> | null;
}

/** Letters by which beginnings are kept. */
const BEGINNING = 3;

export function prepareText(ticket: { subject: string; description: string }): PreparedText {
  const texts: readonly OwnText[] = [
    { part: 'subject', written: ticket.subject, own: ticket.subject },
    { part: 'message', written: ticket.description, own: withoutQuotes(ticket.description) },
  ];
  const words = texts.flatMap((text) =>
    wordsOf(text.own).map(({ word, start, end }): PlacedWord => ({ word, start, end, text })),
  );
  return { texts, words, sketch: sketchOf(words), ...placesOf(words), beginnings: null };
}

/** Goes backwards, so that what is seen last for a word is its first place. */
function placesOf(words: readonly PlacedWord[]): Pick<PreparedText, 'first' | 'next'> {
  const first = new Map<string, number>();
  const next = words.map(() => -1);
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index]?.word ?? '';
    next[index] = first.get(word) ?? -1;
    first.set(word, index);
  }
  return { first, next };
}

/** What a phrase asks for: a word, or the beginning of one. */
interface Wanted {
  word: string;
  prefix: boolean;
}

/** Index of the first word that is this, or that begins so; -1 when none is. */
export function firstPlace(text: PreparedText, wanted: Wanted): number {
  return wanted.prefix ? nextBeginning(text, -1, wanted.word) : (text.first.get(wanted.word) ?? -1);
}

/** Index of the next such word after the given one; -1 when it was the last. */
export function nextPlace(text: PreparedText, after: number, wanted: Wanted): number {
  return wanted.prefix ? nextBeginning(text, after, wanted.word) : (text.next[after] ?? -1);
}

function nextBeginning(text: PreparedText, after: number, beginning: string): number {
  text.beginnings ??= beginningsOf(text.words);
  const near = beginning.length < BEGINNING ? null : (text.beginnings.get(beginning.slice(0, BEGINNING)) ?? []);
  if (near === null) return text.words.findIndex(({ word }, index) => index > after && word.startsWith(beginning));
  return near.find((index) => index > after && text.words[index]?.word.startsWith(beginning)) ?? -1;
}

function beginningsOf(words: readonly PlacedWord[]): ReadonlyMap<string, readonly number[]> {
  const beginnings = new Map<string, number[]>();
  for (const [index, { word }] of words.entries()) {
    const beginning = word.slice(0, BEGINNING);
    const places = beginnings.get(beginning);
    if (places === undefined) beginnings.set(beginning, [index]);
    else places.push(index);
  }
  return beginnings;
}

/** What stands between two words that follow each other: mostly a space. A paragraph ends between two texts. */
export function gapBetween(word: PlacedWord, next: PlacedWord): string {
  if (word.text !== next.text) return '\n\n';
  const { own } = word.text;
  return next.start === word.end + 1 && own[word.end] === ' ' ? ' ' : own.slice(word.end, next.start);
}
