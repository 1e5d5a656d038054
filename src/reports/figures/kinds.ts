import { type SQL, sql } from 'drizzle-orm';
import type { Figure, Told } from './figure.ts';

/** Of every ticket that its moment puts into the period. */
const ALL = sql`true`;

/** How many tickets there are. */
export function countOf({ of = ALL, ...told }: Told): Figure {
  const value = (counted: SQL) => sql`count(*) filter (where ${counted})`;
  return { ...told, of, unit: 'tickets', part: null, each: null, value };
}

/** Which share of the tickets is so. */
export function shareOf(part: SQL, { of = ALL, ...told }: Told): Figure {
  const value = (counted: SQL) =>
    sql`(count(*) filter (where ${counted} and ${part}))::float8 / nullif(count(*) filter (where ${counted}), 0)`;
  return { ...told, of, unit: 'share', part, each: null, value };
}

/** The length of time that half of the tickets, or so large a share, took no longer than. */
export function minutesAt(share: number, minutes: SQL, { of = ALL, ...told }: Told): Figure {
  const known = sql`(${of} and ${minutes} is not null)`;
  const value = (counted: SQL) =>
    sql`percentile_cont(${sql.raw(String(share))}) within group (order by ${minutes}) filter (where ${counted})`;
  return { ...told, of: known, unit: 'minutes', part: null, each: minutes, value };
}

/** The mean of a value that tickets have. */
export function meanOf(each: SQL, { of = ALL, ...told }: Told): Figure {
  const value = (counted: SQL) => sql`avg(${each}) filter (where ${counted})`;
  return { ...told, of, unit: 'score', part: null, each, value };
}

/** Minutes between two moments, every one counted. */
export function minutesBetween(from: string, to: string): SQL {
  return sql.raw(`(date_part('epoch', o.${to} - o.${from}) / 60)`);
}
