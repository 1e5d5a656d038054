import { type Mistake, type Opinion, percent } from '../../domain/opinion.ts';
import type { Ticket } from '../../domain/ticket.ts';

/**
 * Who was wrong of a ticket whose category a person says: the rule that gave another, and every opinion whose first
 * guess was another, whether or not it counted. What a person had chosen before is nobody's mistake.
 */
export function mistakesOf({ category, categoryFrom, opinions }: Ticket, right: string): readonly Mistake[] {
  const ruled: readonly Mistake[] =
    categoryFrom?.by === 'rule' && category !== null && category !== right
      ? [{ ...categoryFrom, said: category, confidence: null, counted: true }]
      : [];
  return [...ruled, ...opinions.flatMap((opinion) => mistakeIn(opinion, categoryFrom?.by === opinion.from, right))];
}

function mistakeIn({ from, name, categories }: Opinion, counted: boolean, right: string): readonly Mistake[] {
  const [guess] = categories;
  if (guess === undefined || guess.value === right) return [];
  return [{ by: from, name, said: guess.value, confidence: guess.confidence, counted }];
}

/** As the log names it: `rule Cards (account)`, `gpt-5-mini (bug, 71 %)`. */
export function mistakeWritten({ by, name, said, confidence }: Mistake): string {
  const sure = confidence === null ? '' : `, ${percent(confidence)}`;
  return `${by === 'rule' ? 'rule ' : ''}${name} (${said.replaceAll('_', ' ')}${sure})`;
}
