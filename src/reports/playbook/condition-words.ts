import type { Condition } from '../../decide/condition.ts';
import { fieldWords } from '../../domain/sentences/field-words.ts';
import { quote, series } from '../../domain/sentences/words.ts';

/** A list that is longer helps nobody who only wants to know what a rule is about. */
const MOST_VALUES = 12;

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;

/** A condition as a person would say it: `the text mentions “refund*”, and priority is high`. */
export function conditionWords(condition: Condition): string {
  if (condition.kind === 'all') {
    return condition.of.length === 0 ? 'always' : condition.of.map(grouped).join(', and ');
  }
  if (condition.kind === 'any') {
    return condition.of.length === 0 ? 'never by itself' : condition.of.map(grouped).join(', or ');
  }
  return grouped(condition);
}

/** The same, so that it can stand beside others. */
function grouped(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.length < 2 ? conditionWords(condition) : `(${conditionWords(condition)})`;
    case 'not':
      return `not ${condition.of.kind === 'not' ? grouped(condition.of) : `(${conditionWords(condition.of)})`}`;
    case 'mentions':
      return `${textWords(condition.in)} mentions ${listed(condition.phrases.map(({ written }) => quote(written)))}`;
    case 'matches':
      return `${textWords(condition.in)} matches ${condition.pattern}`;
    case 'in_hours':
      return `it is ${condition.inHours ? 'within' : 'outside'} the hours of ${condition.calendarName}`;
    case 'weekday':
      return `it is a ${listed(condition.days.map((day) => DAYS[day - 1] ?? ''))}`;
    default:
      return `${fieldWords(condition.field)} ${testWords(condition)}`;
  }
}

function textWords(part: Of<'mentions'>['in']): string {
  return part === 'text' ? 'the text' : `the ${part}`;
}

function testWords(condition: Of<'is' | 'above' | 'below' | 'before' | 'after' | 'empty'>): string {
  switch (condition.kind) {
    case 'is':
      return `is ${listed(condition.values)}`;
    case 'above':
    case 'below':
      return `is ${condition.kind} ${condition.bound}`;
    case 'before':
    case 'after':
      return `is ${condition.kind} ${condition.at.toString({ smallestUnit: 'minute' })}`;
    case 'empty':
      return condition.empty ? 'is empty' : 'is not empty';
  }
}

function listed(values: readonly string[]): string {
  return series(values, { most: MOST_VALUES, last: 'or' });
}
