import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import type { Figure } from '../figures/figure.ts';
import { isWithin, outcomesAsked } from '../figures/measure.ts';
import { leastShare } from '../quality/certain.ts';
import type { Span } from '../span.ts';

/** 95 of 100 intervals that are so wide hold what is looked for. */
const DEVIATIONS = 1.96;

/** A figure of one time, with the interval in which it lies if chance had dealt other tickets; null where nobody knows. */
export interface Side {
  value: number;
  low: number | null;
  high: number | null;
  /** Null where somebody gave it without saying. */
  tickets: number | null;
}

/** Tickets on which a figure is measured: a relation called `o` with the columns of `outcomes`, and which of its rows. */
export interface Tickets {
  from: SQL;
  where: SQL;
}

/** The tickets of a stretch of ours, as every other report counts them. */
export function ourTickets(
  { moment }: Pick<Figure, 'moment'>,
  { span, now }: { span: Span; now: Temporal.Instant },
): Tickets {
  return { from: outcomesAsked({ now }), where: isWithin(span, moment) };
}

/** Those that were imported, or those of them of which the figure is known. */
export function importedTickets(figure: Pick<Figure, 'moment' | 'part'> | null): Tickets {
  return { from: sql`baseline_tickets as o`, where: isKnown(figure) };
}

/** Tickets of the time before that have what the figure asks for: they may know more and less than ours. */
export function isKnown(figure: Pick<Figure, 'moment' | 'part'> | null): SQL {
  if (figure === null || figure.moment === null) return sql`true`;
  // When a promise was settled nobody wrote down then, only how.
  if (figure.moment === 'first_reply_settled_at') return sql`${figure.part ?? sql`null`} is not null`;
  return sql`${sql.raw(`o.${figure.moment}`)} is not null`;
}

/** Measures a figure with its interval. Null where there is no ticket to measure it on. */
export async function sideOf(queries: Queries, figure: Figure, tickets: Tickets): Promise<Side | null> {
  const { value, of, each } = figure;
  const [row] = rowsOf<{ value: number | null; tickets: number; deviation: number | null }>(
    await queries.execute(sql`
      select (${value(of)})::float8 as value, (count(*) filter (where ${of}))::int as tickets,
        (stddev_samp((${each ?? sql`null`})::float8) filter (where ${of}))::float8 as deviation
      from ${tickets.from} where ${tickets.where}
    `),
  );
  if (row === undefined || row.value === null || row.tickets === 0) return null;
  const measured = { value: row.value, tickets: row.tickets };
  const { unit } = figure;
  if (unit === 'minutes')
    return { ...measured, ...(await middleBounds(queries, figure, { tickets, count: row.tickets })) };
  if (unit === 'share') return { ...measured, ...shareBounds(row.value, row.tickets) };
  return { ...measured, ...meanBounds(row.value, row.deviation, row.tickets) };
}

/**
 * Between which of the ordered tickets the middle one lies: their ranks are binomial, whatever the waits are like (Conover
 * 1999, “Practical nonparametric statistics”, 3.2).
 */
async function middleBounds(
  queries: Queries,
  { each, of }: Figure,
  { tickets, count }: { tickets: Tickets; count: number },
): Promise<Pick<Side, 'low' | 'high'>> {
  const half = (DEVIATIONS / 2) * Math.sqrt(count);
  const ranks = [Math.max(1, Math.floor(count / 2 - half)), Math.min(count, Math.ceil(count / 2 + half + 1))];
  // Half a rank lower, so that no rounding makes the next one of it.
  const [low, high] = ranks.map((rank) => (rank - 0.5) / count);
  const [row] = rowsOf<{ low: number; high: number }>(
    await queries.execute(sql`
      select percentile_disc(${low}::float8) within group (order by ${each ?? sql`null`}) filter (where ${of}) as low,
        percentile_disc(${high}::float8) within group (order by ${each ?? sql`null`}) filter (where ${of}) as high
      from ${tickets.from} where ${tickets.where}
    `),
  );
  return row ?? { low: null, high: null };
}

/** Wilson's, both ends. */
function shareBounds(share: number, count: number): Pick<Side, 'low' | 'high'> {
  const part = Math.round(share * count);
  return { low: leastShare(part, count), high: 1 - leastShare(count - part, count) };
}

function meanBounds(mean: number, deviation: number | null, count: number): Pick<Side, 'low' | 'high'> {
  if (deviation === null) return { low: null, high: null };
  const half = (DEVIATIONS * deviation) / Math.sqrt(count);
  return { low: mean - half, high: mean + half };
}
