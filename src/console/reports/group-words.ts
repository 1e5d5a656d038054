import type { Dimension } from '../../reports/figures/among.ts';
import { languageName } from '../../domain/language.ts';
import { PRIORITIES } from '../../domain/priority.ts';
import { PRIORITY_WORDS, titled } from '../words.ts';

/** What stands for tickets of which nothing is known. */
const UNKNOWN_GROUP: Readonly<Partial<Record<Dimension, string>>> = {
  assignee: 'Nobody',
  category: 'No category',
  segment: 'Unknown',
  language: 'Unknown',
};

/** A group of tickets by its name. */
export function groupWords(dimension: Dimension, value: string): string {
  if (value === '') return UNKNOWN_GROUP[dimension] ?? 'None';
  if (dimension === 'priority') return PRIORITY_WORDS[PRIORITIES.find((each) => each === value) ?? 'medium'];
  if (dimension === 'language') return languageName(value);
  return dimension === 'category' ? titled(value) : value;
}
