import { fieldWords } from '../../domain/sentences/field-words.ts';
import type { Condition } from '../condition.ts';
import { readField, written } from './fields.ts';
import { holds, type Subject } from './index.ts';

/** A part of a condition that did not hold, and what stood there; null where nothing can be said of what stood there. */
export interface Unmet {
  condition: Condition;
  stood: { name: string; value: string } | null;
}

/** The parts that keep a condition from holding, each with the value that stood there; none where it holds. */
export function unmetParts(condition: Condition, subject: Subject): readonly Unmet[] {
  if (holds(condition, subject) !== null) return [];
  if (condition.kind === 'all') return condition.of.flatMap((part) => unmetParts(part, subject));
  return [{ condition, stood: stoodThere(condition, subject) }];
}

function stoodThere(condition: Condition, { ticket, now }: Subject): Unmet['stood'] {
  switch (condition.kind) {
    case 'is':
    case 'above':
    case 'below':
    case 'before':
    case 'after':
    case 'empty':
      return { name: fieldWords(condition.field), value: written(readField(ticket, condition.field)) };
    case 'weekday':
      return { name: 'the day', value: now.toZonedDateTimeISO(condition.timeZone).toPlainDate().toString() };
    case 'in_hours':
      return {
        name: 'the moment',
        value: now
          .toZonedDateTimeISO(condition.calendar.timeZone)
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' }),
      };
    default:
      return null;
  }
}
