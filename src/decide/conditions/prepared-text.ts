import type { Phrase, TextPart } from '../condition.ts';
import { type Places, type PhraseTree, type Readable, standsAt } from './phrase-tree.ts';
import { withoutQuotes } from './quoted.ts';
import { addWords, fold, noWords, type Words } from './words.ts';

/** One text of a ticket. */
export interface OwnText {
  part: Exclude<TextPart, 'text'>;
  written: string;
  /** The text without what the customer only quotes, with the same places. */
  own: string;
}

/** Subject and message, read once for all rules. The words of the subject come first, then those of the message. */
export interface PreparedText extends Readonly<Words>, Readable {
  subject: OwnText;
  message: OwnText;
  /** How many of the words are the subject's. */
  ofSubject: number;
  /** Where the words of a phrase stand in a row, whatever is between them or denies them: indices of its first word. */
  placesOf(phrase: Phrase): readonly number[];
  /** Where they stand of all phrases that the text was read for. */
  places: Places;
}

const NOWHERE: readonly number[] = [];

/** A ticket is looked at some six times in its life, and many lives go on at once. */
const MOST_REMEMBERED = 300;

/** Characters of a text that is remembered: with longer ones few would fill the memory. */
const LONGEST_REMEMBERED = 3000;

/** What was read of late, by its words, for the phrases that it was read for. */
const REMEMBERED = new WeakMap<PhraseTree, Map<string, PreparedText>>();

/** The same as `prepareText`, read once for all turns of a ticket as far as they come soon enough. */
export function readText(ticket: { subject: string; description: string }, phrases: PhraseTree): PreparedText {
  const { subject, description } = ticket;
  if (subject.length + description.length > LONGEST_REMEMBERED) return prepareText(ticket, phrases);
  const known = REMEMBERED.getOrInsertComputed(phrases, () => new Map<string, PreparedText>());
  const words = `${subject}\0${description}`;
  const text = known.get(words) ?? prepareText(ticket, phrases);
  // The one that was asked for longest ago stands first, and goes first.
  known.delete(words);
  known.set(words, text);
  const [oldest = ''] = known.size > MOST_REMEMBERED ? known.keys() : [];
  known.delete(oldest);
  return text;
}

/** Splits the texts of a ticket into words, and finds phrases in them. */
export function prepareText(ticket: { subject: string; description: string }, phrases: PhraseTree): PreparedText {
  const subject: OwnText = { part: 'subject', written: ticket.subject, own: ticket.subject };
  const message: OwnText = { part: 'message', written: ticket.description, own: withoutQuotes(ticket.description) };
  const words = noWords();
  addWords(subject.own, words);
  const ofSubject = words.numbers.length;
  addWords(message.own, words);
  const { starts, ends } = words;

  function wordAt(index: number): string {
    const { own } = index < ofSubject ? subject : message;
    return fold(own.slice(starts[index] ?? own.length, ends[index]));
  }

  const readable = { ...words, wordAt };
  const places = phrases.placesIn(readable);

  return {
    ...readable,
    subject,
    message,
    ofSubject,
    places,
    placesOf: (phrase) => places.get(phrase) ?? (phrases.has(phrase) ? NOWHERE : search(readable, phrase)),
  };
}

/** Looks for a phrase that the text was not read for. */
function search(text: Readable, phrase: Phrase): readonly number[] {
  if (phrase.words.length === 0) return NOWHERE;
  return [...text.numbers.keys()].filter((first) => standsAt(text, phrase, first));
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
