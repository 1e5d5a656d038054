import type { Condition, Phrase } from '../condition.ts';
import type { Policy } from '../policy.ts';
import { needsOf, phrasesIn } from './needs.ts';
import { createPhraseTree, type PhraseTree } from './phrase-tree.ts';
import type { PreparedText } from './prepared-text.ts';

interface Asking {
  when: Condition;
}

/** Tells which rules a text can concern, so that the others need not be asked. */
export interface RuleIndex {
  /** All phrases of all rules. */
  phrases: PhraseTree;
  /** What the rules of each list wait for. */
  lists: ReadonlyMap<readonly Asking[], Needs>;
}

/** What the rules of a list need of a text. Rules are named by their index. */
interface Needs {
  /** By rule: 1 where it can hold of any text. */
  none: Uint8Array;
  byPhrase: ReadonlyMap<Phrase, readonly number[]>;
  byLiteral: ReadonlyMap<string, readonly number[]>;
}

/** Made once for a policy: a policy never changes, a new config is a new one. */
const KNOWN = new WeakMap<Policy, RuleIndex>();

/** S as an old long letter, which has no other lower case but which patterns take for an s. */
const LONG_S = /ſ/g;

/** The rules of a policy, laid out by what they need of a text. */
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
  return { phrases: createPhraseTree(phrases), lists: new Map(lists.map((rules) => [rules, gather(rules)])) };
}

function gather(rules: readonly Asking[]): Needs {
  const none = new Uint8Array(rules.length);
  const byPhrase = new Map<Phrase, number[]>();
  const byLiteral = new Map<string, number[]>();
  for (const [rule, { when }] of rules.entries()) {
    const needs = needsOf(when);
    if (needs === null) none[rule] = 1;
    for (const clue of needs ?? []) {
      if (typeof clue === 'string') byLiteral.set(clue, [...(byLiteral.get(clue) ?? []), rule]);
      else byPhrase.set(clue, [...(byPhrase.get(clue) ?? []), rule]);
    }
  }
  return { none, byPhrase, byLiteral };
}

/**
 * The rules of a list that can hold by what the text says, in their order: all that hold are among them,
 * and few that do not. A list that the index does not have is given back whole.
 */
export function rulesInPlay<Rule extends Asking>(
  rules: readonly Rule[],
  { index, text }: { index: RuleIndex; text(): PreparedText },
): readonly Rule[] {
  const needs = index.lists.get(rules);
  if (needs === undefined) return rules;
  const inPlay = needs.none.slice();
  if (inPlay.includes(0)) followClues(needs, text(), inPlay);
  return rules.filter((_, rule) => inPlay[rule] === 1);
}

function followClues({ byPhrase, byLiteral }: Needs, text: PreparedText, inPlay: Uint8Array): void {
  for (const phrase of text.places.keys()) {
    for (const rule of byPhrase.get(phrase) ?? []) inPlay[rule] = 1;
  }
  if (byLiteral.size === 0) return;
  const letters = [text.subject, text.message].map(({ own }) => own.toLowerCase().replace(LONG_S, 's'));
  for (const [literal, waiting] of byLiteral) {
    if (!letters.some((each) => each.includes(literal))) continue;
    for (const rule of waiting) inPlay[rule] = 1;
  }
}
