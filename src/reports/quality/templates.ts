import { sql } from 'drizzle-orm';
import { isAmong } from '../figures/among.ts';
import { edgesOf } from '../span.ts';
import { unitWords } from '../words.ts';
import { type Tally, tallyBy } from './cases.ts';
import { isSurelyMore } from './certain.ts';
import type { CaseGroup, Check, Finding } from './check.ts';

/** With half of its words changed a template saved nobody the writing. */
const HEAVILY = 0.5;

/** With so many changed, the answer was written without it. */
const ANEW = 0.9;

/** Whoever rewrites one of three is no accident. */
const REWRITTEN_AT_MOST = 1 / 3;

/** What was offered to whoever answered, against what was sent. */
export const TEMPLATES: Check = {
  id: 'templates',
  title: 'Drafts, and what people sent',
  definition:
    'Each answer of the period that began with a draft: the share of words that were put in, taken out or replaced ' +
    `(the distance of Levenshtein in words). It was of use where fewer than ${HEAVILY * 100} % were; with ` +
    `${ANEW * 100} % or more the answer was written without it.`,
  cases: ({ span, among }) => {
    const { from, until } = edgesOf(span);
    return sql`
      select d.ticket_key, d.at, coalesce(d.params ->> 'madeOf', 'reply') as kind, coalesce(d.params ->> 'reply', '') as thing,
        coalesce(d.params ->> 'title', '') as said,
        case when rewritten = 0 then 'word_for_word' when rewritten < ${HEAVILY}::float8 then 'a_little'
          when rewritten < ${ANEW}::float8 then 'heavily' else 'written_anew' end as came,
        rewritten < ${HEAVILY}::float8 as is_good, o.channel, o.segment
      from decisions as d
      -- The offset has it read once for each draft, and not wherever it is named.
      cross join lateral (select (d.params ->> 'rewritten')::float8 as rewritten offset 0) as measured
      join outcomes as o on o.ticket_key = d.ticket_key
      where d.code = 'respond.draft_compared'
        and d.at >= ${from.toString()}::timestamptz and d.at < ${until.toString()}::timestamptz and ${isAmong(among)}
    `;
  },
};

/** Drafts that people rewrite. */
export function templateFindings(groups: readonly CaseGroup[]): readonly Finding[] {
  return tallyBy(groups, ({ kind, thing }) => JSON.stringify([kind, thing])).flatMap(findingOf);
}

function findingOf(tally: Tally): readonly Finding[] {
  const [first] = tally.groups;
  if (first === undefined || !isSurelyMore(tally.bad, tally.cases, REWRITTEN_AT_MOST)) return [];
  const { kind, thing, said } = first;
  const anew = tally.groups.filter(({ came }) => came === 'written_anew').reduce((sum, { cases }) => sum + cases, 0);
  return [
    {
      says:
        `“${said === '' ? thing : said}” was the draft of ${tally.cases} answers; ${tally.bad} of them ` +
        `(${unitWords('share', tally.bad / tally.cases)}) have half of its words or more changed, ${anew} were written without it.`,
      cases: tally.bad,
      behind: { of: 'cases', check: 'templates', only: { kind, thing }, good: false },
      rule: null,
      proposal: proposalOf(kind, { thing, isUnfit: anew > tally.bad / 2 }),
      change: null,
    },
  ];
}

function proposalOf(kind: string, { thing, isUnfit }: { thing: string; isUnfit: boolean }): string {
  if (kind === 'model')
    return 'Have a language model write drafts for fewer tickets, or give it replies and articles that say what people send.';
  const source = kind === 'article' ? 'the article' : `replies/${thing}.md`;
  return isUnfit
    ? `It is offered where it does not fit: narrow suggestWhen of ${source}.`
    : `Put into ${source} what people write in its place: the tickets show it.`;
}
