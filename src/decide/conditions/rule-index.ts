import type { Condition, FieldPath, Phrase } from '../condition.ts';
import type { Policy } from '../policy.ts';
import { comparable, readField, valuesOf } from './fields.ts';
import type { Subject } from './index.ts';
import { type Clue, needsOf, phrasesIn } from './needs.ts';
import { createPhraseTree, type PhraseTree } from './phrase-tree.ts';
import type { PreparedText } from './prepared-text.ts';

/** What there is to know of a rule here. */
interface Asking {
  when: Condition;
  /** What it sets, by field. */
  then?: object;
}

/** Tells which rules a ticket can concern, so that the others need not be asked. */
export interface RuleIndex {
  /** All phrases of all rules. */
  phrases: PhraseTree;
  /** What the rules of each list wait for. */
  lists: ReadonlyMap<readonly Asking[], Waiting>;
}

/** What the rules of a list need, by the clues that they wait for. Needs are named by their index. */
interface Waiting {
  /** Of each rule, the index of its first need; those up to that of the next rule are its own. */
  firsts: number[];
  byPhrase: Map<Phrase, number[]>;
  byLetters: Map<string, number[]>;
  byField: Map<FieldPath, Map<string, number[]>>;
}

/** Made once for a policy: a policy never changes, a new config is a new one. */
const KNOWN = new WeakMap<Policy, RuleIndex>();

/** S as an old long letter, which has no other lower case but which patterns take for an s. */
const LONG_S = /ſ/g;

/** The rules of a policy, laid out by what they need of a ticket. */
export function ruleIndexOf(policy: Policy): RuleIndex {
  const known = KNOWN.get(policy);
  if (known !== undefined) return known;
  const index = createRuleIndex([policy.triage.rules, policy.routing.rules, policy.sla.policies]);
  KNOWN.set(policy, index);
  return index;
}

/** Lays out lists of rules. */
export function createRuleIndex(lists: readonly (readonly Asking[])[]): RuleIndex {
  const phrases = lists.flatMap((rules) => rules.flatMap(({ when }) => phrasesIn(when)));
  return { phrases: createPhraseTree(phrases), lists: new Map(lists.map((rules) => [rules, waitingIn(rules)])) };
}

/** A rule sees what the rules above it set. */
function waitingIn(rules: readonly Asking[]): Waiting {
  const changing = new Set(rules.flatMap(({ then = {} }) => Object.keys(then)));
  const waiting: Waiting = { firsts: [0], byPhrase: new Map(), byLetters: new Map(), byField: new Map() };
  let count = 0;
  for (const { when } of rules) {
    for (const need of needsOf(when, changing)) {
      for (const clue of need) needsBy(waiting, clue).push(count);
      count++;
    }
    waiting.firsts.push(count);
  }
  return waiting;
}

function needsBy({ byPhrase, byLetters, byField }: Waiting, clue: Clue): number[] {
  switch (clue.kind) {
    case 'phrase':
      return byPhrase.getOrInsertComputed(clue.phrase, () => []);
    case 'letters':
      return byLetters.getOrInsertComputed(clue.letters, () => []);
    case 'value':
      return byField.getOrInsertComputed(clue.field, () => new Map()).getOrInsertComputed(clue.value, () => []);
  }
}

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
