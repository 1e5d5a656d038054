import { sql } from 'drizzle-orm';
import { plain } from '../../domain/sentences/words.ts';
import { isAmong } from '../figures/among.ts';
import { edgesOf } from '../span.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore } from './certain.ts';
import type { CaseGroup, Check, Finding, Ground } from './check.ts';
import { ruleOf } from './rule-of.ts';

/** Of five hand-offs one comes back in any desk; where more do, the two queues have not agreed. */
const BOUNCED_AT_MOST = 0.2;

/** What nobody answered for so long is forgotten. */
const LONG_HOURS = 24;

/** What became of hand-offs. */
export const HANDOFFS: Check = {
  id: 'handoffs',
  title: 'Hand-offs, and where they ended',
  definition:
    'Each hand-off that a person began in the period. It was right where the other queue has it or helped; not where ' +
    'it was rejected, got no answer, came back by another hand-off, or waits for more than 24 hours. One that was taken ' +
    'back, or waits for less, counts neither way.',
  cases: ({ span, among, now }) => {
    const { from, until } = edgesOf(span);
    return sql`
      select began.ticket_key, began.at, 'contract' as kind, coalesce(began.params ->> 'contract', '') as thing,
        (began.params ->> 'from') || ' → ' || (began.params ->> 'to') as said, ended.came,
        case when ended.came in ('accepted', 'helps') then true when ended.came in ('withdrawn', 'waits') then null
          else false end as is_good,
        o.channel, o.segment
      from (
        select distinct on (ticket_key, params ->> 'instance') ticket_key, at, seq, params from decisions
        where code in ('handoff.asked', 'handoff.held', 'handoff.moved', 'handoff.helps')
          and at >= ${from.toString()}::timestamptz and at < ${until.toString()}::timestamptz
        order by ticket_key, params ->> 'instance', seq
      ) as began
      join outcomes as o on o.ticket_key = began.ticket_key
      left join lateral (
        select code, seq, params ->> 'code' as because from decisions
        where ticket_key = began.ticket_key and seq >= began.seq and params ->> 'instance' = began.params ->> 'instance'
          and code in ('handoff.moved', 'handoff.helps', 'handoff.accepted', 'handoff.rejected', 'handoff.returned',
            'handoff.withdrawn')
        order by seq desc limit 1
      ) as last on true
      cross join lateral (select case
        when last.code is null and began.at < ${now.toString()}::timestamptz - make_interval(hours => ${LONG_HOURS}::int)
          then 'waits_long'
        when last.code is null then 'waits'
        when last.code in ('handoff.moved', 'handoff.accepted') and exists (
          select from decisions as back where back.ticket_key = began.ticket_key and back.seq > last.seq
            and back.code in ('handoff.moved', 'handoff.accepted')
            and back.params ->> 'from' = began.params ->> 'to' and back.params ->> 'to' = began.params ->> 'from'
        ) then 'came_back'
        when last.code = 'handoff.rejected' then 'rejected: ' || coalesce(last.because, '')
        when last.code = 'handoff.returned' then 'no_answer'
        when last.code = 'handoff.withdrawn' then 'withdrawn'
        when last.code = 'handoff.helps' then 'helps'
        else 'accepted' end as came) as ended
      where ${isAmong(among)}
    `;
  },
};

/** Pairs of queues between which hand-offs come back, or lie. */
export function handoffFindings(groups: readonly CaseGroup[], ground: Ground): readonly Finding[] {
  return tallyBy(
    groups.filter(({ isGood }) => isGood !== null),
    ({ thing, said }) => JSON.stringify([thing, said]),
  ).flatMap((tally) => findingOf(tally, ground));
}

function findingOf(tally: Tally, ground: Ground): readonly Finding[] {
  const [first] = tally.groups;
  const [worst] = tallyBy(
    tally.groups.filter(({ isGood }) => isGood === false),
    ({ came }) => came,
  );
  if (first === undefined || worst === undefined || !isSurelyMore(tally.bad, tally.cases, BOUNCED_AT_MOST)) return [];
  const { thing, said } = first;
  return [
    {
      says:
        `Of ${tally.cases} hand-offs ${said}, ${tally.bad} (${unitWords('share', tally.bad / tally.cases)}) came to ` +
        `nothing, most of them thus: ${cameWords(worst.key)} (${worst.cases}).`,
      cases: tally.bad,
      behind: { of: 'cases', check: 'handoffs', only: { thing, said }, good: false },
      rule: thing === '' ? null : ruleOf(ground, { stage: 'handoff', name: thing }),
      proposal: proposalOf(worst.key, { said, hasContract: thing !== '' }),
      change: null,
    },
  ];
}

/** What became of a hand-off: `rejected: no log file`. */
export function cameWords(came: string): string {
  return came === 'waits_long' ? `waits for over ${LONG_HOURS} hours` : plain(came);
}

function proposalOf(came: string, { said, hasContract }: { said: string; hasContract: boolean }): string {
  if (!hasContract) {
    return `Agree on a contract for ${said} under handoffs in routing.yaml: what must be there before, and who answers how soon.`;
  }
  if (came.startsWith('rejected')) {
    return `Add to needs of the contract what “${plain(came.replace('rejected: ', ''))}” misses, so that it is asked for before; or route such tickets otherwise.`;
  }
  if (came === 'came_back')
    return 'Write a routing rule for what comes back, so that it need not be handed over at all.';
  return 'Shorten answerWithin and remind of the contract, or have the ticket go at once.';
}
