import { DIMENSIONS, type Dimension } from '../../reports/figures/among.ts';
import { NAMED_SPANS } from '../../reports/span.ts';
import { flag, html, type Fill, type Html } from '../markup.ts';
import { addressOf, type Asked } from './asked.ts';
import { groupWords } from './group-words.ts';

/** The pages of reports, in the order of their tabs. */
const TABS = [
  { address: '/reports', title: 'Overview' },
  { address: '/reports/weekly', title: 'Weekly review' },
  { address: '/reports/speed', title: 'Speed and promises' },
  { address: '/reports/flow', title: 'Flow' },
  { address: '/reports/team', title: 'Team' },
  { address: '/reports/customers', title: 'Customers' },
  { address: '/reports/ahead', title: 'Ahead' },
  { address: '/reports/quality', title: 'Quality' },
  { address: '/reports/value', title: 'Value' },
  { address: '/reports/export', title: 'Export' },
] as const;

export interface ReportView {
  /** The address of the page. */
  page: string;
  title: string;
  asked: Asked;
  /** In place of the usual choice of a stretch. */
  chooser?: Html;
  main: Fill;
}

/** What every report has around it: the other reports, which stretch is shown, and of which tickets. */
export function reportFrame({ page, title, asked, chooser, main }: ReportView): Html {
  return html`<section class="td-reports" aria-labelledby="report-title">
    <header class="td-report-head">
      <h1 id="report-title">${title}</h1>
      <nav class="td-tabs" aria-label="Reports">
        ${TABS.map(
          (tab) =>
            html`<a href="${addressOf(tab.address, asked)}" ${tab.address === page ? html` aria-current="page"` : null}
              >${tab.title}</a
            >`,
        )}
      </nav>
      ${chooser ?? spanForm(page, asked)} ${amongLine(page, asked)}
    </header>
    ${main}
  </section>`;
}

function spanForm(page: string, asked: Asked): Html {
  const { span, spanName, among } = asked;
  return html`<form class="td-span" action="${page}" method="get" data-submit-on-change>
    ${Object.entries(among).map(
      ([dimension, value]) => html`<input type="hidden" name="${dimension}" value="${value === '' ? '~' : value}" />`,
    )}
    <label class="visually-hidden" for="report-span">Period</label>
    <select class="form-select" id="report-span" name="span">
      ${spanName === null ? html`<option value="" selected>${daysWords(asked)}</option>` : null}
      ${Object.entries(NAMED_SPANS).map(
        ([name, words]) => html`<option value="${name}" ${flag('selected', name === spanName)}>${words}</option>`,
      )}
    </select>
    <button class="btn" type="submit">Show</button>
    <span class="text-secondary">${spanName === null ? null : daysWords(asked)} · ${span.timeZone}</span>
  </form>`;
}

/** Which tickets alone are shown, each a click from being let go of. */
function amongLine(page: string, asked: Asked): Html | null {
  const only = Object.entries(asked.among) as [Dimension, string][];
  if (only.length === 0) return null;
  return html`<p class="td-among">
    Only
    ${only.map(([dimension, value]) => {
      const rest = Object.fromEntries(only.filter(([other]) => other !== dimension));
      return html`<a class="badge" href="${addressOf(page, { ...asked, among: rest })}" title="Show all again"
        >${DIMENSIONS[dimension].toLowerCase()} <bdi>${groupWords(dimension, value)}</bdi> ×</a
      > `;
    })}
  </p>`;
}

/** The days that are shown: `2 Nov to 29 Nov 2026`. */
function daysWords({ span }: Pick<Asked, 'span'>): string {
  const last = span.until.subtract({ days: 1 });
  const full = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  if (span.from.equals(last)) return last.toLocaleString('en-GB', full);
  const from = span.from.year === last.year ? ({ day: 'numeric', month: 'short' } as const) : full;
  return `${span.from.toLocaleString('en-GB', from)} to ${last.toLocaleString('en-GB', full)}`;
}
