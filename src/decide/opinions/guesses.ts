import type { Ticket } from '../../domain/ticket.ts';

/** So many are shown to whoever looks. */
const MOST_GUESSES = 3;

/** A category that a ticket may be of, and how sure anybody is of that: null where nobody said. */
export interface ShownGuess {
  value: string;
  confidence: number | null;
}

/** What a person who looks at a ticket is to accept or to correct: the category that is shown, then the likeliest others. */
export function guessesFor(
  { category, confidence, opinions }: Pick<Ticket, 'category' | 'confidence' | 'opinions'>,
  categories: readonly string[],
): readonly ShownGuess[] {
  const guessed = opinions
    .flatMap((opinion) => opinion.categories)
    .toSorted((one, other) => other.confidence - one.confidence);
  const shown: readonly ShownGuess[] = category === null ? [] : [{ value: category, confidence }];
  const all: readonly ShownGuess[] = [...shown, ...guessed];
  return all
    .filter(({ value }, index) => categories.includes(value) && index === all.findIndex((each) => each.value === value))
    .slice(0, MOST_GUESSES);
}
