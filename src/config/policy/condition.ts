import type { Condition, TextPart } from '../../decide/condition.ts';
import { phraseOf } from '../../decide/conditions/words.ts';
import type { Calendar } from '../../decide/sla/calendar.ts';
import type { WrittenCondition } from '../written/condition.ts';
import { type FieldTest, momentOf, type Scalar, type Tests } from '../written/field-test.ts';
import { listOf, WEEKDAYS } from '../written/words.ts';
import { literalOf } from './literal.ts';
import { compilePattern } from './pattern.ts';

/** What names in a condition stand for. */
export interface Names {
  calendars: Readonly<Record<string, Calendar>>;
  timeZone: string;
}

/** Holds for every ticket. */
const ALWAYS: Condition = { kind: 'all', of: [] };

/** Makes of a written condition one that can be asked. Several keys in one group must all hold. */
export function compileCondition(written: WrittenCondition | undefined, names: Names): Condition {
  if (written === undefined) return ALWAYS;
  const parts: Condition[] = written.fields.flatMap(({ field, test }) => compileTests(field, test));
  if (written.all !== undefined) parts.push(together(written.all.map((each) => compileCondition(each, names))));
  if (written.any !== undefined) {
    parts.push({ kind: 'any', of: written.any.map((each) => compileCondition(each, names)) });
  }
  if (written.not !== undefined) parts.push({ kind: 'not', of: compileCondition(written.not, names) });
  if (written.inHours !== undefined) parts.push(inHours(written.inHours, true, names));
  if (written.outOfHours !== undefined) parts.push(inHours(written.outOfHours, false, names));
  if (written.weekday !== undefined) parts.push(weekday(listOf(written.weekday), names));
  return together(parts);
}

function together(parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'all', of: parts };
}

function inHours(calendarName: string, open: boolean, { calendars }: Names): Condition {
  const calendar = calendars[calendarName] ?? closed(calendarName);
  return { kind: 'in_hours', calendarName, calendar, inHours: open };
}

/** Stands in for a calendar that does not exist; the checks have refused the name. */
function closed(name: string): Calendar {
  return { name, timeZone: 'UTC', week: WEEKDAYS.map(() => []), holidays: new Set() };
}

/** Days count as ISO has them, from 1 for Monday. */
function weekday(days: readonly (typeof WEEKDAYS)[number][], { timeZone }: Names): Condition {
  return { kind: 'weekday', timeZone, days: days.map((day) => WEEKDAYS.indexOf(day) + 1) };
}

function compileTests(field: string, test: FieldTest): readonly Condition[] {
  if (!isTests(test)) return [is(field, listOf<Scalar>(test))];
  const part = textPart(field);
  return [
    ...(part === null ? [] : compileTextTests(part, test)),
    ...(test.is === undefined ? [] : [is(field, [test.is])]),
    ...(test.oneOf === undefined ? [] : [is(field, test.oneOf)]),
    ...(test.above === undefined ? [] : [{ kind: 'above' as const, field, bound: test.above }]),
    ...(test.below === undefined ? [] : [{ kind: 'below' as const, field, bound: test.below }]),
    ...(test.before === undefined ? [] : [{ kind: 'before' as const, field, at: momentOf(test.before) }]),
    ...(test.after === undefined ? [] : [{ kind: 'after' as const, field, at: momentOf(test.after) }]),
    ...(test.empty === undefined ? [] : [{ kind: 'empty' as const, field, empty: test.empty }]),
  ];
}

/** Whether a test is written out rather than a plain value or a list of values. */
export function isTests(test: FieldTest): test is Tests {
  return typeof test === 'object' && !Array.isArray(test);
}

function is(field: string, values: readonly Scalar[]): Condition {
  return { kind: 'is', field, values: values.map(String) };
}

function compileTextTests(part: TextPart, test: Tests): readonly Condition[] {
  const conditions: Condition[] = [];
  if (test.mentions !== undefined) {
    conditions.push({ kind: 'mentions', in: part, phrases: listOf(test.mentions).map(phraseOf) });
  }
  if (test.matches !== undefined) {
    conditions.push(matches(part, test.matches));
  }
  return conditions;
}

/** A pattern that the checks have refused finds nothing. */
function matches(part: TextPart, pattern: string): Condition {
  const compiled = compilePattern(pattern);
  const literal = literalOf(pattern);
  return {
    kind: 'matches',
    in: part,
    pattern,
    find: 'find' in compiled ? compiled.find : () => null,
    ...(literal === null ? {} : { literal }),
  };
}

function textPart(field: string): TextPart | null {
  return field === 'text' || field === 'subject' || field === 'message' ? field : null;
}
