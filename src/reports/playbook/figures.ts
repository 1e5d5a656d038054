import { and, desc, eq, gte, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { ruleAskers, ruleStandings } from '../../db/schema.ts';
import type { Stage } from '../../domain/decision.ts';
import { type EntryKey, keyText } from './entry.ts';
import { codeIsOneOf, FIRING_CODES } from './firing.ts';

/** Over how many days, today among them, the playbook counts. Days are those of UTC. */
export const WINDOWS = [7, 30, 90] as const;
export type Window = (typeof WINDOWS)[number];

/** How often a rule had its say, and how often a person saw it otherwise. */
export interface Uses {
  fired: Readonly<Record<Window, number>>;
  overridden: Readonly<Record<Window, number>>;
  lastAt: Temporal.Instant | null;
}

/** Of a rule that never had its say. */
export const NO_USES: Uses = { fired: { 7: 0, 30: 0, 90: 0 }, overridden: { 7: 0, 30: 0, 90: 0 }, lastAt: null };

/** One day of one rule. */
export interface DayOfRule extends EntryKey {
  day: Temporal.PlainDate;
  count: number;
}

/** The first day of so many that end today. */
export function firstDay(now: Temporal.Instant, days: number): Temporal.PlainDate {
  return dayOf(now).subtract({ days: days - 1 });
}

export function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO('UTC').toPlainDate();
}

/** The uses of every rule that ever had its say, by `keyText`. */
export async function readUses(queries: Queries, now: Temporal.Instant): Promise<ReadonlyMap<string, Uses>> {
  const [fired, overridden] = [await firedSince(queries, now, 90), await overriddenSince(queries, now, 90)];
  const standings = await queries.select().from(ruleStandings);
  return new Map(
    standings.map(({ stage, rule, lastAt }) => {
      const key = { stage, name: rule };
      return [keyText(key), { fired: windowed(fired, key, now), overridden: windowed(overridden, key, now), lastAt }];
    }),
  );
}

type DaysByRule = ReadonlyMap<string, readonly DayOfRule[]>;

function windowed(days: DaysByRule, key: EntryKey, now: Temporal.Instant): Record<Window, number> {
  const own = days.get(keyText(key)) ?? [];
  const within = (window: Window) => {
    const first = firstDay(now, window);
    return own.reduce((sum, { day, count }) => (Temporal.PlainDate.compare(day, first) < 0 ? sum : sum + count), 0);
  };
  return { 7: within(7), 30: within(30), 90: within(90) };
}

/** Day by day, by `keyText`; a day without any is left out. */
export async function firedSince(queries: Queries, now: Temporal.Instant, days: number): Promise<DaysByRule> {
  const first = firstDay(now, days).toString();
  return byRule(
    await queries.execute(
      sql`select day::text, stage, rule, fired as count from rule_days where day >= ${first}::date`,
    ),
  );
}

/** The same of decisions that people changed. */
export async function overriddenSince(queries: Queries, now: Temporal.Instant, days: number): Promise<DaysByRule> {
  const first = `${firstDay(now, days).toString()}T00:00:00Z`;
  return byRule(
    await queries.execute(sql`
      select ((at at time zone 'UTC')::date)::text as day, stage, rule, count(*)::integer as count from rule_marks
      where kind = 'override' and at >= ${first}::timestamptz group by 1, 2, 3
    `),
  );
}

function byRule(result: unknown): DaysByRule {
  const rows = rowsOf<{ day: string; stage: Stage; rule: string; count: number }>(result).map((row) => {
    return { stage: row.stage, name: row.rule, day: Temporal.PlainDate.from(row.day), count: row.count };
  });
  return Map.groupBy(rows, keyText);
}

/** A turn in which a rule had its say, or in which a person changed what it had said. */
export interface UseOfRule {
  number: number;
  subject: string;
  at: Temporal.Instant;
}

/** Tickets behind a count, the latest first. */
export async function readTurns(
  queries: Queries,
  { stage, name }: EntryKey,
  given: { what: 'fired' | 'overridden'; since: Temporal.PlainDate; most: number },
): Promise<readonly UseOfRule[]> {
  const since = sql`${given.since.toString()}::date at time zone 'UTC'`;
  const kind = given.what === 'fired' ? 'also' : 'override';
  const marked = sql`
    select at, ticket_key from rule_marks
    where stage = ${stage} and rule = ${name} and kind = ${kind} and at >= ${since}`;
  const named = sql`
    select at, ticket_key from decisions
    where stage = ${stage} and source ->> 'name' = ${name} and at >= ${since} and ${codeIsOneOf(sql`code`, FIRING_CODES)}
      and source ->> 'kind' in ('rule', 'policy')`;
  const turns = given.what === 'fired' ? sql`${named} union ${marked}` : marked;
  const found = await queries.execute(sql`
    select number::integer, ticket ->> 'subject' as subject, turns.at::text as at
    from (select at, ticket_key from (${turns}) as every order by at desc, ticket_key limit ${given.most}) as turns
    join tickets on tickets.key = turns.ticket_key order by turns.at desc, number desc
  `);
  return rowsOf<{ number: number; subject: string; at: string }>(found).map(({ at, ...rest }) => {
    return { ...rest, at: Temporal.Instant.from(at) };
  });
}

/** Over which channels, or by which kinds of customers, a rule was met: since when, and how often. */
export interface AskersOfRule extends EntryKey {
  kind: 'channel' | 'tier';
  value: string;
  firstAt: Temporal.Instant;
  fired: number;
}

/** All that came since, and what is known of one rule when it is named. */
export async function readAskers(
  queries: Queries,
  given: { since: Temporal.Instant } | { of: EntryKey },
): Promise<readonly AskersOfRule[]> {
  const asked =
    'since' in given
      ? gte(ruleAskers.firstAt, given.since)
      : and(eq(ruleAskers.stage, given.of.stage), eq(ruleAskers.rule, given.of.name));
  const rows = await queries.select().from(ruleAskers).where(asked).orderBy(desc(ruleAskers.fired), ruleAskers.value);
  return rows.map(({ rule, ...row }) => ({ ...row, name: rule }));
}
