/**
 * The rule language: whether a condition holds for a ticket, and what in the ticket proves it. Every
 * stage asks here, so that a condition means the same in triage, in routing and in the choice of targets.
 */
import type { Evidence } from '../../domain/decision.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Condition, Proof } from '../condition.ts';
import { isOpenAt } from '../sla/calendar.ts';
import { comparable, instantOf, isEmpty, numberOf, readField, valuesOf, written } from './fields.ts';
import { mention, type Saying } from './mentions.ts';
import { type PreparedText, readText } from './prepared-text.ts';
import { createRuleIndex, type RuleIndex } from './rule-index.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Evidence longer than this helps nobody. */
const LONGEST_QUOTE = 200;

/** A ticket as conditions see it at one moment. Its texts are read when the first condition asks for them. */
export interface Subject {
  readonly ticket: Ticket;
  readonly now: Temporal.Instant;
  /** The rules for which its texts are read. */
  readonly index: RuleIndex;
  /** Subject and message, split into words. */
  text(): PreparedText;
}

/** For whoever asks a condition or two: their phrases are looked for one by one. */
const NO_RULES = createRuleIndex([]);

/** Makes a ticket ready to be asked. */
export function subjectOf(ticket: Ticket, now: Temporal.Instant, index: RuleIndex = NO_RULES): Subject {
  let prepared: PreparedText | null = null;
  return { ticket, now, index, text: () => (prepared ??= readText(ticket, index.phrases)) };
}

/** The subject after a change of its ticket. Where the texts are the same, they are not read again. */
export function subjectAfter(subject: Subject, ticket: Ticket): Subject {
  const { ticket: before, now, index } = subject;
  const isSameText = before.subject === ticket.subject && before.description === ticket.description;
  return isSameText ? { ticket, now, index, text: subject.text } : subjectOf(ticket, now, index);
}

/** What proves the condition; null when it does not hold. Never throws, whatever the ticket says. */
export function holds(condition: Condition, subject: Subject): Proof | null {
  const proof: Evidence[] = [];
  return prove(condition, subject, proof) ? proof : null;
}

/** The names of all fields that a condition reads; `subject` and `message` for their texts. */
export function fieldsRead(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsRead);
    case 'not':
      return fieldsRead(condition.of);
    case 'mentions':
    case 'matches':
      return condition.in === 'text' ? ['subject', 'message'] : [condition.in];
    case 'in_hours':
    case 'weekday':
      return [];
    default:
      return [condition.field];
  }
}

/** Adds to the proof and answers true, or leaves the proof as it was and answers false. */
function prove(condition: Condition, subject: Subject, proof: Evidence[]): boolean {
  switch (condition.kind) {
    case 'all':
      return proveAll(condition.of, subject, proof);
    case 'any':
      return condition.of.some((each) => prove(each, subject, proof));
    case 'not':
      return !prove(condition.of, subject, []);
    case 'mentions':
    case 'matches':
      return proveByText(condition, subject, proof);
    case 'in_hours':
    case 'weekday':
      return proveByTime(condition, subject, proof);
    default:
      return proveByField(condition, subject, proof);
  }
}

function proveAll(conditions: readonly Condition[], subject: Subject, proof: Evidence[]): boolean {
  const before = proof.length;
  const all = conditions.every((each) => prove(each, subject, proof));
  if (!all) proof.length = before;
  return all;
}

function proveByText(
  condition: Extract<Condition, { kind: 'mentions' | 'matches' }>,
  subject: Subject,
  proof: Evidence[],
): boolean {
  const text = subject.text();
  const found = condition.kind === 'mentions' ? mention(text, condition.in, condition.phrases) : match(text, condition);
  if (found === null) return false;
  const quote = found.text.written.slice(found.start, found.end).trim().slice(0, LONGEST_QUOTE);
  proof.push({ kind: 'text', quote });
  return true;
}

function match({ subject, message }: PreparedText, condition: Extract<Condition, { kind: 'matches' }>): Saying | null {
  for (const text of [subject, message]) {
    const found = condition.in === 'text' || condition.in === text.part ? condition.find(text.own) : null;
    if (found !== null) return { text, ...found };
  }
  return null;
}

function proveByTime(
  condition: Extract<Condition, { kind: 'in_hours' | 'weekday' }>,
  subject: Subject,
  proof: Evidence[],
): boolean {
  if (condition.kind === 'in_hours') {
    if (isOpenAt(condition.calendar, subject.now) !== condition.inHours) return false;
    const value = condition.inHours ? 'open' : 'closed';
    proof.push({ kind: 'field', name: `calendar ${condition.calendarName}`, value });
    return true;
  }
  const day = subject.now.toZonedDateTimeISO(condition.timeZone).dayOfWeek;
  if (!condition.days.includes(day)) return false;
  proof.push({ kind: 'field', name: 'weekday', value: WEEKDAYS[day - 1] ?? '' });
  return true;
}

type FieldCondition = Extract<Condition, { kind: 'is' | 'above' | 'below' | 'before' | 'after' | 'empty' }>;

function proveByField(condition: FieldCondition, subject: Subject, proof: Evidence[]): boolean {
  const value = readField(subject.ticket, condition.field);
  if (!answers(condition, value)) return false;
  proof.push({ kind: 'field', name: condition.field, value: written(value) });
  return true;
}

function answers(condition: FieldCondition, value: ReturnType<typeof readField>): boolean {
  switch (condition.kind) {
    case 'is':
      return valuesOf(value).some((each) => isOneOf(each, condition.values));
    case 'above':
    case 'below': {
      const number = numberOf(value);
      if (number === null) return false;
      return condition.kind === 'above' ? number > condition.bound : number < condition.bound;
    }
    case 'before':
    case 'after': {
      const at = instantOf(value);
      if (at === null) return false;
      return Temporal.Instant.compare(at, condition.at) === (condition.kind === 'before' ? -1 : 1);
    }
    case 'empty':
      return isEmpty(value) === condition.empty;
  }
}

function isOneOf(value: string, wanted: readonly string[]): boolean {
  if (wanted.includes(value)) return true;
  const sought = comparable(value);
  return wanted.some((each) => comparable(each) === sought);
}
