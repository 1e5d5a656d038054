import { type Tally, tallyBy } from '../../reports/quality/cases.ts';
import { caseWords } from '../../reports/quality/case-words.ts';
import type { CaseGroup, CaseKey, Check, CheckId } from '../../reports/quality/check.ts';
import { CHECKS } from '../../reports/quality/checks.ts';
import { unitWords, wholeWords } from '../../reports/words.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Fill, type Html } from '../markup.ts';
import type { Asked } from './asked.ts';
import { groupWords } from './group-words.ts';
import { casesAddress } from './quality-address.ts';

/** The rest is behind the numbers; nobody reads a longer list on a page. */
const MOST_ROWS = 25;

/** By what the rows of a check's first table are told apart; its columns are what came of the cases. */
const ROWS: Readonly<Record<CheckId, { title: string; key: 'thing' | 'said' }>> = {
  triage: { title: 'First category', key: 'said' },
  routing: { title: 'Rule', key: 'thing' },
  escalations: { title: 'Definition', key: 'thing' },
  handoffs: { title: 'From and to', key: 'said' },
  templates: { title: 'Draft', key: 'said' },
};

type Groups = Readonly<Record<CheckId, readonly CaseGroup[]>>;

/** Every case that was looked at, as tables in which each number opens its cases. */
export function qualityTables(groups: Groups, asked: Asked): Html {
  return html`${Object.values(CHECKS).map((check) => checkCard(check, groups[check.id], asked))}`;
}

function checkCard(check: Check, groups: readonly CaseGroup[], asked: Asked): Html {
  const id = `check-${check.id}`;
  return html`<section class="card td-groups" aria-labelledby="${id}">
    <h2 class="td-card-title" id="${id}">${check.title}</h2>
    <p class="form-hint">${check.definition}</p>
    ${groups.length === 0 ? html`<p class="text-secondary">None in this period.</p>` : tablesOf(check, groups, { id, asked })}
  </section>`;
}

function tablesOf(check: Check, groups: readonly CaseGroup[], { id, asked }: { id: string; asked: Asked }): Html {
  const shares = check.id === 'triage' ? TRIAGE_SHARES : SHARES;
  return html`${crossTable(check, groups, { id, asked })}
  ${shares.map((share) => shareTable(check, groups, { ...share, id, asked }))}`;
}

/** What was said first, or by what, against what came of it. */
function crossTable(check: Check, groups: readonly CaseGroup[], { id, asked }: { id: string; asked: Asked }): Html {
  const { title, key } = ROWS[check.id];
  const columns = tallyBy(groups, ({ came }) => came);
  const cell = (row: Tally, came: string): Fill => {
    const { cases = 0 } = tallyBy(row.groups, (group) => group.came).find((each) => each.key === came) ?? {};
    const isRight = row.groups.some((group) => group.came === came && group.isGood === true);
    if (cases === 0) return '';
    return html`<a
      href="${casesAddress({ check: check.id, only: { [key]: row.key, came } }, asked)}"
      ${isRight ? html` class="td-good"` : null}
      >${wholeWords(cases)}</a
    >`;
  };
  return figuresTable(
    {
      columns: [title, ...columns.map(({ key: came }) => caseWords(check.id, 'came', came))],
      rows: tallyBy(groups, (group) => group[key])
        .slice(0, MOST_ROWS)
        .map((row) => ({
          name: html`<bdi>${caseWords(check.id, key, row.key)}</bdi>`,
          cells: columns.map(({ key: came }) => cell(row, came)),
        })),
    },
    { labelledBy: id },
  );
}

interface ShareBy {
  title: string;
  by: keyof CaseKey | 'channel' | 'segment';
}

const SHARES: readonly ShareBy[] = [
  { title: 'Channel', by: 'channel' },
  { title: 'Segment', by: 'segment' },
];

const TRIAGE_SHARES: readonly ShareBy[] = [{ title: 'Rule or model', by: 'thing' }, ...SHARES];

/** How many were right, by who said so or whose tickets they were. One row alone says no more than all of them. */
function shareTable(
  check: Check,
  groups: readonly CaseGroup[],
  { title, by, id, asked }: ShareBy & { id: string; asked: Asked },
): Html | null {
  const judged = groups.filter(({ isGood }) => isGood !== null);
  const rows = tallyBy(judged, (group) => group[by]);
  if (rows.length < 2 && by !== 'thing') return null;
  const link = (key: string, good: boolean | undefined, words: string) => {
    const isOfTicket = by === 'channel' || by === 'segment';
    const among = isOfTicket ? { ...asked, among: { ...asked.among, [by]: key } } : asked;
    const only = isOfTicket ? {} : { [by]: key };
    return html`<a href="${casesAddress({ check: check.id, only, ...(good !== undefined && { good }) }, among)}"
      >${words}</a
    >`;
  };
  return figuresTable(
    {
      columns: [title, 'Right', 'Wrong', 'Share right'],
      rows: rows.slice(0, MOST_ROWS).map(({ key, good, bad }) => ({
        name: html`<bdi
          >${by === 'channel' || by === 'segment' ? groupWords(by, key) : caseWords(check.id, 'thing', key)}</bdi
        >`,
        cells: [
          link(key, true, wholeWords(good)),
          link(key, false, wholeWords(bad)),
          unitWords('share', good / (good + bad)),
        ],
      })),
    },
    { labelledBy: id },
  );
}
