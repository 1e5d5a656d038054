import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { Connection } from '../../db/connection.ts';
import { tickets } from '../../db/schema.ts';
import { judgedText } from '../../decide/judged-text.ts';
import { type Ended, evidenceOf } from '../../decide/opinions/evidence.ts';
import { type Known, lessonOf } from '../../decide/opinions/lesson.ts';
import { ERASED } from '../../domain/erasure.ts';
import type { ProposedField } from '../../domain/proposal.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Example } from '../classifier/index.ts';
import { LONGEST_TEXT } from '../classifier/text-features.ts';
import { type CategoryNames, learnedText, nameToday } from './learned-guess.ts';

/** Older tickets add next to nothing, and tell of what customers asked long ago; with these learning takes a minute. */
const MOST_LESSONS = 20_000;

/** Of a field that is proposed fewer do: nobody waits for it, and it is learned after the categories. */
const MOST_EVIDENCE = 5_000;

/** Tickets to a page: some 10 ms of the engine, which others share. */
const PAGE = 250;

/** Of a description so much is fetched: what is quoted in it is not read, and stands before the rest at times. */
const LONGEST_FETCHED = 4 * LONGEST_TEXT;

/** What is learned: categories, and the fields of which a value is proposed. */
export type Target = 'category' | ProposedField;

/** What some tickets teach, by what it is about, newest first. */
export type Lessons = Readonly<Partial<Record<Target, readonly Example[]>>>;

/** What there is today, by field that is proposed. */
export type Proposable = Readonly<Partial<Record<ProposedField, readonly string[]>>>;

export interface Syllabus {
  names: CategoryNames;
  /** Only of these fields evidence is looked for. */
  proposable: Proposable;
}

/**
 * What tickets teach, newest first, in pages: between two of them whoever else needs the database has it. Values that
 * there are no more are left out.
 */
export async function* lessonsIn(
  { queries }: Pick<Connection, 'queries'>,
  syllabus: Syllabus,
): AsyncGenerator<Lessons> {
  const taught: Record<Target, number> = { category: 0, priority: 0, queue: 0 };
  for (let before = Number.MAX_SAFE_INTEGER; taught.category < MOST_LESSONS;) {
    const rows = await readPage(queries, before);
    const last = rows.at(-1);
    if (last === undefined) return;
    before = last.number;
    const page = lessonsOf(rows, syllabus, taught);
    if (Object.values(page).some((examples) => examples.length > 0)) yield page;
  }
}

/** What was erased teaches nothing. */
const isNotErased = sql`${tickets.ticket} ->> 'description' <> ${ERASED}`;

/** A ticket teaches something once it is solved, or a person chose something of it. */
function readPage(queries: Connection['queries'], before: number) {
  const overrides = sql<Ticket['overrides']>`${tickets.ticket} -> 'overrides'`;
  return queries
    .select({
      number: tickets.number,
      category: tickets.category,
      priority: sql<Row['priority']>`${tickets.priority}`,
      queue: tickets.queue,
      status: sql<Row['status']>`${tickets.status}`,
      needsReview: tickets.needsReview,
      incident: tickets.incident,
      tags: sql<readonly string[]>`${tickets.ticket} -> 'tags'`,
      escalation: sql<Row['escalation']>`${tickets.ticket} -> 'escalation'`,
      overrides,
      subject: sql<string>`${tickets.ticket} ->> 'subject'`,
      description: sql<string>`left(${tickets.ticket} ->> 'description', ${LONGEST_FETCHED})`,
    })
    .from(tickets)
    .where(and(lt(tickets.number, before), or(eq(tickets.isOpen, false), sql`${overrides} <> '{}'`), isNotErased))
    .orderBy(desc(tickets.number))
    .limit(PAGE);
}

type Row = Known & Ended & Pick<Ticket, 'number' | 'subject' | 'description'>;

/** Of each target so many of the newest count; `taught` says of how many it was told already, and is kept. */
function lessonsOf(rows: readonly Row[], { names, proposable }: Syllabus, taught: Record<Target, number>): Lessons {
  const all: Partial<Record<Target, Example[]>> = {};
  const add = (target: Target, example: Example | null) => {
    if (example === null || taught[target] >= (target === 'category' ? MOST_LESSONS : MOST_EVIDENCE)) return;
    taught[target] += 1;
    (all[target] ??= []).push(example);
  };
  for (const row of rows) {
    const text = learnedText(judgedText(row));
    if (text === '') continue;
    add('category', categoryExample(row, text, names));
    if (proposable.priority !== undefined)
      add('priority', proposedExample(row, { text, field: 'priority', proposable }));
    if (proposable.queue !== undefined) add('queue', proposedExample(row, { text, field: 'queue', proposable }));
  }
  return all;
}

function categoryExample(row: Row, text: string, names: CategoryNames): Example | null {
  const lesson = lessonOf(row);
  const category = lesson === null ? null : nameToday(lesson.category, names);
  return lesson === null || category === null
    ? null
    : { ticket: row.number, text, category, isCorrected: lesson.isCorrected };
}

function proposedExample(
  row: Row,
  { text, field, proposable }: { text: string; field: ProposedField; proposable: Proposable },
): Example | null {
  const evidence = evidenceOf(field, row);
  if (evidence === null || proposable[field]?.includes(evidence.value) !== true) return null;
  return { ticket: row.number, text, category: evidence.value, isCorrected: evidence.isChosen };
}
