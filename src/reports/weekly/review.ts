import type { Queries } from '../../db/connection.ts';
import type { FigureId } from '../../domain/figure.ts';
import type { Among } from '../figures/among.ts';
import { figuresOf } from '../figures/catalogue.ts';
import { measure, measureOne } from '../figures/measure.ts';
import { spanBefore, stepsOf } from '../span.ts';
import { compare, type Compared } from '../figures/compare.ts';
import type { CategoryVolume } from './category-volume.ts';
import { type OverdueTicket, overdueTickets } from './overdue.ts';
import { type Point, pointsOf } from './points.ts';
import type { Week } from './week.ts';

/** What a team looks at once a week, beside the figure that leads. */
const KEY_FIGURES = figuresOf(
  'opened',
  'resolved',
  'first_reply_open_median',
  'resolution_open_median',
  'first_reply_kept',
  'resolution_kept',
  'breached',
  'reopened',
  'satisfaction',
  'open_now',
  'open_over_24_hours',
);

const MOST_CATEGORIES = 8;

/** What a team should know of a week, as data. */
export interface WeeklyReview {
  week: Week;
  /** When it was asked for: what stands now stands then. */
  at: Temporal.Instant;
  primary: Compared;
  figures: readonly Compared[];
  days: readonly { day: string; opened: number; resolved: number }[];
  /** The most tickets first. */
  categories: readonly CategoryVolume[];
  /** All that are open over 24 hours, the oldest first, or as many as were asked for. */
  overdue: readonly OverdueTicket[];
  overdueCount: number;
  points: readonly Point[];
}

export interface ReviewAsked {
  week: Week;
  primary: FigureId;
  now: Temporal.Instant;
  /** So many tickets that are open over 24 hours; left out, all of them. */
  mostTickets?: number;
}

/** Past any desk, and within what a query takes. */
const ALL_TICKETS = 1_000_000;

/** Reads the review of a week. */
export async function readWeekly(queries: Queries, asked: ReviewAsked): Promise<WeeklyReview> {
  const { week, primary: leading, now, mostTickets = ALL_TICKETS } = asked;
  const figures = [...new Set([...figuresOf(leading), ...KEY_FIGURES])];
  const compared = await compare(queries, { figures, span: week.span, now });
  const [primary] = compared;
  if (primary === undefined) throw new Error(`There is no figure ${leading}, and yet the config was checked.`);
  const overdue = await overdueTickets(queries, { now, limit: mostTickets });
  const categories = await categoriesOf(queries, asked);
  const overdueCount = await countOverdue(queries, asked);
  const aloneCount = await countOverdue(queries, asked, { assignee: '' });
  return {
    week,
    at: now,
    primary,
    figures: compared.slice(1),
    days: await daysOf(queries, asked),
    categories: categories.slice(0, MOST_CATEGORIES),
    overdue,
    overdueCount,
    points: pointsOf({ compared, categories, overdue, overdueCount, aloneCount }),
  };
}

async function countOverdue(queries: Queries, { week: { span }, now }: ReviewAsked, among: Among = {}) {
  const [figure] = figuresOf('open_over_24_hours');
  return figure === undefined ? 0 : (await measureOne(queries, { figure, span, among, now })).tickets;
}

async function daysOf(queries: Queries, { week: { span }, now }: ReviewAsked): Promise<WeeklyReview['days']> {
  const figures = figuresOf('opened', 'resolved');
  const measured = await measure(queries, { figures, span, by: 'day', now });
  return stepsOf(span, 'day').map((day) => {
    const of = (id: FigureId) => measured.get(day)?.[id]?.tickets ?? 0;
    return { day, opened: of('opened'), resolved: of('resolved') };
  });
}

async function categoriesOf(
  queries: Queries,
  { week: { span }, now }: ReviewAsked,
): Promise<readonly CategoryVolume[]> {
  const figures = figuresOf('opened');
  const here = await measure(queries, { figures, span, by: 'category', now });
  const earlier = await measure(queries, { figures, span: spanBefore(span), by: 'category', now });
  return [...here]
    .map(([category, { opened }]) => {
      return { category, opened: opened?.tickets ?? 0, before: earlier.get(category)?.['opened']?.tickets ?? 0 };
    })
    .toSorted((one, other) => other.opened - one.opened || (one.category < other.category ? -1 : 1));
}
