import type { Condition } from '../../decide/condition.ts';
import { fieldsRead, subjectOf } from '../../decide/conditions/index.ts';
import { createRuleIndex } from '../../decide/conditions/rule-index.ts';
import { rulesInPlay } from '../../decide/conditions/rules-in-play.ts';
import type { Judgement } from '../../decide/index.ts';
import type { Rule } from '../../decide/policy.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { isSameData } from './same-data.ts';

/** What became of a ticket by one of two policies. */
export interface Judged {
  before: Ticket;
  judgement: Pick<Judgement, 'ticket' | 'reasons'>;
}

/** What a ticket says from its first turn on, or comes to say once: never one thing first and another later. */
const LASTING = /^(?:requester\.|channel$)/;

/** Tells how many rules there are. */
const COUNTS_RULES = 'triage.no_rule_matched';

/**
 * Of two lists of rules, whether it makes a difference which of them a ticket is judged by. It makes none where each
 * rule that is not in both waits for words that are not there, or for somebody else: then no other rule sees anything
 * of it.
 */
export function rulesMayMatter<Then>(
  rules: readonly Rule<Then>[],
  others: readonly Rule<Then>[],
): (judged: Judged) => boolean {
  const [own, foreign] = [notIn(rules, others), notIn(others, rules)];
  const changed = [...own, ...foreign];
  const kept = rules.filter((rule) => !own.includes(rule));
  const keptThere = others.filter((rule) => !foreign.includes(rule));
  if (!isSameData(kept, keptThere) || !readTheSame(rules, others)) return () => true;
  const asking = changed.map(({ when }) => byWhatLasts(when));
  const index = createRuleIndex([asking]);
  const isInPlay = (ticket: Ticket) => rulesInPlay(asking, subjectOf(ticket, ticket.createdAt, index)).length > 0;
  const isCounted = rules.length !== others.length;
  return ({ before, judgement: { ticket, reasons } }) =>
    isInPlay(before) || isInPlay(ticket) || (isCounted && reasons.some(({ code }) => code === COUNTS_RULES));
}

function notIn<Then>(rules: readonly Rule<Then>[], others: readonly Rule<Then>[]): readonly Rule<Then>[] {
  const byName = Map.groupBy(others, ({ name }) => name);
  return rules.filter((rule) => byName.get(rule.name)?.some((other) => isSameData(rule, other)) !== true);
}

/** Which fields the rules read is asked before any of them is asked whether it holds. */
function readTheSame(rules: readonly Rule<unknown>[], others: readonly Rule<unknown>[]): boolean {
  const [fields, otherFields] = [rules, others].map((all) => new Set(all.flatMap(({ when }) => fieldsRead(when))));
  return fields?.symmetricDifference(otherFields ?? new Set()).size === 0;
}

/** What other fields say may change before the rule is asked, and is no clue. */
function byWhatLasts(when: Condition) {
  const changing = fieldsRead(when).filter((field) => !LASTING.test(field));
  return { when, then: Object.fromEntries(changing.map((field) => [field, null])) };
}
