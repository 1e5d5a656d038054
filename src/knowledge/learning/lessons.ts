import { and, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { tickets } from '../../db/schema.ts';
import { judgedText } from '../../decide/judged-text.ts';
import { lessonOf } from '../../decide/opinions/lesson.ts';
import type { Override } from '../../domain/ticket.ts';
import type { Example } from '../classifier/index.ts';
import { LONGEST_TEXT } from '../classifier/text-features.ts';
import { type CategoryNames, nameToday, textOf } from './learned-guess.ts';

/** Older tickets add next to nothing, and tell of what customers asked long ago; with these learning takes a minute. */
const MOST_LESSONS = 20_000;

/** Tickets to a page: some 10 ms of the engine, which others share. */
const PAGE = 250;

/** Of a description so much is fetched: what is quoted in it is not read, and stands before the rest at times. */
const LONGEST_FETCHED = 4 * LONGEST_TEXT;

/**
 * What tickets teach, newest first, in pages: between two of them whoever else needs the database has it. Categories
 * that there are no more are left out.
 */
export async function* lessonsIn(
  { queries }: Pick<Connection, 'queries'>,
  names: CategoryNames,
): AsyncGenerator<readonly Example[]> {
  const named = [...names.categories, ...Object.keys(names.renamed)];
  let [left, before] = [MOST_LESSONS, Number.MAX_SAFE_INTEGER];
  while (left > 0 && named.length > 0) {
    const rows = await readPage(queries, { named, before });
    const last = rows.at(-1);
    if (last === undefined) return;
    const page = rows.flatMap((row) => exampleOf(row, names)).slice(0, left);
    if (page.length > 0) yield page;
    left -= page.length;
    before = last.number;
  }
}

function readPage(queries: Connection['queries'], { named, before }: { named: readonly string[]; before: number }) {
  const chosen = sql<Override | null>`${tickets.ticket} #> '{overrides,category}'`;
  return queries
    .select({
      number: tickets.number,
      category: tickets.category,
      status: sql<Row['status']>`${tickets.status}`,
      needsReview: tickets.needsReview,
      incident: tickets.incident,
      tags: sql<readonly string[]>`${tickets.ticket} -> 'tags'`,
      chosen,
      subject: sql<string>`${tickets.ticket} ->> 'subject'`,
      description: sql<string>`left(${tickets.ticket} ->> 'description', ${LONGEST_FETCHED})`,
    })
    .from(tickets)
    .where(
      and(
        lt(tickets.number, before),
        inArray(tickets.category, [...named]),
        or(eq(tickets.isOpen, false), sql`${chosen} is not null`),
      ),
    )
    .orderBy(desc(tickets.number))
    .limit(PAGE);
}

type Row = Parameters<typeof lessonOf>[0] & {
  number: number;
  chosen: Override | null;
  subject: string;
  description: string;
};

function exampleOf(row: Omit<Row, 'overrides'>, names: CategoryNames): readonly Example[] {
  const lesson = lessonOf({ ...row, overrides: row.chosen === null ? {} : { category: row.chosen } });
  const category = lesson === null ? null : nameToday(lesson.category, names);
  const text = textOf(judgedText(row)).slice(0, LONGEST_TEXT);
  if (lesson === null || category === null || text === '') return [];
  return [{ ticket: row.number, text, category, isCorrected: lesson.isCorrected }];
}
