import type { Evidence, Reason, ReasonParams, Source } from '../decision.ts';
import { fieldWords } from './field-words.ts';

/** Makes the sentence of each code of one stage. `sentence.ts` keeps the length. */
export type Sentences = Readonly<Record<string, (reason: Reason) => string>>;

/** How much of a customer's words, or of a name, a sentence quotes. */
const LONGEST_QUOTE = 60;

/** Evidence beyond this many is in the record, but not in the sentence. */
const MOST_EVIDENCE = 2;

/** A parameter as words; empty when it is missing. */
export function word(params: ReasonParams, name: string): string {
  const value = params[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? series(value) : oneLine(String(value));
}

/** A parameter that is a list. */
export function words(params: ReasonParams, name: string): readonly string[] {
  const value = params[name];
  return typeof value === 'object' && value !== null ? value.map(oneLine) : [];
}

/** `Ana, Ben and Cy`, and no more than so many of them: `Ana, Ben and 7 more`. */
export function series(list: readonly string[], { most = 4, last = 'and' } = {}): string {
  const shown = list.length > most ? [...list.slice(0, most - 1), `${list.length - most + 1} more`] : list;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).map(oneLine).join(', ')} ${last} ${oneLine(shown.at(-1) ?? '')}`;
}

/** `, because the text says “payment failed” and invoice is unpaid (rule Failed payment goes to billing)`. */
export function because(reason: Pick<Reason, 'evidence' | 'source'>): string {
  return `${evidenceOf(reason.evidence)}${ruleOf(reason.source)}`;
}

/** `, because the text says “payment failed”`; empty when there is nothing to quote. */
export function evidenceOf(evidence: readonly Evidence[]): string {
  const shown = evidence.slice(0, MOST_EVIDENCE).map(quoted);
  return shown.length === 0 ? '' : `, because ${shown.join(' and ')}`;
}

function quoted(evidence: Evidence): string {
  if (evidence.kind === 'text') return `the text says ${quote(evidence.quote)}`;
  return `${short(fieldWords(evidence.name))} is ${short(evidence.value)}`;
}

/** ` (rule Failed payment goes to billing)`; empty when no rule decided. */
export function ruleOf(source: Source): string {
  return source.kind === 'rule' ? ` (rule ${short(source.name)})` : '';
}

/** Somebody's own words: on one line, short, in quotation marks. */
export function quote(text: string): string {
  return `“${short(text)}”`;
}

/** The name as a person would write it: `needs_info` as `needs info`. */
export function plain(name: string): string {
  return oneLine(name).replaceAll('_', ' ');
}

/** With a capital, as at the start of a sentence. */
export function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}

/** `1 ticket`, `2 tickets`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function short(text: string): string {
  return cut(oneLine(text), LONGEST_QUOTE);
}

/** Line breaks and control characters become a space; marks that turn the writing direction go. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** At most so many characters, cut between words and marked with an ellipsis. Never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  const lastSpace = kept.lastIndexOf(' ');
  const atWord = lastSpace > most / 2 ? kept.slice(0, lastSpace) : kept;
  return `${atWord.replace(/[\s,;:.(“]+$/u, '')}…`;
}

/** Minutes as people promise them: `45 min`, `8 h`, `7 h 30 min`. Never days: a working day has its own length. */
export function minutesWords(minutes: number): string {
  const whole = Math.floor(Math.abs(minutes));
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
