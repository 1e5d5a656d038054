import { type SQL, sql } from 'drizzle-orm';
import type { Figure, Told } from './figure.ts';

/** Of every ticket that its moment puts into the period. */
const ALL = sql`true`;

/** How many tickets there are. */
export function countOf({ of = ALL, ...told }: Told): Figure {
  return { ...told, of, unit: 'tickets', part: null, each: null, value: sql`count(*) filter (where ${of})` };
}

/** Which share of the tickets is so. */
export function shareOf(part: SQL, { of = ALL, ...told }: Told): Figure {
  const value = sql`(count(*) filter (where ${of} and ${part}))::float8 / nullif(count(*) filter (where ${of}), 0)`;
  return { ...told, of, unit: 'share', part, each: null, value };
}

/** The length of time that half of the tickets, or so large a share, took no longer than. */
export function minutesAt(share: number, minutes: SQL, { of = ALL, ...told }: Told): Figure {
  const known = sql`(${of} and ${minutes} is not null)`;
  const value = sql`percentile_cont(${share}::float8) within group (order by ${minutes}) filter (where ${known})`;
  return { ...told, of: known, unit: 'minutes', part: null, each: minutes, value };
}

/** The mean of a value that tickets have. */
export function meanOf(value: SQL, { of = ALL, ...told }: Told): Figure {
  const mean = sql`avg(${value}) filter (where ${of})`;
  return { ...told, of, unit: 'score', part: null, each: value, value: mean };
}

/** Minutes between two moments, every one counted. */
export function minutesBetween(from: string, to: string): SQL {
  return sql`(extract(epoch from ${sql.raw(`o.${to} - o.${from}`)}) / 60)::float8`;
}
