import { comparable, instantOf, numberOf } from '../../decide/conditions/fields.ts';
import { HIGHEST_LEVEL } from '../../domain/escalation.ts';
import { SCORES } from '../../domain/follow-up.ts';
import { statedLanguage } from '../../domain/language.ts';
import { identity } from '../../domain/requester.ts';
import { isTests } from '../policy/condition.ts';
import type { Path } from '../source.ts';
import type { FieldTest, Tests } from '../written/field-test.ts';
import { listOf } from '../written/words.ts';

/** What keeps a test from ever holding, and what to write in its place. */
export interface Fault {
  /** Below the test. */
  path: Path;
  message: string;
  fix: string;
}

/** What a field can hold, whatever the ticket. */
interface Range {
  /** What kind of value stands there: only of numbers there are higher and lower ones, only of moments earlier ones. */
  holds: 'words' | 'yes or no' | 'number' | 'moment';
  /** Whether there is always something in it. */
  isFilled?: boolean;
  /** Of whole numbers. */
  from?: number;
  to?: number;
  /** What is wrong with a value; null of one that can stand there. */
  faultOf?(value: string): { said: string; fix: string } | null;
}

const WORDS: Range = { holds: 'words' };
const FILLED: Range = { holds: 'words', isFilled: true };
const COUNT: Range = { holds: 'number', isFilled: true, from: 0 };
const MOMENT: Range = { holds: 'moment', faultOf: dateFault };
const YES_OR_NO: Range = { holds: 'yes or no', isFilled: true, faultOf: yesOrNoFault };

/** Fields of which more is known than that something stands there; the schema knows the words of those that have few. */
const RANGES: Readonly<Record<string, Range>> = {
  channel: FILLED,
  queue: FILLED,
  owner: FILLED,
  status: FILLED,
  priority: FILLED,
  frustration: FILLED,
  category: WORDS,
  severity: WORDS,
  assignee: WORDS,
  tags: WORDS,
  'reading.frustration': WORDS,
  'reading.sentiment': WORDS,
  language: { holds: 'words', faultOf: languageFault },
  needsReview: YES_OR_NO,
  isLight: YES_OR_NO,
  writtenByMachine: YES_OR_NO,
  isIncident: YES_OR_NO,
  knownIncident: YES_OR_NO,
  'requester.vip': YES_OR_NO,
  escalationLevel: { ...COUNT, to: HIGHEST_LEVEL },
  reopenCount: COUNT,
  contactCount: COUNT,
  linkedCount: COUNT,
  'incident.number': { holds: 'number', from: 1 },
  satisfaction: { holds: 'number', from: SCORES[0], to: SCORES.at(-1) ?? SCORES[0] },
  openedAt: { ...MOMENT, isFilled: true },
  createdAt: { ...MOMENT, isFilled: true },
  lastCustomerMessageAt: MOMENT,
  lastAgentMessageAt: MOMENT,
  'requester.email': { holds: 'words', faultOf: addressFault },
  'requester.domain': { holds: 'words', faultOf: domainFault },
  'requester.phone': { holds: 'words', faultOf: phoneFault },
};

/** Why parts of a test never hold, whatever the ticket; nothing of a field that can hold anything. */
export function rangeFaults(field: string, test: FieldTest): readonly Fault[] {
  const range = Object.hasOwn(RANGES, field) ? RANGES[field] : undefined;
  if (range === undefined) return [];
  const values = namedValues(test).flatMap((named) => valueFault(field, range, named));
  return isTests(test) ? [...values, ...comparisonFaults(field, range, test)] : values;
}

/** The values that a test names, with their paths below the test. */
export function namedValues(test: FieldTest): readonly { value: string; path: Path }[] {
  if (!isTests(test)) {
    return listOf(test).map((value, index) => ({ value: String(value), path: Array.isArray(test) ? [index] : [] }));
  }
  const one = test.is === undefined ? [] : [{ value: String(test.is), path: ['is'] }];
  return [...one, ...(test.oneOf ?? []).map((value, index) => ({ value: String(value), path: ['oneOf', index] }))];
}

function valueFault(field: string, range: Range, { value, path }: { value: string; path: Path }): readonly Fault[] {
  const fault = range.holds === 'number' ? numberFault(range, value) : (range.faultOf?.(value) ?? null);
  if (fault === null) return [];
  return [{ path, message: `"${value}" is never in ${field}, which ${fault.said}`, fix: fault.fix }];
}

function comparisonFaults(field: string, range: Range, test: Tests): readonly Fault[] {
  const { above, below, before, after, empty } = test;
  const faults: Fault[] = [];
  const say = (key: keyof Tests, message: string, fix: string) => faults.push({ path: [key], message, fix });
  for (const key of ['above', 'below'] as const) {
    if (test[key] === undefined || range.holds === 'number') continue;
    say(key, `${field} is no number, so that this never holds`, insteadOf(range));
  }
  for (const [key, given] of Object.entries({ before, after })) {
    if (given === undefined || range.holds === 'moment') continue;
    say(key as 'before', `${field} is no moment, so that this never holds`, insteadOf(range));
  }
  if (empty === true && range.isFilled === true) {
    say('empty', `${field} is never empty`, 'Take it out, or ask for what stands there.');
  }
  if (range.holds !== 'number') return faults;
  const { from = -Infinity, to = Infinity } = range;
  if (above !== undefined && above >= to) say('above', `${field} is never above ${above}`, spanWords(range));
  else if (below !== undefined && below <= from) say('below', `${field} is never below ${below}`, spanWords(range));
  else if (Math.floor(above ?? -Infinity) + 1 > Math.ceil(below ?? Infinity) - 1 && Number(above) < Number(below)) {
    say('below', `no whole number is above ${above} and below ${below}`, 'Leave room between the two.');
  }
  return faults;
}

function insteadOf({ holds }: Range): string {
  if (holds === 'moment') return 'Ask with before or after.';
  if (holds === 'yes or no') return 'Write true or false.';
  return holds === 'number' ? 'Ask with above or below.' : 'Name the values that it is for.';
}

function spanWords({ from, to }: Range): string {
  return to === undefined ? `It is ${from} or more.` : `It goes from ${from} to ${to}.`;
}

function numberFault(range: Range, value: string): { said: string; fix: string } | null {
  const number = numberOf(value);
  const { from = -Infinity, to = Infinity } = range;
  if (number === null || !Number.isInteger(number)) return { said: 'holds whole numbers', fix: spanWords(range) };
  return number < from || number > to ? { said: `holds others`, fix: spanWords(range) } : null;
}

function yesOrNoFault(value: string): { said: string; fix: string } | null {
  return ['true', 'false'].includes(comparable(value))
    ? null
    : { said: 'is true or false', fix: 'Write true or false.' };
}

/** A moment is to the second at least, so that no ticket meets a date as it is written. */
function dateFault(value: string): { said: string; fix: string } | null {
  const isExact = value.length > 10 && instantOf(value) !== null;
  return isExact ? null : { said: 'is a moment', fix: 'Ask with after and before.' };
}

function languageFault(value: string): { said: string; fix: string } | null {
  const letters = statedLanguage(value);
  if (letters === comparable(value)) return null;
  const fix = letters === null ? 'Write the two letters of a language, such as en.' : `Did you mean "${letters}"?`;
  return { said: 'is the two letters of a language', fix };
}

function addressFault(value: string): { said: string; fix: string } | null {
  if (value.includes('@')) return null;
  return { said: 'is a whole address', fix: 'For everybody of a domain, ask for requester.domain.' };
}

function domainFault(value: string): { said: string; fix: string } | null {
  if (!value.includes('@')) return null;
  return { said: 'is what stands behind the @', fix: `Write ${value.slice(value.lastIndexOf('@') + 1)}.` };
}

function phoneFault(value: string): { said: string; fix: string } | null {
  const number = identity('phone', value)?.value ?? null;
  if (number === value) return null;
  const fix = number === null ? 'Write it as +4915112345678.' : `Write "${number}".`;
  return { said: 'is a number without spaces and signs', fix };
}
