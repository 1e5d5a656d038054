import type { Phrase, TextPart } from '../condition.ts';
import type { Places, PhraseTree } from './phrase-tree.ts';
import { withoutQuotes } from './quoted.ts';
import { addWords, type Words } from './words.ts';

/** One text of a ticket. */
export interface OwnText {
  part: Exclude<TextPart, 'text'>;
  written: string;
  /** The text without what the customer only quotes, with the same places. */
  own: string;
}

/** Subject and message, read once for all rules. The words of the subject come first, then those of the message. */
export interface PreparedText extends Readonly<Words> {
  subject: OwnText;
  message: OwnText;
  /** How many of the words are the subject's. */
  ofSubject: number;
  /** The phrases that it was read for, and where they stand. */
  phrases: PhraseTree;
  places: Places;
}

const NOWHERE: readonly number[] = [];

/** Splits the texts of a ticket into words, and finds phrases in them. */
export function prepareText(ticket: { subject: string; description: string }, phrases: PhraseTree): PreparedText {
  const subject: OwnText = { part: 'subject', written: ticket.subject, own: ticket.subject };
  const message: OwnText = { part: 'message', written: ticket.description, own: withoutQuotes(ticket.description) };
  const { words, starts, ends }: Words = { words: [], starts: [], ends: [] };
  addWords(subject.own, { words, starts, ends });
  const ofSubject = words.length;
  addWords(message.own, { words, starts, ends });
  return { subject, message, ofSubject, words, starts, ends, phrases, places: phrases.placesIn(words) };
}

/** Where the words of a phrase stand in a row: the indices of its first word. */
export function placesOf({ places, phrases, words }: PreparedText, phrase: Phrase): readonly number[] {
  return places.get(phrase) ?? (phrases.has(phrase) ? NOWHERE : search(words, phrase));
}

/** Looks for a phrase that the text was not read for. */
function search(words: readonly string[], phrase: Phrase): readonly number[] {
  if (phrase.words.length === 0) return NOWHERE;
  return [...words.keys()].filter((first) =>
    phrase.words.every(({ word, prefix }, offset) => {
      const said = words[first + offset];
      return prefix ? said?.startsWith(word) : said === word;
    }),
  );
}

/** The text that a word belongs to. */
export function textAt({ subject, message, ofSubject }: PreparedText, index: number): OwnText {
  return index < ofSubject ? subject : message;
}

/** What stands between a word and the next: mostly a space. A paragraph ends between two texts and after the last. */
export function gapAfter(text: PreparedText, index: number): string {
  const { starts, ends, ofSubject } = text;
  const [end, start] = [ends[index], starts[index + 1]];
  if (end === undefined || start === undefined || index + 1 === ofSubject) return '\n\n';
  const { own } = textAt(text, index);
  return start === end + 1 && own[end] === ' ' ? ' ' : own.slice(end, start);
}
