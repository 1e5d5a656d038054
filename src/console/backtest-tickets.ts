import type { BacktestResult, Changed, Difference, TicketDiff } from '../backtest/index.ts';
import { DIFFERENCES } from '../backtest/index.ts';
import { DIFFERENCE_WORDS, valueWords } from '../backtest/words.ts';
import { ticketName } from '../domain/ticket.ts';
import { html, type Html } from './markup.ts';

/** Tickets to a page. */
const PAGE = 50;

interface Shown {
  only: Difference | null;
  page: number;
  prefix: string;
  timeZone: string;
}

/** The tickets that come out otherwise, by what differs, a page at a time. */
export function backtestTickets(shown: Shown, { diffs, summary }: BacktestResult): Html | null {
  if (diffs.length === 0) return null;
  const { only } = shown;
  const meant = diffs.filter(({ changes }) => only === null || changes.some(({ what }) => what === only));
  const page = Math.min(shown.page, Math.max(1, Math.ceil(meant.length / PAGE)));
  const here = meant.slice((page - 1) * PAGE, page * PAGE);
  return html`<section class="card" id="tickets" aria-labelledby="backtest-tickets-title">
    <h2 class="td-card-title" id="backtest-tickets-title">Tickets</h2>
    <nav class="td-backtest-filter" aria-label="Filter by what differs">
      ${filterLink({ only: null, isHere: only === null, words: 'All', tickets: summary.changed })}
      ${DIFFERENCES.filter((what) => summary.byDifference[what] > 0).map((what) =>
        filterLink({
          only: what,
          isHere: what === only,
          words: DIFFERENCE_WORDS[what],
          tickets: summary.byDifference[what],
        }),
      )}
    </nav>
    <ul class="td-backtest-tickets">
      ${here.map((diff) => ticketItem(shown, diff))}
    </ul>
    ${pages({ only, page, last: Math.ceil(meant.length / PAGE) })}
    ${summary.changed > diffs.length ? html`<p class="form-hint">The first ${diffs.length.toLocaleString('en-GB')} are kept to be looked at; all are counted.</p>` : null}
  </section>`;
}

function filterLink({
  only,
  isHere,
  words,
  tickets,
}: {
  only: Difference | null;
  isHere: boolean;
  words: string;
  tickets: number;
}): Html {
  const address = only === null ? '/backtest#tickets' : `/backtest?only=${only}#tickets`;
  return html`<a class="btn btn-sm" href="${address}" ${isHere ? html` aria-current="true"` : null}
    >${words} <small>${tickets.toLocaleString('en-GB')}</small></a
  >`;
}

function ticketItem(shown: Shown, { number, subject, changes, finally: last }: TicketDiff): Html {
  const { status, category, priority, owner } = last;
  const told = [status.replaceAll('_', ' '), priority, category].filter((word) => word !== null).join(', ');
  return html`<li>
    <p>
      <a class="td-number" href="/tickets/${number}">${ticketName(shown.prefix, number)}</a>
      <bdi>${subject}</bdi>
      <small class="text-secondary">in fact: ${told}, with <bdi>${owner}</bdi></small>
    </p>
    <dl>${changes.map((changed) => changeRow(shown, changed))}</dl>
  </li>`;
}

function changeRow({ timeZone }: Shown, { what, before, after, sentences }: Changed): Html {
  return html`<div>
    <dt>${DIFFERENCE_WORDS[what]}</dt>
    <dd>
      <del>${valueWords(before, what, timeZone)}</del> <span aria-hidden="true">→</span>
      <ins>${valueWords(after, what, timeZone)}</ins>
      ${sentences.before === null ? null : html`<small><b>Before:</b> ${sentences.before}</small>`}
      ${sentences.after === null ? null : html`<small><b>After:</b> ${sentences.after}</small>`}
    </dd>
  </div>`;
}

function pages({ only, page, last }: { only: Difference | null; page: number; last: number }): Html | null {
  if (last <= 1) return null;
  const addressOf = (number: number) =>
    `/backtest?${new URLSearchParams({ ...(only !== null && { only }), page: String(number) }).toString()}#tickets`;
  return html`<nav class="td-backtest-filter" aria-label="Pages">
    ${page > 1 ? html`<a class="btn btn-sm" href="${addressOf(page - 1)}">Before</a>` : null}
    <span>Page ${page} of ${last}</span>
    ${page < last ? html`<a class="btn btn-sm" href="${addressOf(page + 1)}">Next</a>` : null}
  </nav>`;
}
