import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { marks } from '../db/schema.ts';
import type { Watermark } from '../ports/ticket-store.ts';
import { monthOf } from './request-meter.ts';

/** Where reading the base left off. */
export interface Place {
  watermark: Watermark | null;
  /** When the base was last read to the end; null before that. */
  readAt: string | null;
  /** When it is to be read next; null for as soon as can be. */
  nextAt: string | null;
  /** The same for when a ticket is open by then: somebody begins to work. */
  nextIfOpenAt: string | null;
  /** Rows to be read once more, by id, and how often that was tried. */
  again: Readonly<Record<string, number>>;
  /** Rows that people typed, met before the base was read to the end: their numbers go on above all others. */
  typed: readonly string[];
  /** When every row was last looked at, and how many pages that were. */
  comparedAt: string | null;
  comparedPages: number;
  /** Pages that were read in a month, in UTC, and which month that was. */
  pages: { month: string; count: number };
}

/** The mark under which the place stands. */
export const PULL_MARK = 'pull';

const NOWHERE: Place = {
  watermark: null,
  readAt: null,
  nextAt: null,
  nextIfOpenAt: null,
  again: {},
  typed: [],
  comparedAt: null,
  comparedPages: 0,
  pages: { month: '', count: 0 },
};

/** Where reading left off. */
export async function pullPlace({ connection }: { connection: Connection }): Promise<Place> {
  const [mark] = await connection.queries.select().from(marks).where(eq(marks.name, PULL_MARK));
  return { ...NOWHERE, ...(mark?.value as Partial<Place> | undefined) };
}

/** Keeps what is given; what is left out stays, as two runs may work on it at a time. */
export async function keepPlace({ connection }: { connection: Connection }, place: Partial<Place>): Promise<void> {
  await connection.queries
    .insert(marks)
    .values({ name: PULL_MARK, value: place })
    .onConflictDoUpdate({ target: marks.name, set: { value: sql`${marks.value} || excluded.value` } });
}

/** So many pages more. */
export function pagesAfter(pages: Place['pages'], more: number, now: Temporal.Instant): Place['pages'] {
  const month = monthOf(now);
  return { month, count: (pages.month === month ? pages.count : 0) + more };
}
