import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { daysSoFar, edgesOf, isStep, type Span, type Step, stepsOf, stepWithin } from '../span.ts';
import { type Among, type Dimension, groupOf, isAmong } from './among.ts';
import type { Figure, Moment } from './figure.ts';

/** What is asked: which figures, of when, of which tickets, and by what they are told apart. */
export interface Question {
  figures: readonly Figure[];
  span: Span;
  among?: Among;
  by?: Dimension | Step | null;
  /** Of so many groups at most, the first; left out, of all. */
  most?: number;
  now: Temporal.Instant;
}

/** A figure as it was measured, and how many tickets it rests on. Null where there is nothing to measure. */
export interface Measured {
  value: number | null;
  tickets: number;
}

/**
 * By group, and in it by figure; a group without tickets is not there. First comes the group with the most tickets behind
 * the first figure, and of equals the one with the most behind any. Ungrouped, the one group is called ''.
 */
export type Measurements = ReadonlyMap<string, Readonly<Record<string, Measured>>>;

/** Measures figures, all that can be had by one reading of the tickets with one. */
export async function measure(queries: Queries, question: Question): Promise<Measurements> {
  const { figures, by = null } = question;
  const measured = new Map<string, Record<string, Measured>>();
  for (const reading of by !== null && isStep(by) ? byStep(question, by) : byDimension(question, by)) {
    const rows = rowsOf<{ group: string | number } & Record<string, number | null | string>>(
      await queries.execute(statement(question, reading)),
    );
    for (const { group: found, ...values } of rows) {
      const group = reading.nameOf(found);
      const known = measured.get(group) ?? {};
      reading.figures.forEach(({ id, perDays }, index) => {
        const value = values[`v${index}`] ?? null;
        const days = daysOfGroup(question, group);
        const tickets = Number(values[`n${index}`] ?? 0);
        if (tickets === 0 && by !== null) return;
        known[id] = { value: value === null ? null : rate(Number(value), perDays, days), tickets };
      });
      if (Object.keys(known).length > 0) measured.set(group, known);
    }
  }
  if (by === null) fill(measured, figures);
  return measured;
}

/** What one reading of the tickets is asked for. */
interface Reading {
  figures: readonly Figure[];
  group: SQL;
  nameOf(group: string | number): string;
}

/** In one reading what came into the stretch by whichever moment, in another what stands now. */
function byDimension({ figures }: Question, by: Dimension | null): readonly Reading[] {
  return [...Map.groupBy(figures, ({ moment }) => moment === null).values()].map((some) => {
    return { figures: some, group: groupOf(by), nameOf: String };
  });
}

/** A ticket that was opened on one day and resolved on another stands in two steps, so each moment has its reading. */
function byStep({ figures, span, now }: Question, step: Step): readonly Reading[] {
  const steps = stepsOf(span, step);
  return [...Map.groupBy(figures, ({ moment }) => moment)].map(([moment, some]) => {
    const group = stepNumber(moment === null ? instantLiteral(now) : `o.${moment}`, span, step);
    return { figures: some, group, nameOf: (bucket) => steps[Number(bucket) - 1] ?? '' };
  });
}

/** The days that a group is about: those of its step, or of the whole stretch; what is not over yet, as far as it went. */
function daysOfGroup({ span, by = null, now }: Question, group: string): number {
  return daysSoFar(by !== null && isStep(by) ? stepWithin(span, by, group) : span, now);
}

function rate(value: number, perDays: number | undefined, days: number): number {
  return perDays === undefined ? value : (value / days) * perDays;
}

/** Ungrouped, every figure has its answer, whether or not there were tickets. */
function fill(measured: Map<string, Record<string, Measured>>, figures: readonly Figure[]): void {
  const known = measured.get('') ?? {};
  for (const figure of figures) known[figure.id] ??= ofNothing(figure);
  measured.set('', known);
}

/** Measures one figure of all tickets of a stretch. */
export async function measureOne(queries: Queries, question: Omit<Question, 'figures' | 'by'> & { figure: Figure }) {
  const measured = await measure(queries, { ...question, figures: [question.figure] });
  return measured.get('')?.[question.figure.id] ?? ofNothing(question.figure);
}

/** Of no tickets at all there are none, and no more can be said. */
export function ofNothing({ unit }: Figure): Measured {
  const counts = unit === 'tickets' || unit === 'customers' || unit === 'per_day';
  return { value: counts ? 0 : null, tickets: 0 };
}

function statement(question: Question, { figures, group }: Reading): SQL {
  const { span, among = {}, most = null } = question;
  const moments = [...new Set(figures.map(({ moment }) => moment))];
  const columns = figures.flatMap(({ value, of, moment }, index) => {
    const counted = moments.length === 1 ? of : sql`${isWithin(span, moment)} and ${of}`;
    return [
      sql`(${value(counted)})::float8 as ${sql.identifier(`v${index}`)}`,
      sql`(count(*) filter (where ${counted}))::int as ${sql.identifier(`n${index}`)}`,
    ];
  });
  const isAsked = sql.join(
    moments.map((moment) => sql`(${isWithin(span, moment)})`),
    sql` or `,
  );
  const tickets = figures.map((_, index) => sql.identifier(`n${index}`));
  return sql`
    select * from (
      select ${group} as group, ${sql.join(columns, sql`, `)}
      from ${outcomesAsked(question)}
      where (${isAsked}) and ${isAmong(among)}
      group by 1
    ) as measured
    order by n0 desc, greatest(${sql.join(tickets, sql`, `)}) desc, "group" limit ${most}
  `;
}

/** In which step of a stretch an instant lies, from 1: a search among their edges, which no change of clocks upsets. */
export function stepNumber(at: string, span: Span, step: Step): SQL {
  const edges = stepsOf(span, step).map((first) => instantLiteral(edgesOf(stepWithin(span, step, first)).from));
  return sql.raw(`width_bucket(${at}, array[${edges.join(', ')}])`);
}

/** The tickets, beside what was asked of them; every SQL of a figure is at home here. */
export function outcomesAsked({ now }: Pick<Question, 'now'>): SQL {
  return sql`outcomes as o, (select ${now.toString()}::timestamptz as now) as asked`;
}

/**
 * Whether a ticket's moment lies in a stretch. What stands now lies in every one. The edges are written out, as two
 * figures of the same tickets are counted once only where they read the same to the letter.
 */
export function isWithin(span: Span, moment: Moment | null): SQL {
  if (moment === null) return sql`o.is_open`;
  const { from, until } = edgesOf(span);
  return sql.raw(`o.${moment} >= ${instantLiteral(from)} and o.${moment} < ${instantLiteral(until)}`);
}

function instantLiteral(at: Temporal.Instant): string {
  return `'${at.toString()}'::timestamptz`;
}
