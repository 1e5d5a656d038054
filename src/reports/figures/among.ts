import { type SQL, sql } from 'drizzle-orm';

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

/** What a ticket is told apart by, as text; nothing known is an empty text. */
export function groupOf(by: Dimension | null): SQL {
  return by === null ? sql`''` : sql`coalesce(${columnOf(by)}, '')`;
}

function columnOf(dimension: string): SQL {
  return sql.raw(`o.${dimension}`);
}
