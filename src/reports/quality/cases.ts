import { type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import type { CaseGroup, CaseKey, Check, Scope } from './check.ts';

/** The cases of a check, put together where they are alike; the most first. */
export async function groupCases(queries: Queries, check: Check, scope: Scope): Promise<readonly CaseGroup[]> {
  const rows = await queries.execute(sql`
    select kind, thing, said, came, is_good as "isGood", channel, coalesce(segment, '') as segment, count(*)::int as cases
    from (${check.cases(scope)}) as cases group by 1, 2, 3, 4, 5, 6, 7 order by 8 desc, 1, 2, 3, 4, 5, 6, 7
  `);
  return rowsOf<CaseGroup>(rows);
}

/** Which cases of a check are asked for. */
export interface CasesAsked {
  check: Check;
  scope: Scope;
  only: Partial<CaseKey>;
  /** Good ones alone, or bad ones; all where it is left out. */
  good?: boolean;
  limit: number;
  offset: number;
}

/** One case, with its ticket. */
export interface Case extends CaseKey {
  number: number;
  subject: string;
  at: string;
  isGood: boolean | null;
}

/** Cases, the latest first, and how many there are in all. */
export async function listCases(
  queries: Queries,
  { check, scope, only, good, limit, offset }: CasesAsked,
): Promise<{ cases: readonly Case[]; total: number }> {
  const conditions = (Object.entries(only) as [keyof CaseKey, string][]).map(
    ([key, value]): SQL => sql`${sql.identifier(key)} = ${value}`,
  );
  if (good !== undefined) conditions.push(sql`is_good = ${good}`);
  const wanted = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const rows = await queries.execute(sql`
    with page as (
      select *, (count(*) over ())::int as total from (${check.cases(scope)}) as cases where ${wanted}
      order by at desc, ticket_key desc limit ${limit} offset ${offset}
    )
    select t.number::int as number, t.ticket ->> 'subject' as subject, page.at::text as at, page.kind, page.thing,
      page.said, page.came, page.is_good as "isGood", page.total
    from page join tickets as t on t.key = page.ticket_key order by page.at desc, page.ticket_key desc
  `);
  const cases = rowsOf<Case & { total: number }>(rows);
  return { cases, total: cases[0]?.total ?? 0 };
}

/** Groups put together by what they have in common, with how many are good and how many are bad; the most first. */
export interface Tally {
  key: string;
  cases: number;
  good: number;
  bad: number;
  groups: readonly CaseGroup[];
}

export function tallyBy(groups: readonly CaseGroup[], keyOf: (group: CaseGroup) => string): readonly Tally[] {
  return [...Map.groupBy(groups, keyOf)]
    .map(([key, own]) => ({ key, groups: own, ...countsOf(own) }))
    .toSorted((one, other) => other.cases - one.cases || (one.key < other.key ? -1 : 1));
}

export function countsOf(groups: readonly CaseGroup[]): { cases: number; good: number; bad: number } {
  const sum = (some: readonly CaseGroup[]) => some.reduce((total, { cases }) => total + cases, 0);
  return {
    cases: sum(groups),
    good: sum(groups.filter(({ isGood }) => isGood === true)),
    bad: sum(groups.filter(({ isGood }) => isGood === false)),
  };
}
