import type { Condition, FieldPath, Phrase } from '../condition.ts';
import { comparable } from './fields.ts';

/** Something that a ticket may have: the words of a phrase, letters in a row (lower-case ASCII), or a value. */
export type Clue =
  | { kind: 'phrase'; phrase: Phrase }
  | { kind: 'letters'; letters: string }
  | { kind: 'value'; field: FieldPath; value: string };

/**
 * Clues of which a ticket must have at least one for the condition to hold; null when it can hold without
 * any. What is denied or said in another part than asked for counts as there: a clue makes a condition
 * worth asking, and only asking it tells whether it holds. Fields that may change before it is asked are no
 * clue.
 */
export function needsOf(condition: Condition, changing: ReadonlySet<FieldPath>): readonly Clue[] | null {
  switch (condition.kind) {
    case 'all':
      return condition.of.map((each) => needsOf(each, changing)).reduce(narrower, null);
    case 'any':
      return eitherOf(condition.of.map((each) => needsOf(each, changing)));
    case 'mentions':
      return condition.phrases.map((phrase) => ({ kind: 'phrase', phrase }));
    case 'matches':
      return condition.literal === undefined ? null : [{ kind: 'letters', letters: condition.literal }];
    case 'is': {
      const { field, values } = condition;
      return changing.has(field) ? null : values.map((value) => ({ kind: 'value', field, value: comparable(value) }));
    }
    default:
      return null;
  }
}

/** Where both must hold, the fewer clues rule out the more tickets. */
function narrower(one: readonly Clue[] | null, other: readonly Clue[] | null): readonly Clue[] | null {
  if (one === null || other === null) return one ?? other;
  return other.length < one.length ? other : one;
}

/** Where one of several must hold, each may be the one; and one that needs nothing makes the others' clues vain. */
function eitherOf(needs: readonly (readonly Clue[] | null)[]): readonly Clue[] | null {
  const known = needs.filter((each) => each !== null);
  return known.length === needs.length ? known.flat() : null;
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
