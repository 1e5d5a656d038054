import type { Condition, FieldPath, Phrase } from '../condition.ts';
import type { Policy } from '../policy.ts';
import { type Clue, needsOf, phrasesIn } from './needs.ts';
import { createPhraseTree, type PhraseTree } from './phrase-tree.ts';

/** A rule, as far as the index goes. */
export interface Asking {
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
export interface Waiting {
  /** Of each rule, the index of its first need; those up to that of the next rule are its own. */
  firsts: number[];
  byPhrase: Map<Phrase, number[]>;
  /** In lower-case ASCII. */
  byLetters: Map<string, number[]>;
  byField: Map<FieldPath, Map<string, number[]>>;
}

/** Made once for a policy: a policy never changes, a new config is a new one. */
const KNOWN = new WeakMap<Policy, RuleIndex>();

/** The rules of a policy, laid out by what they need of a ticket. */
export function ruleIndexOf(policy: Policy): RuleIndex {
  const known = KNOWN.get(policy);
  if (known !== undefined) return known;
  const { intake, triage, escalation, routing, sla, offers } = policy;
  const index = createRuleIndex([
    intake.clarify,
    triage.rules,
    escalation.definitions,
    routing.rules,
    sla.policies,
    offers.drafts,
    offers.articles,
  ]);
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
