import type { Condition, Phrase } from '../../decide/condition.ts';
import { comparable } from '../../decide/conditions/fields.ts';
import { isNever } from './implication.ts';

/** As many letters tell most phrases apart; each one more would be one more key of each phrase. */
const LETTERS = 5;
const FIRST_LETTERS: readonly number[] = Array.from({ length: LETTERS }, (_, index) => index + 1);

/**
 * For each condition of a list those above it that may hold wherever it does, as indices in their order. What is left out
 * is certainly not implied, so that of five hundred rules few pairs are compared. A condition that nothing can meet implies
 * everything, and is not to be asked about.
 *
 * Whatever implies another is about the same as each part of it: a phrase, a value, a field. Each condition is looked up
 * by that part of it which the fewest are about.
 */
export function possibleCovers(conditions: readonly Condition[]): readonly (readonly number[])[] {
  const offers = conditions.map((condition) => new Set(offered(condition)));
  const counts = new Map<string, number>();
  for (const key of offers.flatMap((keys) => [...keys])) counts.set(key, (counts.get(key) ?? 0) + 1);
  const cost = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);

  const forAll: number[] = [];
  const byKey = new Map<string, number[]>();
  return conditions.map((condition, index) => {
    const found = new Set([...forAll, ...[...(offers[index] ?? [])].flatMap((key) => byKey.get(key) ?? [])]);
    const keys = wanted(condition, cost);
    if (keys === null) forAll.push(index);
    for (const key of new Set(keys)) byKey.getOrInsertComputed(key, () => []).push(index);
    return [...found].toSorted((one, other) => one - other);
  });
}

/** Of these at least one is offered by every condition that implies it; null where any may. */
function wanted(condition: Condition, cost: (keys: readonly string[]) => number): readonly string[] | null {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map((part) => wanted(part, cost)).filter((keys) => keys !== null);
      return parts.toSorted((one, other) => cost(one) - cost(other))[0] ?? null;
    }
    case 'any': {
      const parts = condition.of.map((part) => wanted(part, cost));
      return parts.includes(null) ? null : parts.flatMap((keys) => keys ?? []);
    }
    case 'not':
      return isNever(condition.of) ? null : topics(condition.of);
    case 'mentions':
      return condition.phrases.map(phraseKey);
    case 'matches':
      return [patternKey(condition.pattern)];
    case 'is':
      return condition.values.map((value) => valueKey(condition.field, value));
    default:
      return topics(condition);
  }
}

/** Everything by which a condition can be found when it implies another. */
function offered(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(offered);
    case 'not':
      return topics(condition);
    case 'mentions':
      return [...topics(condition), ...condition.phrases.flatMap(coveringKeys)];
    case 'matches':
      return [...topics(condition), patternKey(condition.pattern)];
    case 'is':
      return [...topics(condition), ...condition.values.map((value) => valueKey(condition.field, value))];
    default:
      return topics(condition);
  }
}

/** What a condition is about, whichever way round it asks. */
function topics(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(topics);
    case 'not':
      return topics(condition.of);
    case 'mentions':
    case 'matches':
      return ['text'];
    case 'in_hours':
    case 'weekday':
      return ['time'];
    default:
      return [`field ${condition.field}`];
  }
}

/** A phrase of which a word may end in any way is known by its first letters. */
function phraseKey({ words }: Phrase): string {
  const said = wordsOf(words);
  const open = words.findIndex(({ prefix }) => prefix);
  return open < 0 ? `says ${said}` : `begins ${wordsOf(words.slice(0, open + 1)).slice(0, LETTERS)}`;
}

/** The keys of all phrases that may be found wherever this one is. */
function coveringKeys({ words }: Phrase): readonly string[] {
  const said = wordsOf(words);
  return [`says ${said}`, ...FIRST_LETTERS.map((count) => `begins ${said.slice(0, count)}`)];
}

function wordsOf(words: Phrase['words']): string {
  return words.map(({ word }) => word).join(' ');
}

function valueKey(field: string, value: string): string {
  return `is ${field} ${comparable(value)}`;
}

function patternKey(pattern: string): string {
  return `matches ${pattern}`;
}
