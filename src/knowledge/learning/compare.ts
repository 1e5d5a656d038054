/**
 * Whether a model that is to come is as good as one that is there, on tickets that neither has seen. The older one
 * stays when it is better by more than chance: a right answer counts 1, a wrong one -4, none 0, and the mean difference
 * is more than two standard errors.
 */
import type { Example } from '../classifier/index.ts';
import { type CategoryNames, guessToday, modelFor, type Taught } from './learned-guess.ts';

/** With fewer tickets chance decides. */
const FEWEST_UNSEEN = 20;

/** A ticket that goes astray costs about as much as four save that go by themselves. */
const WRONG_COSTS = 4;

/** Of twenty comparisons of equals one goes further by chance. */
const STANDARD_ERRORS = 2;

/** How a model did. */
export interface Score {
  /** Of its answers, the share that was right, 0 to 1; null where it gave none. */
  precision: number | null;
  /** The share of tickets that it answered, 0 to 1. */
  coverage: number;
}

export interface Comparison {
  /** So many tickets that neither had seen. */
  tickets: number;
  older: Score;
  newer: Score;
  isOlderBetter: boolean;
}

/** What of the newest neither has seen: those that the older was not learned from. Null where they are too few to tell. */
export function unseenBy({ words }: Taught, newest: readonly Example[]): readonly Example[] | null {
  const seen = new Set(words.tickets);
  const unseen = newest.filter(({ ticket }) => !seen.has(ticket));
  return unseen.length < FEWEST_UNSEEN ? null : unseen;
}

/** How both do on tickets that neither has seen. */
export function compare(
  { older, newer }: { older: Taught; newer: Taught },
  unseen: readonly Example[],
  names: CategoryNames,
): Comparison {
  const before = unseen.map((example) => worthOf(older, example, names));
  const after = unseen.map((example) => worthOf(newer, example, names));
  const differences = before.map((worth, index) => worth - (after[index] ?? 0));
  return {
    tickets: unseen.length,
    older: scoreOf(before),
    newer: scoreOf(after),
    isOlderBetter: isAboveChance(differences),
  };
}

function worthOf(taught: Taught, example: Example, names: CategoryNames): number {
  const { categories, isSure } = guessToday(modelFor(taught, example), example, names);
  if (!isSure) return 0;
  return categories[0]?.category === example.category ? 1 : -WRONG_COSTS;
}

function scoreOf(worths: readonly number[]): Score {
  const answered = worths.filter((worth) => worth !== 0);
  const right = answered.filter((worth) => worth > 0).length;
  return {
    precision: answered.length === 0 ? null : right / answered.length,
    coverage: answered.length / worths.length,
  };
}

function isAboveChance(differences: readonly number[]): boolean {
  const count = differences.length;
  const mean = differences.reduce((sum, each) => sum + each, 0) / count;
  const spread = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (count - 1);
  return mean > STANDARD_ERRORS * Math.sqrt(spread / count);
}
