import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { daysSoFar, edgesOf, isStep, type Span, type Step, stepWithin } from '../span.ts';
import { type Among, type Dimension, groupOf, isAmong } from './among.ts';
import type { Figure, Moment } from './figure.ts';

/** What is asked: which figures, of when, of which tickets, and by what they are told apart. */
export interface Question {
  figures: readonly Figure[];
  span: Span;
  among?: Among;
  by?: Dimension | Step | null;
  now: Temporal.Instant;
}

/** A figure as it was measured, and how many tickets it rests on. Null where there is nothing to measure. */
export interface Measured {
  value: number | null;
  tickets: number;
}

/** By group, and in it by figure; a group without tickets is not there. Ungrouped, the one group is called ''. */
export type Measurements = ReadonlyMap<string, Readonly<Record<string, Measured>>>;

/** Measures figures. Those that go by the same moment share one reading of the tickets. */
export async function measure(queries: Queries, question: Question): Promise<Measurements> {
  const measured = new Map<string, Record<string, Measured>>();
  for (const [moment, figures] of Map.groupBy(question.figures, (figure) => figure.moment)) {
    const rows = rowsOf<{ group: string } & Record<string, number | null | string>>(
      await queries.execute(statement({ ...question, figures }, moment)),
    );
    for (const { group, ...values } of rows) {
      const known = measured.get(group) ?? {};
      figures.forEach(({ id, perDays }, index) => {
        const value = values[`v${index}`] ?? null;
        const days = daysOfGroup(question, group);
        known[id] = {
          value: value === null ? null : rate(Number(value), perDays, days),
          tickets: Number(values[`n${index}`] ?? 0),
        };
      });
      measured.set(group, known);
    }
  }
  if ((question.by ?? null) === null) fill(measured, question.figures);
  return measured;
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

function statement(question: Question, moment: Moment | null): SQL {
  const { figures, span, among = {}, by = null } = question;
  const columns = figures.flatMap(({ value, of }, index) => [
    sql`(${value})::float8 as ${sql.identifier(`v${index}`)}`,
    sql`(count(*) filter (where ${of}))::int as ${sql.identifier(`n${index}`)}`,
  ]);
  return sql`
    select ${groupOf(by, moment, span.timeZone)} as group, ${sql.join(columns, sql`, `)}
    from ${outcomesAsked(question)}
    where ${isWithin(span, moment)} and ${isAmong(among)}
    group by 1
  `;
}

/** The tickets, beside what was asked of them; every SQL of a figure is at home here. */
export function outcomesAsked({ now }: Pick<Question, 'now'>): SQL {
  return sql`outcomes as o, (select ${now.toString()}::timestamptz as now) as asked`;
}

/** Whether a ticket's moment lies in a stretch. What stands now lies in every one. */
export function isWithin(span: Span, moment: Moment | null): SQL {
  if (moment === null) return sql`o.is_open`;
  const { from, until } = edgesOf(span);
  const at = sql.raw(`o.${moment}`);
  return sql`${at} >= ${from.toString()}::timestamptz and ${at} < ${until.toString()}::timestamptz`;
}
