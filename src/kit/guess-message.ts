import type { Answer } from './answers.ts';

/** A subject made of the message's first line is cut here. */
const LONGEST_SUBJECT = 80;

/** The longest that a mail address can be (RFC 5321, with its brackets off). */
const LONGEST_ADDRESS = 254;

/** What the answers of an unknown form seem to mean. */
export interface Guess {
  email: string | null;
  name: string;
  subject: string;
  text: string;
  /** The answers that are none of these. */
  rest: readonly Answer[];
}

/** A value, with the answers that it uses up. */
export interface Found {
  value: string;
  used: readonly Answer[];
}

/** What need not be guessed; null guesses. */
export interface Known {
  email: Found | null;
  name: Found | null;
  subject: Found | null;
  text: Found | null;
}

/**
 * Finds the requester, the subject and the message among answers that nobody has mapped, by their names
 * first and by what they look like second.
 */
export function guessMessage(answers: readonly Answer[], known: Known): Guess {
  const left = without(answers, known.email, known.name, known.subject, known.text);
  const email = known.email ?? findEmail(left);
  const name = known.name ?? findName(without(left, email));
  const subject = known.subject ?? findSubject(without(left, email, name));
  const free = without(left, email, name, subject);
  const text = known.text ?? findText(free);
  const rest = without(free, text);
  const words = text?.value ?? (rest.map(lineOf).join('\n') || (subject?.value ?? ''));
  return {
    email: addressIn(email?.value ?? ''),
    name: name?.value.trim() ?? localPart(email?.value),
    subject: subject?.value ?? firstLine(words),
    text: words,
    rest,
  };
}

/** The one mail address that a text consists of, in lower case; null when it is anything else. */
export function addressIn(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^.*<([^<>]+)>$/, '$1')
    .replace(/^mailto:/i, '');
  const isAddress = bare.length <= LONGEST_ADDRESS && /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]+$/.test(bare);
  return isAddress ? bare.toLowerCase() : null;
}

function of(answer: Answer | undefined): Found | null {
  return answer === undefined ? null : { value: answer.value, used: [answer] };
}

function without(answers: readonly Answer[], ...taken: readonly (Found | null)[]): readonly Answer[] {
  const used = new Set(taken.flatMap((found) => found?.used.map((answer) => answer.path) ?? []));
  return answers.filter((answer) => !used.has(answer.path));
}

function findEmail(answers: readonly Answer[]): Found | null {
  const addresses = answers.filter((answer) => addressIn(answer.value) !== null);
  return of(addresses.find((answer) => /e-?mail/i.test(answer.path)) ?? addresses[0]);
}

function findName(answers: readonly Answer[]): Found | null {
  const first = answers.find((answer) => /^(first|given|fore)[ _-]?(name)?$/i.test(labelOf(answer)));
  const last = answers.find((answer) => /^(last|family|sur)[ _-]?(name)?$/i.test(labelOf(answer)));
  if (first !== undefined && last !== undefined) {
    return { value: `${first.value} ${last.value}`, used: [first, last] };
  }
  return of(answers.find((answer) => isPersonName(answer)) ?? first);
}

/** "Name", "Your name", "customer.name"; not "company name", "user name", "form.name". */
function isPersonName(answer: Answer): boolean {
  const foreign = /company|organi[sz]ation|user|file|form|product|plan|project|account|domain|host|event/i;
  const owner = answer.label === undefined ? answer.path.split('.').slice(0, -1).join('.') : '';
  return /name/i.test(labelOf(answer)) && !foreign.test(labelOf(answer)) && !foreign.test(owner.replace(/user$/i, ''));
}

function findSubject(answers: readonly Answer[]): Found | null {
  for (const word of [/subject/i, /topic/i, /summary/i, /title/i]) {
    const found = answers.find((answer) => word.test(labelOf(answer)));
    if (found !== undefined) return of(found);
  }
  return null;
}

function findText(answers: readonly Answer[]): Found | null {
  const named = answers.filter((answer) => /message|descri|details|help|question|comment|body/i.test(labelOf(answer)));
  return of(longest(named.filter(isFree)) ?? longest(answers.filter(isFree)) ?? longest(named.filter(isWords)));
}

/** Whether an answer reads like something that a person wrote rather than chose. */
function isFree(answer: Answer): boolean {
  return /\S\s+\S/.test(answer.value) && isWords(answer);
}

function isWords(answer: Answer): boolean {
  return !/(^|[ _-])(id|url|type)$/i.test(labelOf(answer)) && !/^https?:\/\/\S+$|^[\d.,:+TZ -]+$/.test(answer.value);
}

function longest(answers: readonly Answer[]): Answer | undefined {
  return answers.reduce<Answer | undefined>(
    (best, answer) => (best === undefined || answer.value.length > best.value.length ? answer : best),
    undefined,
  );
}

function labelOf({ label, path }: Answer): string {
  return label ?? path.slice(path.lastIndexOf('.') + 1);
}

function lineOf(answer: Answer): string {
  return answer.path === '' ? answer.value : `${answer.path}: ${answer.value}`;
}

function localPart(address: string | undefined): string {
  return addressIn(address ?? '')?.split('@')[0] ?? '';
}

/** The first line of a text, for the subject of what has none. */
export function firstLine(text: string): string {
  const line = text.trim().split(/\r?\n|\r/, 1)[0] ?? '';
  const characters = [...line];
  return characters.length <= LONGEST_SUBJECT ? line : `${characters.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
}
