import type { Queries } from '../../db/connection.ts';
import { plain } from '../../domain/sentences/words.ts';
import { figuresOf } from '../figures/catalogue.ts';
import { measure } from '../figures/measure.ts';
import { unitWords } from '../words.ts';
import { isSurelyMore } from './certain.ts';
import type { Finding, Scope } from './check.ts';

/** What is in itself no trouble may be so often in any category. */
const USUAL_AT_LEAST = 0.05;

/** The figures that tell whether a solution held, and what to do where it did not. */
const HELD = [
  {
    id: 'reopened',
    of: 'resolved',
    so: 'were opened again',
    proposal:
      'Ask before resolving whether it helped: a reply for the category that says what was done, or a longer wait before closing in follow-up.yaml.',
  },
  {
    id: 'repeat_contacts',
    of: 'opened',
    so: 'came from customers who had asked the same in the week before',
    proposal: 'Write an article on what they ask again, or put into the reply what the second answer said.',
  },
  {
    id: 'replies_after_closing',
    of: 'opened',
    so: 'began as an answer to a closed ticket',
    proposal: 'Leave resolved tickets open for longer: closing in follow-up.yaml.',
  },
] as const;

/** Categories whose solutions hold clearly worse than those of the desk. */
export async function afterSolutionFindings(
  queries: Queries,
  { span, among, now }: Scope,
): Promise<readonly Finding[]> {
  const figures = figuresOf('reopened', 'repeat_contacts', 'replies_after_closing', 'opened', 'resolved');
  const measured = await measure(queries, { figures, span, among, now, by: 'category' });
  const counts = [...measured].map(([category, values]) => ({
    category,
    of: (id: string) => values[id]?.tickets ?? 0,
    share: (id: string) => values[id]?.value ?? 0,
  }));
  return HELD.flatMap(({ id, of, so, proposal }) => {
    const rows = counts.map((each) => {
      const all = each.of(of);
      return {
        category: each.category,
        all,
        part: Math.round(id === 'replies_after_closing' ? each.of(id) : each.share(id) * each.of(id)),
      };
    });
    const usual = sum(rows.map(({ part }) => part)) / Math.max(1, sum(rows.map(({ all }) => all)));
    return rows
      .filter(({ part, all }) => isSurelyMore(part, all, Math.max(usual, USUAL_AT_LEAST)))
      .map(({ category, all, part }) => ({
        says:
          `Of ${all} tickets of ${category === '' ? 'no category' : plain(category)}, ${part} ` +
          `(${unitWords('share', part / all)}) ${so}; of all it is ${unitWords('share', usual)}.`,
        cases: part,
        behind: { of: 'figure' as const, figure: id, among: { ...among, category } },
        rule: null,
        proposal,
        change: null,
      }));
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
