import { sql } from 'drizzle-orm';
import { plain } from '../../domain/sentences/words.ts';
import { isAmong } from '../figures/among.ts';
import { isWithin } from '../figures/measure.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore } from './certain.ts';
import { scalarChanged } from './changed-file.ts';
import type { CaseGroup, Check, Finding, Ground } from './check.ts';
import { ruleOf } from './rule-of.ts';

/** One wrong category of ten is what people get wrong, too; what is wrong more often is worth a look. */
const WRONG_AT_MOST = 0.1;

/** Where so many of a rule's tickets end in one other category, the rule means that one. */
const MEANS_ANOTHER = 0.5;

/** What gave a ticket its first category, against the one with which it was resolved. */
export const TRIAGE: Check = {
  id: 'triage',
  title: 'First category and last',
  definition:
    'Of the tickets resolved in the period: the first category that a rule or a model gave, against the one that the ' +
    'ticket has now. It was right where the two are the same. A ticket to which only people gave one counts neither way.',
  cases: ({ span, among }) => sql`
    select o.ticket_key, o.resolved_at as at, coalesce(o.first_category_by, '') as kind,
      coalesce(o.first_category_from, '') as thing, coalesce(o.first_category, '') as said,
      coalesce(o.category, '') as came, o.first_category = coalesce(o.category, '') as is_good, o.channel, o.segment
    from outcomes as o where ${isWithin(span, 'resolved_at')} and ${isAmong(among)}
  `,
};

/** Rules and models whose categories people change too often. */
export function triageFindings(groups: readonly CaseGroup[], ground: Ground): readonly Finding[] {
  return tallyBy(
    groups.filter(({ isGood }) => isGood !== null),
    ({ kind, thing, said }) => JSON.stringify([kind, thing, said]),
  ).flatMap((tally) => findingOf(tally, ground));
}

function findingOf(tally: Tally, ground: Ground): readonly Finding[] {
  const [first] = tally.groups;
  const judged = tally.good + tally.bad;
  if (first === undefined || !isSurelyMore(tally.bad, judged, WRONG_AT_MOST)) return [];
  const { kind, thing, said } = first;
  const rule = kind === 'rule' ? ruleOf(ground, { stage: 'triage', name: thing }) : null;
  const [worst] = tallyBy(
    tally.groups.filter(({ isGood }) => isGood === false),
    ({ came }) => came,
  );
  if (worst === undefined) return [];
  const meansAnother = rule !== null && worst.key !== '' && worst.cases / judged >= MEANS_ANOTHER;
  const share = unitWords('share', tally.bad / judged);
  return [
    {
      says:
        `${kind === 'rule' ? `The rule “${thing}”` : thing} gave ${plain(said)} to ${judged} tickets, and ${tally.bad} ` +
        `of them (${share}) ended elsewhere, ${worst.cases} in ${worst.key === '' ? 'no category' : plain(worst.key)}.`,
      cases: tally.bad,
      behind: { of: 'cases', check: 'triage', only: { kind, thing, said }, good: false },
      rule,
      proposal: proposalOf({ isRule: rule !== null, said, worst: worst.key, meansAnother }),
      change: meansAnother
        ? scalarChanged(ground.files, {
            file: 'triage.yaml',
            list: 'rules',
            name: thing,
            path: ['then', 'category'],
            to: () => worst.key,
          })
        : null,
    },
  ];
}

function proposalOf(given: { isRule: boolean; said: string; worst: string; meansAnother: boolean }): string {
  const [said, worst] = [plain(given.said), plain(given.worst)];
  if (given.meansAnother) return `Have the rule give ${worst} in place of ${said}.`;
  if (!given.isRule) {
    return 'Ask for more certainty with a higher promise under learning in triage.yaml, or write a rule for what it confuses.';
  }
  return worst === ''
    ? 'Narrow what the rule asks for.'
    : `Narrow what the rule asks for, or put a rule for ${worst} above it: the tickets show by which words they differ.`;
}
