import type { Phrase } from '../condition.ts';
import { BEGINNING, numberOf, type Words } from './words.ts';

/** Where phrases stand: for each that does, the indices of its first word in order. */
export type Places = ReadonlyMap<Phrase, readonly number[]>;

/** A text to look for phrases in. */
export interface Readable extends Pick<Words, 'numbers' | 'beginnings'> {
  /** The word at an index, folded; empty beyond the last. */
  wordAt(index: number): string;
}

/** Many phrases, to be found in one reading of a text. */
export interface PhraseTree {
  has(phrase: Phrase): boolean;
  placesIn(text: Readable): Places;
}

/** Where the words read so far lead: on by the number of the next word, or by that of how it begins. */
interface Branch {
  words: Map<number, Branch>;
  beginnings: Map<number, Branch>;
  /** On by any word: for beginnings of a letter or two, which few phrases have. */
  anyWord: Branch | null;
  /** Phrases that have been read to their end, if the words are what their numbers say. */
  ends: Phrase[];
}

/**
 * Lays phrases out by the numbers of their words. Hundreds of rules want thousands of phrases of which a
 * text has a few: following its words down the tree costs what the text has, not what the rules want.
 */
export function createPhraseTree(phrases: readonly Phrase[]): PhraseTree {
  const known = new Set(phrases);
  const root = newBranch();
  for (const phrase of known) if (phrase.words.length > 0) phrase.words.reduce(branchBy, root).ends.push(phrase);

  return {
    has: (phrase) => known.has(phrase),
    placesIn(text) {
      const reading: Reading = { text, places: new Map(), first: 0 };
      for (; reading.first < text.numbers.length; reading.first++) follow(root, reading, reading.first);
      return reading.places;
    },
  };
}

function newBranch(): Branch {
  return { words: new Map(), beginnings: new Map(), anyWord: null, ends: [] };
}

function branchBy(branch: Branch, { word, prefix }: Phrase['words'][number]): Branch {
  if (!prefix) return branch.words.getOrInsertComputed(numberOf(word), newBranch);
  if (word.length < BEGINNING) return (branch.anyWord ??= newBranch());
  return branch.beginnings.getOrInsertComputed(numberOf(word.slice(0, BEGINNING)), newBranch);
}

/** A reading of the phrases that begin at one word. */
interface Reading {
  text: Readable;
  places: Map<Phrase, number[]>;
  first: number;
}

function follow(branch: Branch, reading: Reading, at: number): void {
  const { numbers, beginnings } = reading.text;
  const [number, beginning] = [numbers[at], beginnings[at]];
  if (number === undefined || beginning === undefined) return;
  arrive(branch.words.get(number), reading, at);
  arrive(branch.beginnings.get(beginning), reading, at);
  arrive(branch.anyWord, reading, at);
}

function arrive(branch: Branch | null | undefined, reading: Reading, at: number): void {
  if (branch === null || branch === undefined) return;
  const { text, places, first } = reading;
  for (const phrase of branch.ends) {
    if (standsAt(text, phrase, first)) places.getOrInsertComputed(phrase, () => []).push(first);
  }
  follow(branch, reading, at + 1);
}

/** Whether the words of a phrase stand in a row from a place on, whatever is between them or denies them. */
export function standsAt(text: Readable, { words }: Phrase, first: number): boolean {
  return words.every(({ word, prefix }, offset) => {
    const said = text.wordAt(first + offset);
    return prefix ? said.startsWith(word) : said === word;
  });
}
