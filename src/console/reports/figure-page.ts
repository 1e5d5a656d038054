import type { Queries } from '../../db/connection.ts';
import { ticketName } from '../../domain/ticket.ts';
import { type Dimension, DIMENSIONS } from '../../reports/figures/among.ts';
import type { Figure } from '../../reports/figures/figure.ts';
import { measureOne } from '../../reports/figures/measure.ts';
import { type Side, type TicketBehind, ticketsBehind } from '../../reports/figures/tickets-behind.ts';
import { spanBefore } from '../../reports/span.ts';
import { figureWords } from '../../reports/words.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import { countWords, momentWords, titled, valueWords, type DeskWords } from '../words.ts';
import { addressOf, type Asked } from './asked.ts';
import { figureGroups } from './figure-groups.ts';
import { figureLines } from './figure-lines.ts';
import { changeMark } from './figure-tiles.ts';

/** Tickets on a page of them. */
const PER_PAGE = 50;

export interface FigureAsked {
  figure: Figure;
  asked: Asked;
  /** By what it is told apart. */
  by: Dimension;
  side: Side;
  /** Counts from 1. */
  page: number;
  desk: DeskWords & { prefix: string };
}

/** One figure: how it is counted, what it is, how it went, and every ticket behind it. */
export async function figureMain(queries: Queries, given: FigureAsked): Promise<Html> {
  const { figure, asked, by, side, page } = given;
  const { span, among, now } = asked;
  const here = await measureOne(queries, { figure, span, among, now });
  const before =
    figure.moment === null ? null : await measureOne(queries, { figure, span: spanBefore(span), among, now });
  const offset = (page - 1) * PER_PAGE;
  const found = await ticketsBehind(queries, { figure, span, among, side, now, limit: PER_PAGE, offset });
  return html`<section class="card td-leading" aria-labelledby="figure-value">
      <h2 class="td-card-title" id="figure-value">In this period</h2>
      <p class="td-leading-value">
        <strong>${figureWords(figure, here.value)}</strong> ${changeMark(figure, here.value, before?.value ?? null)}
      </p>
      <p class="form-hint">Rests on ${countWords(here.tickets, 'ticket')}.</p>
      <h3>How it is counted</h3>
      <p>${figure.definition}</p>
    </section>
    ${figure.moment === null ? null : await figureLines(queries, { id: 'course', title: 'Over time', figures: [figure], asked })}
    ${await figureGroups(queries, { id: 'groups', title: `By ${DIMENSIONS[by].toLowerCase()}`, by, figures: [figure], asked })}
    ${groupLinks(given)} ${ticketsCard(given, found)}`;
}

function groupLinks({ figure, asked, by, side }: FigureAsked): Html {
  const others = (Object.keys(DIMENSIONS) as Dimension[]).filter((dimension) => dimension !== by);
  return html`<p class="td-among">
    Or by
    ${others.map(
      (dimension) =>
        html`<a class="badge" href="${addressOf(`/reports/figures/${figure.id}`, asked, { by: dimension, side })}"
          >${DIMENSIONS[dimension].toLowerCase()}</a
        > `,
    )}
  </p>`;
}

function ticketsCard(given: FigureAsked, found: { tickets: readonly TicketBehind[]; total: number }): Html {
  const { figure } = given;
  return html`<section class="card td-groups" id="tickets" aria-labelledby="tickets-title">
    <h2 class="td-card-title" id="tickets-title">${countWords(found.total, 'ticket')} behind it</h2>
    ${figure.part === null ? null : sideLinks(given)}
    ${
      found.tickets.length === 0
        ? html`<p class="text-secondary">No tickets.</p>`
        : figuresTable(
            {
              columns: ['Ticket', 'Subject', ...eachColumn(figure), 'Category', 'Owner', 'Status', 'When'],
              rows: found.tickets.map((ticket) => ticketRow(ticket, given)),
            },
            { labelledBy: 'tickets-title' },
          )
    }
    ${pageLinks(given, found.total)} ${found.total === 0 ? null : exportLine(given)}
  </section>`;
}

function eachColumn(figure: Figure): readonly string[] {
  if (figure.part !== null) return ['Counts'];
  return figure.each === null ? [] : [figure.title.replace(/, (median|nine of ten)$/, '')];
}

function ticketRow(ticket: TicketBehind, { figure, desk }: FigureAsked) {
  const { number, subject, each, isPart, category, assignee, queue, status, at, openedAt } = ticket;
  const when = momentWords(Temporal.Instant.from(at ?? openedAt), desk.timeZone);
  return {
    name: html`<a class="td-number" href="/tickets/${number}">${ticketName(desk.prefix, number)}</a>`,
    cells: [
      html`<bdi class="td-subject" dir="auto">${subject}</bdi>`,
      ...(figure.part === null ? [] : [isPart ? 'yes' : 'no']),
      ...(figure.each === null || figure.part !== null ? [] : [figureWords(figure, each)]),
      category === null ? '–' : titled(category),
      html`<bdi>${assignee ?? queue}</bdi>`,
      valueWords('status', status, desk),
      when,
    ],
  };
}

/** The same tickets for a spreadsheet. */
function exportLine({ figure, asked, side }: FigureAsked): Html {
  const address = addressOf('/reports/export/tickets.csv', asked, { figure: figure.id, side });
  return html`<p class="form-hint"><a href="${address}" download>These tickets as CSV</a></p>`;
}

const SIDES: readonly { side: Side; words: string }[] = [
  { side: 'all', words: 'All' },
  { side: 'in', words: 'Those that make up the share' },
  { side: 'out', words: 'The others' },
];

function sideLinks({ figure, asked, by, side }: FigureAsked): Html {
  const address = (other: Side) => `${addressOf(`/reports/figures/${figure.id}`, asked, { by, side: other })}#tickets`;
  return html`<p class="td-among">
    ${SIDES.map(
      (each) =>
        html`<a class="badge" href="${address(each.side)}" ${each.side === side ? html` aria-current="true"` : null}
          >${each.words}</a
        > `,
    )}
  </p>`;
}

function pageLinks({ figure, asked, by, side, page }: FigureAsked, total: number): Html | null {
  const pages = Math.ceil(total / PER_PAGE);
  if (pages <= 1) return null;
  const address = (other: number) =>
    `${addressOf(`/reports/figures/${figure.id}`, asked, { by, side, page: String(other) })}#tickets`;
  return html`<nav class="td-pages" aria-label="Pages of tickets">
    ${page > 1 ? html`<a href="${address(page - 1)}" rel="prev">Later</a>` : null}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a href="${address(page + 1)}" rel="next">Earlier</a>` : null}
  </nav>`;
}
