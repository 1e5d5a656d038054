import { withoutQuotes } from './conditions/quoted.ts';
import { fold } from './conditions/words.ts';
import { isSignature, splitSignature } from './gratitude/signature.ts';
import { GREETING, JOINING, SAID_ALONG, SOLVED, THANKS } from './gratitude/vocabulary.ts';

/** Thanks are short. Whoever writes more has something to say. */
const LONGEST_THANKS = 400;

/** Signs that only please: they change nothing of what the words say. */
const PLEASED =
  /[\u{1F44C}\u{1F389}\u{1F603}\u{1F600}\u{1F604}\u{1F60A}\u{1F642}\u{1F970}\u{263A}\u{2705}\u{1F4AF}]|[:;]-?[)D]/gu;

/** Signs that thank by themselves: a thumb up, folded hands, clapping, hearts. */
const THANKING = /(?:\u{1F44D}|\u{1F64F}|\u{1F44F}|\u{2764}|\u{1F49A}|\u{1F499}|<3)/gu;

/** Colours of hands, and marks that say how a sign is drawn. */
const DRAWN_AS = /[\u{1F3FB}-\u{1F3FF}]|\u{FE0E}|\u{FE0F}/gu;

/** What stands between two statements, once the words are folded. */
const STOP = ' | ';

/**
 * Whether a message only thanks, or says that all is well, and asks for nothing. Only what is known as such
 * counts: one word that is not, a question, a number, and it is a real reply. To take thanks for a reply
 * costs somebody a look; to take a reply for thanks would cost the customer an answer.
 *
 * `phrases` are thanks in a team's own words; `names` those of people who may be greeted, or sign.
 */
export function isGratitude(text: string, phrases: readonly string[] = [], names: readonly string[] = []): boolean {
  const said = readMessage(text, phrases, names);
  return said !== null && (said.has('thanks') || said.has('solved'));
}

/** Whether a message says that the matter is settled, and nothing else but thanks. Thanks alone do not say so. */
export function saysSolved(text: string, phrases: readonly string[] = [], names: readonly string[] = []): boolean {
  return readMessage(text, phrases, names)?.has('solved') === true;
}

/** What a message says, as far as all of it is known; null when anything is not. */
function readMessage(text: string, phrases: readonly string[], names: readonly string[]): ReadonlySet<Sense> | null {
  const known = namesOf(names);
  const { body, signature } = splitSignature(withoutQuotes(text), known);
  if (body.length > LONGEST_THANKS || !isSignature(signature, known)) return null;
  const own = new Set(phrases.map(statementOf));
  return readAll(normalised(body), { own, known });
}

type Sense = 'thanks' | 'solved' | 'along';

/** Reads the statements one after the other; null at the first words that are none of them. */
function readAll(
  text: string,
  { own, known }: { own: ReadonlySet<string>; known: ReadonlySet<string> },
): ReadonlySet<Sense> | null {
  const said = new Set<Sense>();
  for (const sentence of text.split(STOP.trim()).map((part) => part.trim())) {
    if (own.has(sentence) && sentence !== '') said.add('thanks');
    else if (!readSentence(sentence, { known, said })) return null;
  }
  return said;
}

function readSentence(sentence: string, { known, said }: { known: ReadonlySet<string>; said: Set<Sense> }): boolean {
  let rest = sentence;
  while (rest !== '') {
    const found = longestOf(rest) ?? nameAt(rest, known);
    if (found === null) return false;
    if (found.sense !== null) said.add(found.sense);
    rest = rest.slice(found.length).trimStart();
  }
  return true;
}

interface Found {
  sense: Sense | null;
  length: number;
}

/** The longest statement with which the words begin; what joins statements says nothing. */
function longestOf(words: string): Found | null {
  const kinds: readonly [readonly RegExp[], Sense | null][] = [
    [THANKS, 'thanks'],
    [SOLVED, 'solved'],
    [SAID_ALONG, 'along'],
    [GREETING, null],
    [JOINING, null],
  ];
  const found = kinds.map(([patterns, sense]) => ({ sense, length: longestMatch(patterns, words) }));
  const [longest] = found.toSorted((one, other) => other.length - one.length);
  return longest === undefined || longest.length === 0 ? null : longest;
}

function longestMatch(patterns: readonly RegExp[], words: string): number {
  return Math.max(...patterns.map((pattern) => pattern.exec(words)?.[0].length ?? 0));
}

function nameAt(words: string, known: ReadonlySet<string>): Found | null {
  const [first = ''] = words.split(' ', 1);
  return known.has(first) ? { sense: null, length: first.length } : null;
}

/** The words, folded, with a mark where one statement ends. Whatever is no letter stays, so that nobody knows it. */
function normalised(body: string): string {
  const words = body
    .replace(DRAWN_AS, '')
    .replace(THANKING, ' thanks. ')
    .replace(PLEASED, ' ')
    .replace(/[’'`´]/g, ' ')
    .replace(/[.,;:!…¡()"“”„]+|\s[-–—]+\s|\r?\n\s*\n/g, STOP);
  return fold(words).replace(/\s+/g, ' ').trim();
}

function statementOf(phrase: string): string {
  return normalised(phrase).split(STOP.trim()).join('').replace(/\s+/g, ' ').trim();
}

/** `Anna-Lena Schmidt` may sign as Anna-Lena, or as Schmidt. */
function namesOf(names: readonly string[]): ReadonlySet<string> {
  const parts = names.flatMap((name) => [name, ...name.split(/[\s,.]+/)]);
  return new Set(parts.map((part) => fold(part.trim())).filter((part) => /^[\p{L}'-]{2,}$/u.test(part)));
}
