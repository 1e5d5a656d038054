import type { Queries } from '../../db/connection.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { AGES, agesOf } from '../../reports/flow/ages.ts';
import { type BacklogDay, backlogOf } from '../../reports/flow/backlog.ts';
import { peakHoursOf } from '../../reports/flow/peak-hours.ts';
import { type Place, type TimeSpent, timeSpent } from '../../reports/flow/stays.ts';
import { lengthWords, wholeWords } from '../../reports/words.ts';
import { statusName, type StatusNames } from '../../domain/status-names.ts';
import { STATUSES } from '../../domain/ticket.ts';
import { barInRow, barsDrawing } from '../charts/bars.ts';
import { chartFigure, figuresTable } from '../charts/chart.ts';
import { heatMapDrawing } from '../charts/heat-map.ts';
import { linesDrawing } from '../charts/lines.ts';
import { html, type Html } from '../markup.ts';
import { countWords } from '../words.ts';
import { type Asked, behind, behindStep } from './asked.ts';
import { dayWords, figureLines } from './figure-lines.ts';

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** How work runs through the desk: when it comes, where it waits, and what is left over. */
export async function flowMain(queries: Queries, asked: Asked, statuses: StatusNames): Promise<Html> {
  const { span, among, now } = asked;
  const growth = { id: 'growth', title: 'New tickets a day', figures: figuresOf('opened_per_day'), asked };
  const spent = await timeSpent(queries, { span, now });
  return html`${backlogChart(await backlogOf(queries, span, now), asked)}
  ${agesChart(await agesOf(queries, now), asked)} ${peakHoursChart(await peakHoursOf(queries, { span, among }), asked)}
  ${await figureLines(queries, growth)} ${timeCard('status', spent.status, (status) => nameOf(status, statuses))}
  ${timeCard('queue', spent.queue, (queue) => queue)}
  ${timeCard('assignee', spent.assignee, (person) => person || 'Nobody')}`;
}

function nameOf(status: string, statuses: StatusNames): string {
  const known = STATUSES.find((each) => each === status);
  return known === undefined ? status : statusName(statuses, known);
}

function backlogChart(days: readonly BacklogDay[], asked: Asked): Html {
  const [first, last] = [days[0], days.at(-1)];
  const words = (day: string) => dayWords(day, 'day');
  return chartFigure({
    id: 'backlog',
    title: 'Open at the end of each day',
    says:
      first === undefined || last === undefined
        ? 'Nothing to show.'
        : `From ${wholeWords(first.open)} on ${words(first.day)} to ${wholeWords(last.open)} on ${words(last.day)}.`,
    drawing: linesDrawing(
      {
        names: days.map(({ day }) => words(day)),
        lines: [
          {
            title: 'Open',
            values: days.map(({ open }) => open),
            tips: days.map(({ day, open }) => `${words(day)}: ${countWords(open, 'ticket')} open`),
            addresses: days.map(() => null),
          },
        ],
      },
      { words: wholeWords },
    ),
    table: {
      columns: ['Day', 'Open at its end', 'Opened', 'Resolved or closed'],
      rows: days.map(({ day, open, opened, ended }) => ({
        name: words(day),
        cells: [
          wholeWords(open),
          html`<a href="${behindStep('opened', asked, { step: 'day', first: day })}">${wholeWords(opened)}</a>`,
          wholeWords(ended),
        ],
      })),
    },
    note: 'Of all tickets. One that was opened again counts as opened once more.',
  });
}

function agesChart(counts: readonly number[], asked: Asked): Html {
  const open = counts.reduce((sum, count) => sum + count, 0);
  const old = counts.slice(2).reduce((sum, count) => sum + count, 0);
  return chartFigure({
    id: 'ages',
    title: 'How old open tickets are',
    says: `${countWords(open, 'ticket is', 'tickets are')} open, ${wholeWords(old)} of them over a day old.`,
    drawing: barsDrawing(
      AGES.map(({ title }, index) => ({
        name: title,
        value: counts[index] ?? 0,
        tip: `${title}: ${countWords(counts[index] ?? 0, 'ticket')}`,
        address: null,
      })),
      { words: wholeWords },
    ),
    table: {
      columns: ['Age', 'Open tickets'],
      rows: AGES.map(({ title }, index) => ({ name: title, cells: [wholeWords(counts[index] ?? 0)] })),
    },
    note: html`Of all tickets, now. <a href="${behind('open_over_24_hours', asked)}">Those over 24 hours</a>`,
  });
}

function peakHoursChart(hours: readonly (readonly number[])[], { span }: Asked): Html {
  const columns = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const fields = hours.flatMap((day, weekday) => day.map((tickets, hour) => ({ tickets, weekday, hour })));
  const most = fields.reduce((one, other) => (other.tickets > one.tickets ? other : one), {
    tickets: 0,
    weekday: 0,
    hour: 0,
  });
  const field = ({ weekday, hour }: { weekday: number; hour: number }) =>
    `${WEEKDAYS[weekday] ?? ''} ${columns[hour] ?? ''}:00`;
  return chartFigure({
    id: 'peak-hours',
    title: 'When requests come in',
    says:
      most.tickets === 0
        ? 'No tickets in this period.'
        : `Most on ${field(most)}, with ${countWords(most.tickets, 'ticket')}.`,
    drawing: heatMapDrawing({
      rows: WEEKDAYS,
      columns,
      values: hours,
      tipOf: (weekday, hour) => `${field({ weekday, hour })}: ${countWords(hours[weekday]?.[hour] ?? 0, 'ticket')}`,
    }),
    table: {
      columns: ['Hour', ...WEEKDAYS],
      rows: columns.map((name, hour) => ({
        name: `${name}:00`,
        cells: hours.map((day) => wholeWords(day[hour] ?? 0)),
      })),
    },
    note: `New tickets of the period by the hour, ${span.timeZone}.`,
  });
}

const TIME_TITLES: Readonly<Record<Place, string>> = {
  status: 'Where time goes, by status',
  queue: 'Where time goes, by queue',
  assignee: 'Where time goes, by person',
};

/** Where most of the time goes is the bottleneck. */
function timeCard(by: Place, spent: readonly TimeSpent[], nameOfPlace: (place: string) => string): Html {
  const all = spent.reduce((sum, { minutes }) => sum + minutes, 0) || 1;
  return html`<section class="card td-groups" aria-labelledby="time-${by}">
    <h2 class="td-card-title" id="time-${by}">${TIME_TITLES[by]}</h2>
    ${
      spent.length === 0
        ? html`<p class="text-secondary">No open tickets in this period.</p>`
        : figuresTable(
            {
              columns: [
                { status: 'Status', queue: 'Queue', assignee: 'Person' }[by],
                'Share of the time',
                'Tickets',
                'Together',
                'Median of a ticket',
              ],
              rows: spent.map(({ place, tickets, minutes, medianMinutes }) => ({
                name: html`<bdi>${nameOfPlace(place)}</bdi> ${barInRow(minutes / all)}`,
                cells: [
                  `${Math.round((100 * minutes) / all)} %`,
                  wholeWords(tickets),
                  lengthWords(minutes),
                  lengthWords(medianMinutes),
                ],
              })),
            },
            { labelledBy: `time-${by}` },
          )
    }
    <p class="form-hint">Of all tickets while they were open, every hour counted, within the period.</p>
  </section>`;
}
