import { isDeepStrictEqual } from 'node:util';
import type { StoredDecision } from '../../db/ticket-queries.ts';
import type { Condition } from '../../decide/condition.ts';
import { holds, type Subject, subjectAfter, subjectOf } from '../../decide/conditions/index.ts';
import { unmetParts } from '../../decide/conditions/unmet.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Stage } from '../../domain/decision.ts';
import { quote, series } from '../../domain/sentences/words.ts';
import type { FieldValue, Ticket, TicketField } from '../../domain/ticket.ts';
import { conditionWords } from './condition-words.ts';
import { checkInMoment, thresholdWords } from './follow-up-entries.ts';

/** A rule that did not decide, and why. */
export interface Lost {
  name: string;
  place: string;
  /** Whether it held and came too late, or did not hold. */
  kind: 'later' | 'unmet';
  why: string;
}

/** Rules that lost a decision: the nearest first, and how many others there are. */
export interface LostRules {
  rules: readonly Lost[];
  others: number;
}

/** A rule of a list in which the first that sets a field has it. */
interface Ranked {
  name: string;
  place: string;
  when: Condition;
  then: object;
  /** Of a rule that waits for something beyond its condition: what for. */
  waitsFor?: string;
}

/** Rules that came nearest; nobody reads five hundred that had nothing to do with it. */
const MOST_SHOWN = 8;

/** Parts of a condition that are told. */
const MOST_PARTS = 3;

/**
 * The rules of the same stage that did not decide, by the config of that time. This is worked out now: the fields of
 * the ticket as they were before the turn, as far as decisions say what they changed; what else is known of it, such as
 * the account or the columns of its row, as it is today.
 *
 * @param decisions all of the ticket, in their order
 */
export function lostTo(
  decision: StoredDecision,
  { ticket, decisions, policy }: { ticket: Ticket; decisions: readonly StoredDecision[]; policy: Policy },
): LostRules {
  const { source } = decision;
  const rules = rulesOf(policy, decision.code, decision.stage);
  const winner = 'name' in source ? source.name : null;
  const found: Lost[] = [];
  let subject = subjectOf(ticketBefore(ticket, decisions, decision), decision.at);
  for (const rule of rules) {
    const isHolding = holds(rule.when, subject) !== null;
    if (rule.name !== winner) found.push(isHolding ? holding(rule, decision, decisions) : unmet(rule, subject));
    if (isHolding && decision.stage === 'triage') subject = withSet(subject, rule);
  }
  const near = found.toSorted((one, other) => Number(one.kind === 'unmet') - Number(other.kind === 'unmet'));
  return { rules: near.slice(0, MOST_SHOWN), others: Math.max(0, near.length - MOST_SHOWN) };
}

function rulesOf(policy: Policy, code: string, stage: Stage): readonly Ranked[] {
  if (code === 'escalate.raised') {
    return policy.escalation.definitions.map((each) => ({ ...each, then: {}, waitsFor: thresholdWords(each) }));
  }
  if (code === 'follow_up.check_in_planned') {
    return policy.followUp.checkIns.map((each) => ({ ...each, then: {}, waitsFor: checkInMoment(each) }));
  }
  if (stage === 'triage') return policy.triage.rules;
  if (stage === 'route') return policy.routing.rules;
  if (stage === 'sla') return policy.sla.policies.map((each) => ({ ...each, then: {} }));
  return [];
}

function holding(rule: Ranked, decision: StoredDecision, decisions: readonly StoredDecision[]): Lost {
  const { waitsFor } = rule;
  return waitsFor === undefined ? later(rule, decision) : waiting({ ...rule, waitsFor }, decision, decisions);
}

/** All that hold have their say, each in its time; what one waited for, or that it had come, its decision tells. */
function waiting(
  { name, place, waitsFor }: Ranked & { waitsFor: string },
  { at, code }: StoredDecision,
  decisions: readonly StoredDecision[],
): Lost {
  const own = decisions.filter((each) => each.code === code && 'name' in each.source && each.source.name === name);
  const before = own.some((each) => Temporal.Instant.compare(each.at, at) < 0);
  const why = own.some((each) => each.at.equals(at))
    ? 'Held too, and had its say as well.'
    : before
      ? 'Held too, and had had its say before.'
      : `Is for such a ticket, and its time had not come: ${waitsFor}.`;
  return { name, place, kind: 'later', why };
}

function later(rule: Ranked, { field }: StoredDecision): Lost {
  const said = field === null ? undefined : Object.entries(rule.then).find(([name]) => name === field)?.[1];
  const what =
    said === undefined || field === null
      ? 'another rule was asked before it'
      : `it would have said ${field} ${String(said)}, and another rule had said it`;
  return { name: rule.name, place: rule.place, kind: 'later', why: `Held too; ${what}.` };
}

/** Which parts of its condition did not hold. */
export function unmet(rule: Pick<Ranked, 'name' | 'place' | 'when'>, subject: Subject): Lost {
  const parts = unmetParts(rule.when, subject).map(({ condition, stood }) => {
    const wanted = conditionWords(condition);
    return stood === null ? wanted : `${wanted} (it was ${stood.value === '' ? 'empty' : quote(stood.value)})`;
  });
  return {
    name: rule.name,
    place: rule.place,
    kind: 'unmet',
    why: `Asked for what was not so: ${series(parts, { most: MOST_PARTS })}.`,
  };
}

/** A rule of triage sees what the rules above it set; what a person chose stays. */
function withSet(subject: Subject, { then }: Ranked): Subject {
  const { ticket } = subject;
  const set = Object.entries(then).filter(([field]) => field !== 'tags' && !(field in ticket.overrides));
  const tags = 'tags' in then && Array.isArray(then.tags) ? [...new Set([...ticket.tags, ...then.tags])] : ticket.tags;
  return subjectAfter(subject, { ...ticket, ...Object.fromEntries(set), tags });
}

/**
 * Every change since the stage of that turn began, taken back: each decision says what stood there before it. What
 * earlier stages of the turn set is there, and what a person chose later is not.
 */
export function ticketBefore(ticket: Ticket, decisions: readonly StoredDecision[], of: StoredDecision): Ticket {
  const began = decisions.findIndex(({ at, stage }) => stage === of.stage && at.equals(of.at));
  const since = decisions.slice(began);
  const before = new Map<string, unknown>();
  for (const { field, fromValue } of since) if (field !== null && !before.has(field)) before.set(field, fromValue);
  const fields = [...before].filter(
    ([field, value]) => isField(ticket, field) && !isDeepStrictEqual(ticket[field], value),
  );
  const chosen = Object.entries(ticket.overrides).filter(([, { at }]) => Temporal.Instant.compare(at, of.at) < 0);
  const stood = Object.fromEntries(fields.map(([field, value]) => [field, valueOf(field, value)]));
  return { ...ticket, ...stood, overrides: Object.fromEntries(chosen) };
}

function isField(ticket: Ticket, field: string): field is TicketField {
  return Object.hasOwn(ticket, field);
}

/** Moments are stored as text. */
function valueOf(field: string, value: unknown): FieldValue {
  if (typeof value === 'string' && field.endsWith('At')) return Temporal.Instant.from(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map(String) : null;
}
