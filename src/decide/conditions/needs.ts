import type { Condition, FieldPath, Phrase } from '../condition.ts';
import { comparable } from './fields.ts';

/** Something that a ticket may have: the words of a phrase, letters in a row (lower-case ASCII), or a value. */
export type Clue =
  | { kind: 'phrase'; phrase: Phrase }
  | { kind: 'letters'; letters: string }
  | { kind: 'value'; field: FieldPath; value: string };

/** Clues of which a ticket must have at least one. */
export type Need = readonly Clue[];

/**
 * What a ticket must have for the condition to hold: something of each need. None where any ticket will do.
 * What is denied or said in another part than asked for counts as there: having all makes a condition worth
 * asking, and only asking it tells whether it holds. Fields that may change before it is asked are no clue.
 */
export function needsOf(condition: Condition, changing: ReadonlySet<FieldPath>): readonly Need[] {
  switch (condition.kind) {
    case 'all':
      return condition.of.flatMap((each) => needsOf(each, changing));
    case 'any':
      return eitherOf(condition.of.map((each) => needsOf(each, changing)));
    case 'mentions':
      return [condition.phrases.map((phrase) => ({ kind: 'phrase', phrase }))];
    case 'matches':
      return condition.literal === undefined ? [] : [[{ kind: 'letters', letters: condition.literal }]];
    case 'is': {
      const { field, values } = condition;
      return changing.has(field) ? [] : [values.map((value) => ({ kind: 'value', field, value: comparable(value) }))];
    }
    default:
      return [];
  }
}

/** One of several must hold, so that a ticket has something of one need of each; which one is ours to choose. */
function eitherOf(needs: readonly (readonly Need[])[]): readonly Need[] {
  const shortest = needs.map((each) => each.toSorted((one, other) => one.length - other.length)[0]);
  return shortest.includes(undefined) ? [] : [shortest.flatMap((need) => need ?? [])];
}

/** All phrases that a condition asks for, wherever in it. */
export function phrasesIn(condition: Condition): readonly Phrase[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(phrasesIn);
    case 'not':
      return phrasesIn(condition.of);
    case 'mentions':
      return condition.phrases;
    default:
      return [];
  }
}
