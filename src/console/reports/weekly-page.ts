import type { Queries } from '../../db/connection.ts';
import { ticketName } from '../../domain/ticket.ts';
import { categoryWords, pointWords } from '../../reports/weekly/points.ts';
import { readWeekly, type WeeklyReview } from '../../reports/weekly/review.ts';
import { dayWords, lastWeek, type Week, weekAsked, weeksLater, weekWords } from '../../reports/weekly/week.ts';
import { lengthWords } from '../../reports/words.ts';
import { barInRow } from '../charts/bars.ts';
import { figuresTable } from '../charts/chart.ts';
import { html, type Html } from '../markup.ts';
import type { Visit } from '../visit.ts';
import { countWords } from '../words.ts';
import { type Asked, behind, behindStep } from './asked.ts';
import { figureTiles } from './figure-tiles.ts';
import { leadingCard } from './leading-card.ts';

/** A longer page is read by nobody; the list behind the figure has them all, page by page. */
const MOST_TICKETS = 500;

/** The week that an address asks for; what names none is as if it were left out. */
export function weekOf({ query, now, config }: Visit): Week {
  const { timeZone } = config.policy.desk;
  return weekAsked(query('week'), now, timeZone) ?? lastWeek(now, timeZone);
}

/** The week before, the week that is shown, and the one after. */
export function weekChooser(week: Week): Html {
  const address = (other: Week) => `/reports/weekly?week=${other.name}`;
  return html`<nav class="td-span" aria-label="Weeks">
    <a class="btn" href="${address(weeksLater(week, -1))}" rel="prev">Week before</a>
    <strong>${weekWords(week)}</strong>
    <a class="btn" href="${address(weeksLater(week, 1))}" rel="next">Week after</a>
    <span class="text-secondary">${week.span.timeZone}</span>
  </nav>`;
}

/** The key figures of a week against the week before, and every ticket that is open over 24 hours. */
export async function weeklyMain(queries: Queries, asked: Asked, { week, visit }: { week: Week; visit: Visit }) {
  const { reports, policy } = visit.config;
  const given = { week, primary: reports.primary, now: visit.now, mostTickets: MOST_TICKETS };
  const review = await readWeekly(queries, given);
  const { prefix } = policy.desk;
  return html`${leadingCard(review.primary, asked, 'Changes are against the week before.')}
  ${pointsCard(review, prefix)} ${figureTiles(review.figures, asked)} ${overdueCard(review, asked, prefix)}
  ${daysCard(review, asked)} ${categoriesCard(review, asked)}`;
}

function pointsCard({ points, at }: WeeklyReview, prefix: string): Html {
  return html`<section class="card" aria-labelledby="points-title">
    <h2 class="td-card-title" id="points-title">What to look at</h2>
    ${
      points.length === 0
        ? html`<p class="text-secondary">Nothing became worse, and nothing waits.</p>`
        : html`<ul>
            ${points.map((point) => html`<li dir="auto">${pointWords(point, { prefix, at })}</li>`)}
          </ul>`
    }
  </section>`;
}

function overdueCard({ overdue, overdueCount, at }: WeeklyReview, asked: Asked, prefix: string): Html {
  const left = overdueCount - overdue.length;
  return html`<section class="card td-groups" aria-labelledby="overdue-title">
    <h2 class="td-card-title" id="overdue-title">Open over 24 hours: ${countWords(overdueCount, 'ticket')}</h2>
    ${
      overdue.length === 0
        ? html`<p class="text-secondary">None.</p>`
        : figuresTable(
            {
              columns: ['Ticket', 'Subject', 'Owner', 'Open for', 'Why'],
              rows: overdue.map(({ number, subject, owner, openedAt, why }) => ({
                name: html`<a class="td-number" href="/tickets/${number}">${ticketName(prefix, number)}</a>`,
                cells: [
                  html`<bdi class="td-subject" dir="auto">${subject}</bdi>`,
                  html`<bdi class="td-whole">${owner}</bdi>`,
                  html`<span class="td-whole">${lengthWords(openedAt.until(at).total('minutes'))}</span>`,
                  html`<span class="td-why" dir="auto">${why}</span>`,
                ],
              })),
            },
            { labelledBy: 'overdue-title' },
          )
    }
    <p class="form-hint">
      ${left > 0 ? html`<a href="${behind('open_over_24_hours', asked)}">${left} more</a>, all of them younger. ` : null}As
      it stands now, whichever week is shown.
    </p>
  </section>`;
}

function daysCard({ days }: WeeklyReview, asked: Asked): Html {
  const most = Math.max(1, ...days.map(({ opened }) => opened));
  return html`<section class="card td-groups" aria-labelledby="days-title">
    <h2 class="td-card-title" id="days-title">By day</h2>
    ${figuresTable(
      {
        columns: ['Day', 'New tickets', 'Resolved tickets'],
        rows: days.map(({ day, opened, resolved }) => ({
          name: html`${dayWords(day)} ${barInRow(opened / most)}`,
          cells: [
            html`<a href="${behindStep('opened', asked, { step: 'day', first: day })}">${opened}</a>`,
            html`<a href="${behindStep('resolved', asked, { step: 'day', first: day })}">${resolved}</a>`,
          ],
        })),
      },
      { labelledBy: 'days-title' },
    )}
  </section>`;
}

function categoriesCard({ categories }: WeeklyReview, asked: Asked): Html {
  const most = Math.max(1, ...categories.map(({ opened }) => opened));
  return html`<section class="card td-groups" aria-labelledby="categories-title">
    <h2 class="td-card-title" id="categories-title">Top categories</h2>
    ${
      categories.length === 0
        ? html`<p class="text-secondary">No new tickets.</p>`
        : figuresTable(
            {
              columns: ['Category', 'New tickets', 'The week before'],
              rows: categories.map(({ category, opened, before }) => ({
                name: html`<bdi>${categoryWords(category)}</bdi> ${barInRow(opened / most)}`,
                cells: [html`<a href="${behind('opened', asked, { category })}">${opened}</a>`, before],
              })),
            },
            { labelledBy: 'categories-title' },
          )
    }
  </section>`;
}
