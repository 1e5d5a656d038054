import type { Queries } from '../../db/connection.ts';
import { ticketName } from '../../domain/ticket.ts';
import { type Case, type CasesAsked, listCases } from '../../reports/quality/cases.ts';
import { caseWords } from '../../reports/quality/case-words.ts';
import type { Check } from '../../reports/quality/check.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import { countWords, momentWords } from '../words.ts';
import type { Asked } from './asked.ts';
import { casesAddress, type CasesNamed } from './quality-address.ts';

/** Cases on a page of them. */
const PER_PAGE = 50;

export interface CasesView {
  check: Check;
  named: Omit<CasesNamed, 'check'>;
  asked: Asked;
  /** Counts from 1. */
  page: number;
  desk: { prefix: string; timeZone: string };
}

/** Cases of a check, one by one, with what was said and what came of it. */
export async function casesMain(queries: Queries, view: CasesView): Promise<Html> {
  const { check, named, asked, page } = view;
  const given: CasesAsked = { check, scope: asked, ...named, limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
  const { cases, total } = await listCases(queries, given);
  return html`<section class="card td-groups" aria-labelledby="cases-title">
    <h2 class="td-card-title" id="cases-title">${countWords(total, 'case')}</h2>
    <p class="form-hint">${check.definition}</p>
    ${
      cases.length === 0
        ? html`<p class="text-secondary">None.</p>`
        : figuresTable(
            {
              columns: ['Ticket', 'Subject', 'By', 'First', 'Then', 'Right', 'When'],
              rows: cases.map((each) => caseRow(each, view)),
            },
            { labelledBy: 'cases-title' },
          )
    }
    ${pageLinks(view, total)}
  </section>`;
}

function caseRow({ number, subject, thing, said, came, isGood, at }: Case, { check, desk }: CasesView) {
  return {
    name: html`<a class="td-number" href="/tickets/${number}">${ticketName(desk.prefix, number)}</a>`,
    cells: [
      html`<bdi class="td-subject" dir="auto">${subject}</bdi>`,
      html`<bdi>${caseWords(check.id, 'thing', thing)}</bdi>`,
      html`<bdi>${caseWords(check.id, 'said', said)}</bdi>`,
      html`<bdi>${caseWords(check.id, 'came', came)}</bdi>`,
      isGood === null ? '–' : isGood ? 'yes' : 'no',
      momentWords(Temporal.Instant.from(at), desk.timeZone),
    ],
  };
}

function pageLinks({ check, named, asked, page }: CasesView, total: number): Html | null {
  const pages = Math.ceil(total / PER_PAGE);
  if (pages <= 1) return null;
  const address = (other: number) => `${casesAddress({ check: check.id, ...named }, asked)}&page=${other}`;
  return html`<nav class="td-pages" aria-label="Pages of cases">
    ${page > 1 ? html`<a href="${address(page - 1)}" rel="prev">Later</a>` : null}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a href="${address(page + 1)}" rel="next">Earlier</a>` : null}
  </nav>`;
}
