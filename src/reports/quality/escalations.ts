import { sql } from 'drizzle-orm';
import type { Verdict } from '../../domain/escalation.ts';
import { isAmong } from '../figures/among.ts';
import { edgesOf } from '../span.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore } from './certain.ts';
import type { CaseGroup, Check, Finding, Ground } from './check.ts';
import { ruleOf } from './rule-of.ts';
import { triggerMoved } from './trigger-change.ts';

/** An escalation costs somebody's attention at once: one of five may be for nothing, or come too late. */
const WRONG_AT_MOST = 0.2;

/** What escalates more than one new ticket of ten is the rule and no exception. */
const RAISED_AT_MOST = 0.1;

/** What people said of escalations when they ended them. */
export const ESCALATIONS: Check = {
  id: 'escalations',
  title: 'Escalations, and what people say of them',
  definition:
    'Each time that a definition or a person escalated a ticket in the period, with what a person said on ending it: ' +
    'necessary, premature or too late. It was right where it was necessary. Those that ended by themselves, or without ' +
    'a word, count neither way.',
  cases: ({ span, among }) => {
    const { from, until } = edgesOf(span);
    return sql`
      select raised.ticket_key, raised.at, raised.kind, raised.thing, '' as said, coalesce(ended.verdict, '') as came,
        ended.verdict = 'necessary' as is_good, o.channel, o.segment
      from (
        select d.ticket_key, d.at, d.seq, 'rule' as kind, names.name as thing, names.name from decisions as d
        cross join lateral (
          select d.params ->> 'name' as name
          union select jsonb_array_elements_text(coalesce(d.params -> 'others', '[]'))
        ) as names
        where d.code = 'escalate.raised'
        union all
        select ticket_key, at, seq, 'person', '', params ->> 'by' from decisions where code = 'escalate.raised_by_hand'
      ) as raised
      -- How many names there are nobody can guess beforehand: the offset has each ticket looked up, and not all of them read.
      cross join lateral (select * from outcomes where ticket_key = raised.ticket_key offset 0) as o
      left join lateral (
        select params ->> 'verdict' as verdict from decisions
        where ticket_key = raised.ticket_key and seq > raised.seq and code = 'escalate.lowered_by_hand'
          and params -> 'names' ? raised.name
        order by seq limit 1
      ) as ended on true
      where raised.at >= ${from.toString()}::timestamptz and raised.at < ${until.toString()}::timestamptz
        and ${isAmong(among)}
    `;
  },
};

/** Definitions that people call premature or too late, and those that fire too often. */
export function escalationFindings(
  groups: readonly CaseGroup[],
  ground: Ground & { opened: number },
): readonly Finding[] {
  const definitions = tallyBy(
    groups.filter(({ kind }) => kind === 'rule'),
    ({ thing }) => thing,
  );
  return definitions.flatMap((tally) => [
    ...verdictFinding(tally, 'premature', ground),
    ...verdictFinding(tally, 'too_late', ground),
    ...oftenFinding(tally, ground),
  ]);
}

function verdictFinding(tally: Tally, verdict: Exclude<Verdict, 'necessary'>, ground: Ground): readonly Finding[] {
  const judged = tally.good + tally.bad;
  const so = tally.groups.filter(({ came }) => came === verdict).reduce((sum, { cases }) => sum + cases, 0);
  if (!isSurelyMore(so, judged, WRONG_AT_MOST)) return [];
  const isEarly = verdict === 'premature';
  const change = triggerMoved(ground.files, { name: tally.key, isLater: isEarly });
  const word = isEarly ? 'premature' : 'too late';
  return [
    {
      says:
        `“${tally.key}” escalated ${tally.cases} times; of the ${judged} on which somebody said a word, ${so} ` +
        `(${unitWords('share', so / judged)}) were ${word}.`,
      cases: so,
      behind: { of: 'cases', check: 'escalations', only: { kind: 'rule', thing: tally.key, came: verdict } },
      rule: ruleOf(ground, { stage: 'escalate', name: tally.key }),
      proposal: isEarly
        ? 'Let more happen before it escalates, or ask for less in when.'
        : 'Have it escalate sooner: with a lower share, count or time in after.',
      change,
    },
  ];
}

function oftenFinding(tally: Tally, ground: Ground & { opened: number }): readonly Finding[] {
  if (!isSurelyMore(Math.min(tally.cases, ground.opened), ground.opened, RAISED_AT_MOST)) return [];
  return [
    {
      says:
        `“${tally.key}” escalated ${tally.cases} times in a period with ${ground.opened} new tickets ` +
        `(${unitWords('share', tally.cases / ground.opened)}): it is no exception any more.`,
      cases: tally.cases,
      behind: { of: 'cases', check: 'escalations', only: { kind: 'rule', thing: tally.key } },
      rule: ruleOf(ground, { stage: 'escalate', name: tally.key }),
      proposal:
        'Let more happen before it escalates, or ask for fewer tickets in when. Where all of them are right, the target is too tight or people are too few.',
      change: triggerMoved(ground.files, { name: tally.key, isLater: true }),
    },
  ];
}
