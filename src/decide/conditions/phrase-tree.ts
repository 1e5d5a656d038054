import type { Phrase } from '../condition.ts';

/** Where phrases stand: for each that does, the indices of its first word in order. */
export type Places = ReadonlyMap<Phrase, readonly number[]>;

/** Many phrases, to be found in one reading of a text. */
export interface PhraseTree {
  has(phrase: Phrase): boolean;
  /** Where the words of each phrase stand in a row, whatever is between them and whether or not it is denied. */
  placesIn(words: readonly string[]): Places;
}

/** A place in the tree: the words that lead to it have been read. */
interface Branch {
  /** Phrases that have been read to their end. */
  ends: Phrase[];
  words: Map<string, Branch>;
  /** Words with an ending left open, by their first letters; those that have fewer letters stand apart. */
  beginnings: Map<string, Beginning[]>;
  short: Beginning[];
}

interface Beginning {
  word: string;
  branch: Branch;
}

/** Letters by which beginnings are looked up. */
const LETTERS = 3;

/**
 * Lays phrases out by their words. Hundreds of rules want thousands of phrases of which a text has a few:
 * following its words down the tree costs what the text has, not what the rules want.
 */
export function createPhraseTree(phrases: readonly Phrase[]): PhraseTree {
  const known = new Set(phrases);
  const root = newBranch();
  for (const phrase of known) addPhrase(root, phrase);

  return {
    has: (phrase) => known.has(phrase),
    placesIn(words) {
      const places = new Map<Phrase, number[]>();
      for (let first = 0; first < words.length; first++) follow(root, { words, first, places }, first);
      return places;
    },
  };
}

function newBranch(): Branch {
  return { ends: [], words: new Map(), beginnings: new Map(), short: [] };
}

function addPhrase(root: Branch, phrase: Phrase): void {
  if (phrase.words.length === 0) return;
  const end = phrase.words.reduce((branch, { word, prefix }) => {
    if (prefix) return branchOfBeginning(branch, word);
    return branch.words.getOrInsertComputed(word, newBranch);
  }, root);
  end.ends.push(phrase);
}

function branchOfBeginning({ beginnings, short }: Branch, word: string): Branch {
  const near = word.length < LETTERS ? short : beginnings.getOrInsertComputed(word.slice(0, LETTERS), () => []);
  const there = near.find((each) => each.word === word);
  if (there !== undefined) return there.branch;
  const branch = newBranch();
  near.push({ word, branch });
  return branch;
}

/** A reading of phrases that begin at one word. */
interface Reading {
  words: readonly string[];
  first: number;
  places: Map<Phrase, number[]>;
}

function follow(branch: Branch, reading: Reading, at: number): void {
  const word = reading.words[at];
  if (word === undefined) return;
  const next = branch.words.get(word);
  if (next !== undefined) arrive(next, reading, at);
  if (branch.beginnings.size > 0) followBeginnings(branch.beginnings.get(word.slice(0, LETTERS)), reading, at);
  if (branch.short.length > 0) followBeginnings(branch.short, reading, at);
}

function followBeginnings(near: readonly Beginning[] | undefined, reading: Reading, at: number): void {
  if (near === undefined) return;
  for (const { word, branch } of near) if (reading.words[at]?.startsWith(word)) arrive(branch, reading, at);
}

function arrive(branch: Branch, reading: Reading, at: number): void {
  for (const phrase of branch.ends) reading.places.getOrInsertComputed(phrase, () => []).push(reading.first);
  follow(branch, reading, at + 1);
}
