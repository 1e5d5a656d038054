import { sql } from 'drizzle-orm';
import type { Assumptions, ReportSettings } from '../../config/reports.ts';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { figuresOf } from '../figures/catalogue.ts';
import type { Figure } from '../figures/figure.ts';
import { measure } from '../figures/measure.ts';
import { daysSoFar, type Span } from '../span.ts';
import { type Baseline, type Before, COMPARED, readBaseline } from './baseline.ts';
import { type Difference, differenceOf } from './difference.ts';
import { doubtsOf, doubtsOfAll } from './doubts.ts';
import {
  type Counted,
  moneyOf,
  type Saving,
  savingsOf,
  type Settled,
  totalOf,
  USUAL_TRIAGE_MINUTES,
} from './savings.ts';
import { ourTickets, type Side, sideOf, type Tickets } from './side.ts';

/** A figure before and now. */
export interface Comparison {
  figure: Figure;
  before: Before | null;
  now: Side | null;
  /** By how much it is better now, in the unit of the figure; less than nothing where it is worse. */
  better: Difference | null;
  doubts: readonly string[];
}

/** What the desk is worth in a stretch, with all that it rests on. */
export interface Value {
  span: Span;
  baseline: Baseline;
  comparisons: readonly Comparison[];
  savings: readonly Saving[];
  total: ReturnType<typeof totalOf>;
  money: ReturnType<typeof moneyOf>;
  assumed: Settled;
  /** Where the minutes of a triage are from. */
  triageFrom: 'given' | 'imported' | 'usual';
  doubts: readonly string[];
}

export interface ValueAsked {
  span: Span;
  now: Temporal.Instant;
  settings: ReportSettings['value'];
}

/** Works out what the desk is worth, by the same figures as every other report. */
export async function readValue(queries: Queries, asked: ValueAsked): Promise<Value> {
  const { span, now, settings } = asked;
  const baseline = await readBaseline(queries, { given: settings.baseline, timeZone: span.timeZone, now });
  const comparisons: Comparison[] = [];
  for (const figure of figuresOf(...COMPARED)) {
    comparisons.push(
      comparisonOf(figure, {
        before: baseline.figures[figure.id] ?? null,
        now: await sideOf(queries, figure, ourTickets(figure, { span, now })),
      }),
    );
  }
  const { assumed, triageFrom } = await settle(queries, settings.assumptions);
  const counted = await countOf(queries, asked, comparisons);
  const savings = savingsOf(counted, assumed);
  const total = totalOf(savings);
  const mix = {
    before: baseline.tickets === null ? null : await mixOf(queries, baseline.tickets),
    now: (await mixOf(queries, ourTickets({ moment: 'opened_at' }, { span, now }))) ?? new Map<string, number>(),
  };
  return {
    span,
    baseline,
    comparisons,
    savings,
    total,
    money: moneyOf(total, assumed, counted.days),
    assumed,
    triageFrom,
    doubts: doubtsOfAll({ baseline, mix, from: span.from }),
  };
}

function comparisonOf(figure: Figure, { before, now }: { before: Before | null; now: Side | null }): Comparison {
  if (before === null || now === null) return { figure, before, now, better: null, doubts: [] };
  const better = figure.better === 'more' ? differenceOf(now, before) : differenceOf(before, now);
  return { figure, before, now, better, doubts: doubtsOf(figure, { before, now, better }) };
}

/** What a triage takes says the config, else the imported tickets, else nobody. */
async function settle(
  queries: Queries,
  assumptions: Assumptions,
): Promise<{ assumed: Settled; triageFrom: Value['triageFrom'] }> {
  const { triageMinutes } = assumptions;
  if (triageMinutes !== null) return { assumed: { ...assumptions, triageMinutes }, triageFrom: 'given' };
  const [row] = rowsOf<{ minutes: number | null }>(
    await queries.execute(sql`select avg(triage_minutes)::float8 as minutes from baseline_tickets`),
  );
  const imported = row?.minutes ?? null;
  const minutes = imported ?? USUAL_TRIAGE_MINUTES;
  return { assumed: { ...assumptions, triageMinutes: minutes }, triageFrom: imported === null ? 'usual' : 'imported' };
}

async function countOf(
  queries: Queries,
  { span, now }: ValueAsked,
  comparisons: readonly Comparison[],
): Promise<Counted> {
  const figures = figuresOf('placed_by_machine', 'put_right', 'reassignments');
  const measured = (await measure(queries, { figures, span, now })).get('') ?? {};
  const partOf = (id: string) => Math.round((measured[id]?.value ?? 0) * (measured[id]?.tickets ?? 0));
  return {
    placed: partOf('placed_by_machine'),
    putRight: partOf('put_right'),
    givenToSomebody: measured['reassignments']?.tickets ?? 0,
    fewerReassignments: comparisons.find(({ figure }) => figure.id === 'reassignments')?.better ?? null,
    days: daysSoFar(span, now),
  };
}

/** Which share of tickets is about what; null where no ticket has a category. */
async function mixOf(queries: Queries, { from, where }: Tickets): Promise<ReadonlyMap<string, number> | null> {
  const rows = rowsOf<{ category: string; share: number }>(
    await queries.execute(sql`
      select lower(o.category) as category, (count(*) / sum(count(*)) over ())::float8 as share
      from ${from} where ${where} and o.category is not null group by 1
    `),
  );
  return rows.length === 0 ? null : new Map(rows.map(({ category, share }) => [category, share]));
}
