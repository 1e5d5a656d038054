import { type SQL, sql } from 'drizzle-orm';
import { isStep, type Step } from '../span.ts';
import type { Moment } from './figure.ts';

/** By what tickets are told apart: a column of `outcomes`. */
export const DIMENSIONS = {
  channel: 'Channel',
  category: 'Category',
  queue: 'Queue',
  assignee: 'Assignee',
  priority: 'Priority',
  segment: 'Segment',
  language: 'Language',
  customer: 'Customer',
} as const;
export type Dimension = keyof typeof DIMENSIONS;

/** Only tickets that are so; an empty text stands for those of which nothing is known. */
export type Among = Readonly<Partial<Record<Dimension, string>>>;

/** Whether a ticket is among those that are asked about. */
export function isAmong(among: Among): SQL {
  const conditions = Object.entries(among).map(([dimension, value]) =>
    value === '' ? sql`${columnOf(dimension)} is null` : sql`${columnOf(dimension)} = ${value}`,
  );
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** By what the tickets of a figure are put together, as text; nothing known is an empty text. */
export function groupOf(by: Dimension | Step | null, moment: Moment | null, timeZone: string): SQL {
  if (by === null) return sql`''`;
  if (isStep(by)) return stepOf(by, moment, timeZone);
  return sql`coalesce(${columnOf(by)}, '')`;
}

/** The first day of the step, as the wall calendar of the desk has it. */
function stepOf(step: Step, moment: Moment | null, timeZone: string): SQL {
  const at = moment === null ? sql`asked.now` : sql.raw(`o.${moment}`);
  return sql`to_char(date_trunc(${sql.raw(`'${step}'`)}, ${at} at time zone ${timeZone}), 'YYYY-MM-DD')`;
}

function columnOf(dimension: string): SQL {
  return sql.raw(`o.${dimension}`);
}
