import { sql } from 'drizzle-orm';
import type { Queries } from '../../db/connection.ts';
import { rowsOf } from '../../db/rows-of.ts';
import { capital, plain } from '../../domain/sentences/words.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore, LEAST_CASES } from './certain.ts';
import type { CaseGroup, Finding, Ground } from './check.ts';

/** One category for so many tickets tells little of any of them. */
const OVERUSED = 0.4;

/** With fewer categories one of them is large whatever they are. */
const LEAST_CATEGORIES = 4;

/** What nobody had among so many tickets belongs to fewer than one of thirty: three by their number (the rule of three). */
const UNUSED_AMONG = 90;

/** Where more than one of ten tickets of either category was first given the other, people cannot tell them apart. */
const CONFUSED_AT_MOST = 0.1;

/** Corrections spread over more categories than that many even ones leave no rule to write: the category is unclear. */
const SPREAD_BITS = 1.5;

/** Of fewer corrections their spread says nothing. */
const LEAST_CORRECTIONS = 10;

/** Which category the learned model takes for which, and how often, of so many tickets. */
export interface Confused {
  category: string;
  other: string;
  times: number;
  of: number;
}

/** What the model in force takes for what, as it was measured when it learned. */
export async function readConfused(queries: Queries): Promise<readonly Confused[]> {
  const found = await queries.execute(sql`
    select each ->> 'category' as category, each #>> '{confusedWith,category}' as other,
      (each #>> '{confusedWith,tickets}')::int as times, (each ->> 'tickets')::int as of
    from (
      select report from learned_models order by in_force_at desc, version desc limit 1
    ) as latest cross join lateral jsonb_array_elements(latest.report -> 'categories') as each
    where jsonb_typeof(each -> 'confusedWith') = 'object'
  `);
  return rowsOf<Confused>(found);
}

/** Categories that are too wide, that nobody uses, that are taken for each other, or that mean nothing certain. */
export function categoryFindings(
  groups: readonly CaseGroup[],
  { policy, confused }: Ground & { confused: readonly Confused[] },
): readonly Finding[] {
  const finals = tallyBy(groups, ({ came }) => came);
  const resolved = finals.reduce((sum, { cases }) => sum + cases, 0);
  return [
    ...finals.flatMap((tally) => overused(tally, { resolved, categories: policy.categories.length })),
    ...pairsIn(groups),
    ...confused.filter(({ times, of }) => isSurelyMore(times, of, CONFUSED_AT_MOST)).map(learnedPair),
    ...tallyBy(groups, ({ said }) => said).flatMap(unclear),
    ...unused(policy.categories, { finals, resolved }),
  ];
}

function overused(
  tally: Tally,
  { resolved, categories }: { resolved: number; categories: number },
): readonly Finding[] {
  if (tally.key === '' || categories < LEAST_CATEGORIES || !isSurelyMore(tally.cases, resolved, OVERUSED)) return [];
  return [
    {
      says: `${capital(plain(tally.key))} holds ${tally.cases} of ${resolved} resolved tickets (${unitWords('share', tally.cases / resolved)}).`,
      cases: tally.cases,
      behind: { of: 'cases', check: 'triage', only: { came: tally.key } },
      rule: null,
      proposal: 'Divide it by what people do with them: the tickets show which kinds there are.',
      change: null,
    },
  ];
}

/** Both ways together, as whoever confuses two confuses either with the other. */
function pairsIn(groups: readonly CaseGroup[]): readonly Finding[] {
  const judged = groups.filter(({ isGood, came }) => isGood !== null && came !== '');
  const total = new Map(tallyBy(judged, ({ came }) => came).map(({ key, cases }) => [key, cases]));
  const wrong = judged.filter(({ isGood }) => isGood === false);
  const pairOf = ({ said, came }: CaseGroup) => JSON.stringify([said, came].toSorted());
  return tallyBy(wrong, pairOf).flatMap((tally) => {
    const [one = '', other = ''] = JSON.parse(tally.key) as string[];
    const all = (total.get(one) ?? 0) + (total.get(other) ?? 0);
    if (!isSurelyMore(tally.cases, all, CONFUSED_AT_MOST)) return [];
    const [most] = tally.groups.toSorted((first, second) => second.cases - first.cases);
    return [
      {
        says:
          `${capital(plain(one))} and ${plain(other)} were taken for each other ${tally.cases} times among ${all} ` +
          `tickets of the two (${unitWords('share', tally.cases / all)}).`,
        cases: tally.cases,
        behind: {
          of: 'cases' as const,
          check: 'triage' as const,
          only: { said: most?.said ?? one, came: most?.came ?? other },
        },
        rule: null,
        proposal: 'Make one category of the two, or say in a sentence by which words people are to tell them apart.',
        change: null,
      },
    ];
  });
}

function learnedPair({ category, other, times, of }: Confused): Finding {
  return {
    says: `What was learned takes ${plain(category)} for ${plain(other)} in ${times} of ${of} tickets.`,
    cases: times,
    behind: { of: 'cases', check: 'triage', only: { came: category } },
    rule: null,
    proposal:
      'See on the page of what was learned which tickets confuse it; where people confuse them, too, make one category of the two.',
    change: null,
  };
}

/** Corrections of one category that go everywhere. */
function unclear(tally: Tally): readonly Finding[] {
  const wrong = tally.groups.filter(({ isGood }) => isGood === false);
  const counts = tallyBy(wrong, ({ came }) => came).map(({ cases }) => cases);
  const corrected = counts.reduce((sum, count) => sum + count, 0);
  const isOften = isSurelyMore(corrected, tally.good + tally.bad, CONFUSED_AT_MOST);
  if (tally.key === '' || corrected < LEAST_CORRECTIONS || !isOften || entropyOf(counts) < SPREAD_BITS) return [];
  return [
    {
      says:
        `${capital(plain(tally.key))} was corrected ${corrected} times, into ${counts.length} other categories with ` +
        `none in front (${entropyOf(counts).toFixed(1)} bits).`,
      cases: corrected,
      behind: { of: 'cases', check: 'triage', only: { said: tally.key }, good: false },
      rule: null,
      proposal: 'It means too many things: say what belongs there and what does not, or have fewer rules give it.',
      change: null,
    },
  ];
}

/** In bits: 0 where all go to one, 1 where they go to two alike, 2 to four. */
function entropyOf(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.filter((count) => count > 0).reduce((sum, count) => sum - (count / all) * Math.log2(count / all), 0);
}

function unused(
  categories: readonly string[],
  { finals, resolved }: { finals: readonly Tally[]; resolved: number },
): readonly Finding[] {
  if (resolved < Math.max(UNUSED_AMONG, LEAST_CASES)) return [];
  return categories
    .filter((category) => !finals.some(({ key }) => key === category))
    .map((category) => ({
      says: `None of ${resolved} resolved tickets is ${plain(category)}.`,
      cases: 0,
      behind: { of: 'cases', check: 'triage', only: { came: category } },
      rule: null,
      proposal: 'Take it out of categories in triage.yaml, unless it is for what is rare and grave.',
      change: null,
    }));
}
