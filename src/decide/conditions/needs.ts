import type { Condition, Phrase } from '../condition.ts';

/** Something to look for in a text: the words of a phrase, or letters in a row (lower-case ASCII). */
export type Clue = Phrase | string;

/**
 * Clues of which a text must have at least one for the condition to hold; null when the condition can hold
 * of any text. What is denied or said in another part than asked for counts as there: a clue makes a
 * condition worth asking, and only asking it tells whether it holds.
 */
export function needsOf(condition: Condition): readonly Clue[] | null {
  switch (condition.kind) {
    case 'all':
      return condition.of.map(needsOf).reduce(narrower, null);
    case 'any':
      return eitherOf(condition.of.map(needsOf));
    case 'mentions':
      return condition.phrases;
    case 'matches':
      return condition.literal === undefined ? null : [condition.literal];
    default:
      return null;
  }
}

/** Where both must hold, the fewer clues rule out the more texts. */
function narrower(one: readonly Clue[] | null, other: readonly Clue[] | null): readonly Clue[] | null {
  if (one === null || other === null) return one ?? other;
  return other.length < one.length ? other : one;
}

/** Where one of several must hold, each may be the one; and one that can hold of any text makes clues vain. */
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
