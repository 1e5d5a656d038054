import type { Condition, Phrase, TextPart } from '../../decide/condition.ts';
import { columnOf, comparable, isEmpty, numberOf } from '../../decide/conditions/fields.ts';

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

/**
 * Whether every ticket of which the first condition holds is one of which the second holds. Yes is
 * certain; no means that it is not or that we cannot tell.
 */
export function implies(one: Condition, other: Condition): boolean {
  if (other.kind === 'all') return other.of.every((part) => implies(one, part));
  if (one.kind === 'any') return one.of.every((part) => implies(part, other));
  if (one.kind === 'all' && one.of.some((part) => implies(part, other))) return true;
  if (other.kind === 'any') return other.of.some((part) => implies(one, part));
  if (one.kind === 'not' && other.kind === 'not') return implies(other.of, one.of);
  if (other.kind === 'not') return excludes(one, other.of);
  return atomImplies(one, other);
}

/** Whether no ticket can meet the condition. Yes is certain. */
export function isNever(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all': {
      const parts = flattened(condition);
      return parts.some((part, index) => isNever(part) || parts.slice(0, index).some((other) => excludes(other, part)));
    }
    case 'any':
      return condition.of.every(isNever);
    case 'not':
      return isAlways(condition.of);
    case 'is':
      return condition.values.length === 0;
    case 'mentions':
      return condition.phrases.every(({ words }) => words.length === 0);
    default:
      return false;
  }
}

/** Whether every ticket meets the condition. Yes is certain. */
export function isAlways(condition: Condition): boolean {
  if (condition.kind === 'all') return condition.of.every(isAlways);
  if (condition.kind === 'any') return condition.of.some(isAlways);
  return condition.kind === 'not' && isNever(condition.of);
}

/** The parts of a group, and of the groups within it. */
function flattened(condition: Of<'all' | 'any'>): readonly Condition[] {
  return condition.of.flatMap((part) => (part.kind === 'all' ? flattened(part) : [part]));
}

/** Whether no ticket can meet both. Yes is certain. */
function excludes(one: Condition, other: Condition): boolean {
  if (other.kind === 'not') return implies(one, other.of);
  if (one.kind === 'not') return implies(other, one.of);
  if (one.kind === 'all') return one.of.some((part) => excludes(part, other));
  if (other.kind === 'all') return other.of.some((part) => excludes(one, part));
  if (one.kind === 'any') return one.of.every((part) => excludes(part, other));
  if (other.kind === 'any') return other.of.every((part) => excludes(one, part));
  if (one.kind === 'in_hours' && other.kind === 'in_hours') {
    return one.calendarName === other.calendarName && one.inHours !== other.inHours;
  }
  if (one.kind === 'weekday' && other.kind === 'weekday') {
    return one.timeZone === other.timeZone && !one.days.some((day) => other.days.includes(day));
  }
  if (one.kind === 'in_hours' && other.kind === 'weekday') return isClosedOn(one, other);
  if (one.kind === 'weekday' && other.kind === 'in_hours') return isClosedOn(other, one);
  return 'field' in one && 'field' in other && one.field === other.field && fieldExcludes(one, other);
}

/** Days are those of the desk's time zone, hours those of the calendar's. */
function isClosedOn(
  { calendar: { week, timeZone: zone }, inHours }: Of<'in_hours'>,
  { days, timeZone }: Of<'weekday'>,
) {
  return inHours && zone === timeZone && days.every((day) => week[day - 1]?.length === 0);
}

type FieldCondition = Of<'is' | 'above' | 'below' | 'before' | 'after' | 'empty'>;

function fieldExcludes(one: FieldCondition, other: FieldCondition): boolean {
  if (one.kind === 'is') return isExcludes(one, other);
  if (other.kind === 'is') return isExcludes(other, one);
  if (one.kind === 'empty' || other.kind === 'empty') {
    const [empty, rest] = one.kind === 'empty' ? [one, other] : [other, one];
    return rest.kind === 'empty' ? one.kind === 'empty' && one.empty !== rest.empty : isAboutNothing(empty);
  }
  if (one.kind === 'above' && other.kind === 'below') return one.bound >= other.bound;
  if (one.kind === 'below' && other.kind === 'above') return other.bound >= one.bound;
  if (one.kind === 'after' && other.kind === 'before') return Temporal.Instant.compare(one.at, other.at) >= 0;
  if (one.kind === 'before' && other.kind === 'after') return Temporal.Instant.compare(other.at, one.at) >= 0;
  return false;
}

/** A comparison needs something in the field. */
function isAboutNothing(condition: FieldCondition): boolean {
  return condition.kind === 'empty' && condition.empty;
}

function isExcludes(one: Of<'is'>, other: FieldCondition): boolean {
  if (other.kind === 'empty') return other.empty && one.values.every((value) => !isEmpty(value));
  if (isOfMany(one.field)) return false;
  if (other.kind === 'is') return !one.values.some((value) => other.values.some((each) => sameValue(value, each)));
  if (other.kind === 'above' || other.kind === 'below') {
    return one.values.every((value) => !isWithin(numberOf(value), other));
  }
  return false;
}

function atomImplies(one: Condition, other: Condition): boolean {
  if (one.kind === 'mentions' && other.kind === 'mentions') return mentionsImply(one, other);
  if (one.kind === 'matches' && other.kind === 'matches') {
    return one.pattern === other.pattern && isPartOf(one.in, other.in);
  }
  if (one.kind === 'in_hours' && other.kind === 'in_hours') {
    return one.calendarName === other.calendarName && one.inHours === other.inHours;
  }
  if (one.kind === 'weekday' && other.kind === 'weekday') {
    return one.timeZone === other.timeZone && one.days.every((day) => other.days.includes(day));
  }
  return 'field' in one && 'field' in other && one.field === other.field && fieldImplies(one, other);
}

function mentionsImply(one: Of<'mentions'>, other: Of<'mentions'>): boolean {
  return (
    isPartOf(one.in, other.in) && one.phrases.every((phrase) => other.phrases.some((each) => covers(each, phrase)))
  );
}

function isPartOf(one: TextPart, other: TextPart): boolean {
  return one === other || other === 'text';
}

/**
 * Whether a phrase is found wherever the other is. Word by word, for a phrase within a longer one can be
 * denied where the longer is not: "no refund" is said where "refund" is denied.
 */
function covers(wide: Phrase, narrow: Phrase): boolean {
  if (wide.words.length !== narrow.words.length || narrow.words.length === 0) return false;
  return wide.words.every(({ word, prefix }, index) => {
    const other = narrow.words[index];
    if (other === undefined) return false;
    return prefix ? other.word.startsWith(word) : !other.prefix && other.word === word;
  });
}

function fieldImplies(one: FieldCondition, other: FieldCondition): boolean {
  if (other.kind === 'empty') return impliesEmpty(one, other);
  if (one.kind === 'is' && other.kind === 'is') {
    return one.values.every((value) => other.values.some((each) => sameValue(value, each)));
  }
  if (one.kind === 'is' && (other.kind === 'above' || other.kind === 'below')) {
    return !isOfMany(one.field) && one.values.every((value) => isWithin(numberOf(value), other));
  }
  if (one.kind === 'above' && other.kind === 'above') return one.bound >= other.bound;
  if (one.kind === 'below' && other.kind === 'below') return one.bound <= other.bound;
  if (one.kind === 'after' && other.kind === 'after') return Temporal.Instant.compare(one.at, other.at) >= 0;
  if (one.kind === 'before' && other.kind === 'before') return Temporal.Instant.compare(one.at, other.at) <= 0;
  return false;
}

function impliesEmpty(one: FieldCondition, other: Of<'empty'>): boolean {
  if (one.kind === 'empty') return one.empty === other.empty;
  if (other.empty) return false;
  return one.kind === 'is' ? one.values.every((value) => !isEmpty(value)) : true;
}

function isWithin(number: number | null, { kind, bound }: Of<'above' | 'below'>): boolean {
  if (number === null) return false;
  return kind === 'above' ? number > bound : number < bound;
}

function sameValue(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}

/** Whether a field may hold several values at once, of which `is` asks for any. */
function isOfMany(field: string): boolean {
  return field === 'tags' || columnOf(field) !== null;
}
