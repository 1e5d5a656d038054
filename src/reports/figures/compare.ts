import type { Queries } from '../../db/connection.ts';
import { spanBefore } from '../span.ts';
import type { Figure } from './figure.ts';
import { measure, type Measured, ofNothing, type Question } from './measure.ts';

/** A figure of a stretch, beside the stretch before. What stands now has none before. */
export interface Compared {
  figure: Figure;
  now: Measured;
  before: Measured | null;
}

/** Measures figures of a stretch, and of as many days before it. */
export async function compare(queries: Queries, question: Omit<Question, 'by'>): Promise<readonly Compared[]> {
  const { figures, span } = question;
  const moving = figures.filter(({ moment }) => moment !== null);
  const here = (await measure(queries, question)).get('') ?? {};
  const before = (await measure(queries, { ...question, figures: moving, span: spanBefore(span) })).get('') ?? {};
  return figures.map((figure) => {
    return { figure, now: here[figure.id] ?? ofNothing(figure), before: before[figure.id] ?? null };
  });
}
