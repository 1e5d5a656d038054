import { sql } from 'drizzle-orm';
import { isAmong } from '../figures/among.ts';
import { isWithin } from '../figures/measure.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore } from './certain.ts';
import { scalarChanged } from './changed-file.ts';
import type { CaseGroup, Check, Finding, Ground } from './check.ts';
import { ruleOf } from './rule-of.ts';

/** Of five tickets one is moved for reasons of the day; where more are, the rule is wrong. */
const MOVED_AT_MOST = 0.2;

/** Where so many of a rule's tickets end in one other queue, the rule means that one. */
const MEANS_ANOTHER = 0.5;

/** Where tickets were sent first, and whether people moved them. */
export const ROUTING: Check = {
  id: 'routing',
  title: 'Moved by people',
  definition:
    'Of the tickets opened in the period that were routed by a rule or by default: whether a person moved one to another ' +
    'queue, or took it from somebody and gave it to somebody else. It was right where nobody did. Who takes what nobody ' +
    'had moves nothing.',
  cases: ({ span, among }) => sql`
    select o.ticket_key, o.opened_at as at, o.first_queue_by as kind, o.first_queue_from as thing, o.first_queue as said,
      coalesce(o.moved_to, case when o.is_passed_on then o.queue end, '') as came,
      o.moved_to is null and not o.is_passed_on as is_good, o.channel, o.segment
    from outcomes as o
    where o.first_queue is not null and ${isWithin(span, 'opened_at')} and ${isAmong(among)}
  `,
};

/** Rules whose tickets people move too often. */
export function routingFindings(groups: readonly CaseGroup[], ground: Ground): readonly Finding[] {
  return tallyBy(groups, ({ kind, thing, said }) => JSON.stringify([kind, thing, said])).flatMap((tally) =>
    findingOf(tally, ground),
  );
}

function findingOf(tally: Tally, ground: Ground): readonly Finding[] {
  const [first] = tally.groups;
  if (first === undefined || !isSurelyMore(tally.bad, tally.cases, MOVED_AT_MOST)) return [];
  const { kind, thing, said } = first;
  const rule = kind === 'rule' ? ruleOf(ground, { stage: 'route', name: thing }) : null;
  const elsewhere = tally.groups.filter(({ isGood, came }) => isGood === false && came !== said);
  const [worst] = tallyBy(elsewhere, ({ came }) => came);
  const isMostly = worst !== undefined && worst.cases / tally.cases >= MEANS_ANOTHER;
  const share = unitWords('share', tally.bad / tally.cases);
  return [
    {
      says:
        `${kind === 'rule' ? `The rule “${thing}”` : 'Where no rule fits, routing'} sent ${tally.cases} tickets to ${said}, ` +
        `and people moved ${tally.bad} of them (${share})${worst === undefined ? ' to somebody else there' : `, ${worst.cases} to ${worst.key}`}.`,
      cases: tally.bad,
      behind: { of: 'cases', check: 'routing', only: { kind, thing, said }, good: false },
      rule,
      proposal: proposalOf(worst?.key ?? null, { isRule: rule !== null, isMostly }),
      change:
        isMostly && rule !== null
          ? scalarChanged(ground.files, {
              file: 'routing.yaml',
              list: 'rules',
              name: thing,
              path: ['then', 'queue'],
              to: () => worst.key,
            })
          : null,
    },
  ];
}

function proposalOf(queue: string | null, { isRule, isMostly }: { isRule: boolean; isMostly: boolean }): string {
  if (queue === null) return 'Name the skills that people need for it, so that the right person is found at once.';
  if (!isRule)
    return `Write a rule in routing.yaml for what goes to ${queue}: the tickets show what they have in common.`;
  return isMostly
    ? `Have the rule send them to ${queue}.`
    : `Narrow what the rule asks for, or put a rule for ${queue} above it.`;
}
