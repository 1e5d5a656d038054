import { comparable, readField, valuesOf } from './fields.ts';
import type { Subject } from './index.ts';
import type { PreparedText } from './prepared-text.ts';
import type { Asking, Waiting } from './rule-index.ts';

/** S as an old long letter, which has no other lower case but which patterns take for an s. */
const LONG_S = /ſ/g;

/**
 * The rules of a list that can hold of a ticket, in their order: all that do are among them, and few that
 * do not. A list that the subject's index does not have is given back whole.
 */
export function rulesInPlay<Rule extends Asking>(rules: readonly Rule[], subject: Subject): readonly Rule[] {
  const waiting = subject.index.lists.get(rules);
  if (waiting === undefined) return rules;
  const met = new Uint8Array(waiting.firsts.at(-1) ?? 0);
  followValues(waiting, subject, met);
  if (waiting.byPhrase.size > 0) followPhrases(waiting, subject.text(), met);
  if (waiting.byLetters.size > 0) followLetters(waiting, subject.text(), met);
  return rules.filter((_, rule) => isMet(waiting, rule, met));
}

function followValues({ byField }: Waiting, { ticket }: Subject, met: Uint8Array): void {
  for (const [field, byValue] of byField) {
    for (const value of valuesOf(readField(ticket, field))) mark(byValue.get(comparable(value)), met);
  }
}

function followPhrases({ byPhrase }: Waiting, { places }: PreparedText, met: Uint8Array): void {
  for (const phrase of places.keys()) mark(byPhrase.get(phrase), met);
}

function followLetters({ byLetters }: Waiting, { subject, message }: PreparedText, met: Uint8Array): void {
  const texts = [subject, message].map(({ own }) => own.toLowerCase().replace(LONG_S, 's'));
  for (const [letters, needs] of byLetters) {
    if (texts.some((text) => text.includes(letters))) mark(needs, met);
  }
}

function mark(needs: readonly number[] = [], met: Uint8Array): void {
  for (const need of needs) met[need] = 1;
}

function isMet({ firsts }: Waiting, rule: number, met: Uint8Array): boolean {
  const end = firsts[rule + 1] ?? 0;
  for (let need = firsts[rule] ?? 0; need < end; need++) if (met[need] === 0) return false;
  return true;
}
