import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import type { Policy } from '../../decide/policy.ts';
import { isOpenAt } from '../../decide/sla/calendar.ts';
import { minutesWords } from '../../domain/sentences/words.ts';
import type { Knowledge } from '../../knowledge/create.ts';
import { type AtRisk, customersAtRisk, type Signal } from '../../reports/ahead/churn.ts';
import { type Expected, FEWEST_WEEKS, type Forecast, forecast, HORIZON } from '../../reports/ahead/forecast.ts';
import { holidaysAmong } from '../../reports/ahead/holidays.ts';
import { hourShares, peopleNeeded, whenOpen } from '../../reports/ahead/staffing.ts';
import { figuresOf } from '../../reports/figures/catalogue.ts';
import { measure } from '../../reports/figures/measure.ts';
import { peakHoursOf } from '../../reports/flow/peak-hours.ts';
import { type Span, stepsOf } from '../../reports/span.ts';
import { unitWords, wholeWords } from '../../reports/words.ts';
import { chartFigure, figuresTable } from '../charts/chart.ts';
import { heatMapDrawing } from '../charts/heat-map.ts';
import { linesDrawing } from '../charts/lines.ts';
import { html, type Html } from '../markup.ts';
import { countWords } from '../words.ts';
import { type Asked, behind, behindStep } from './asked.ts';
import { dayWords } from './figure-lines.ts';
import { problemsCard } from './problems-card.ts';
import { WEEKDAYS } from './flow-page.ts';

/** What is foretold rests on so many weeks at most: older ones tell of another desk. */
const PAST_WEEKS = 26;

/** How tickets spread over the hours of a week is taken from so many: enough for each hour, and not long ago. */
const HOURS_WEEKS = 13;

/** Of these so many are drawn before the forecast. */
const DRAWN_DAYS = 28;

/** What of the config it follows. */
type AheadConfig = Pick<LoadedConfig, 'policy' | 'reports'>;

/** Whole days up to yesterday: today is not over. */
function pastOf({ span: { timeZone }, now }: Asked): Span {
  const until = now.toZonedDateTimeISO(timeZone).toPlainDate();
  return { timeZone, from: until.subtract({ weeks: PAST_WEEKS }), until };
}

/** What a look ahead rests on beside the tickets. */
interface AheadParts {
  config: AheadConfig;
  knowledge: Pick<Knowledge, 'problems'>;
}

/** What comes: tickets by the day, the people that they take, what recurs, and which customers may leave. */
export async function aheadMain(queries: Queries, asked: Asked, { config, knowledge }: AheadParts): Promise<Html> {
  const { among, now } = asked;
  const { desk, offers } = config.policy;
  const span = pastOf(asked);
  const counted = await measure(queries, { figures: figuresOf('opened'), span, among, by: 'day', now });
  const all = stepsOf(span, 'day');
  const first = all.findIndex((day) => counted.has(day));
  const days = first === -1 ? [] : all.slice(first);
  const counts = days.map((day) => counted.get(day)?.['opened']?.value ?? 0);
  const coming = Array.from({ length: HORIZON }, (_, index) => span.until.add({ days: index }).toString());
  const isHoliday = holidaysAmong([...days, ...coming], config.policy);
  const ahead = forecast(counts, isHoliday);
  const lately = { ...span, from: span.until.subtract({ weeks: HOURS_WEEKS }) };
  const holidays = coming.filter((_, index) => isHoliday[days.length + index] === true);
  const history = { days, counts, coming, holidays, asked: { ...asked, span } };
  return html`${ahead === null ? tooSoon(days.length) : forecastChart(ahead, history)}
  ${ahead === null ? null : staffingChart(ahead, await peakHoursOf(queries, { span: lately, among }), { span, config })}
  ${problemsCard(await knowledge.problems(offers.articles, now), desk.prefix)}
  ${churnCard(await customersAtRisk(queries, now), asked)}`;
}

function tooSoon(days: number): Html {
  return html`<section class="card" aria-labelledby="forecast-title">
    <h2 class="td-card-title" id="forecast-title">New tickets to come</h2>
    <p class="text-secondary">
      A forecast needs ${FEWEST_WEEKS} weeks of tickets to be tried on; so far there are ${countWords(days, 'day')}.
    </p>
  </section>`;
}

interface History {
  days: readonly string[];
  counts: readonly number[];
  /** The days that are foretold, and the holidays among them. */
  coming: readonly string[];
  holidays: readonly string[];
  asked: Asked;
}

function forecastChart(foretold: Forecast, { days, counts, coming, holidays, asked }: History): Html {
  const { days: ahead, method, trial } = foretold;
  const past = days.slice(-DRAWN_DAYS);
  const came = counts.slice(-DRAWN_DAYS);
  const gap = past.map(() => null);
  const later = coming.map(() => null);
  const rangeWords = ({ low, high }: Expected) => `${wholeWords(Math.floor(low))} to ${wholeWords(Math.ceil(high))}`;
  const sum = ahead.slice(0, 7).reduce((total, { expected }) => total + expected, 0);
  return chartFigure({
    id: 'forecast',
    title: 'New tickets to come',
    says: `About ${wholeWords(sum)} tickets in the next seven days.`,
    drawing: linesDrawing(
      {
        names: [...past, ...coming].map((day) => dayWords(day, 'day')),
        lines: [
          {
            title: 'Came',
            values: [...came, ...later],
            tips: past.map((day, index) => `${dayWords(day, 'day')}: ${countWords(came[index] ?? 0, 'ticket')}`),
            addresses: past.map((day) => behindStep('opened', asked, { step: 'day', first: day })),
          },
          {
            title: 'Expected',
            values: [...gap, ...ahead.map(({ expected }) => expected)],
            tips: [
              ...past.map(() => ''),
              ...ahead.map((day, index) => `${dayWords(coming[index] ?? '', 'day')}: ${rangeWords(day)}`),
            ],
            addresses: [],
          },
        ],
        band: { low: [...gap, ...ahead.map(({ low }) => low)], high: [...gap, ...ahead.map(({ high }) => high)] },
      },
      { words: wholeWords },
    ),
    table: {
      columns: ['Day', 'Expected', 'Four days in five'],
      rows: ahead.map((day, index) => ({
        name: `${dayWords(coming[index] ?? '', 'day')}${holidays.includes(coming[index] ?? '') ? ', holiday' : ''}`,
        cells: [unitWords('per_day', day.expected), rangeWords(day)],
      })),
    },
    note:
      `About ${wholeWords(sum)} in the next seven days. ${holidayWords(holidays, foretold)}Tried on the last ${countWords(trial.weeks, 'week')}, each ` +
      `foretold from what lay before it: wrong by ${unitWords('per_day', trial.error)} tickets a day, where “as a week ` +
      `before” was by ${unitWords('per_day', trial.naiveError)}; ${unitWords('share', trial.covered)} of the days lay ` +
      `in the range, which is made for 80 %. Method: ${method}.`,
  });
}

/** Why less is expected of some days than of their weekday. */
function holidayWords(holidays: readonly string[], { holidayShare }: Forecast): string {
  if (holidays.length === 0) return '';
  const named = holidays.map((day) => dayWords(day, 'day')).join(', ');
  const are = holidays.length === 1 ? 'is a holiday' : 'are holidays';
  return `${named} ${are} of your calendars, with ${unitWords('share', holidayShare)} of what the weekday has otherwise. `;
}

/** Whether anybody of any queue is at work in each hour of the seven days, Monday first, as the calendars have it. */
function openHours({ until, timeZone }: Span, { queues, calendars }: Policy): readonly boolean[] {
  const names = new Set(Object.values(queues).map(({ calendar }) => calendar));
  const open = Array.from({ length: 168 }, () => false);
  for (let day = 0; day < 7; day += 1) {
    const date = until.add({ days: day });
    for (let hour = 0; hour < 24; hour += 1) {
      const middle = date.toZonedDateTime({ timeZone, plainTime: { hour, minute: 30 } }).toInstant();
      open[(date.dayOfWeek - 1) * 24 + hour] = [...names].some((name) =>
        isOpenAt(name === null ? null : (calendars[name] ?? null), middle),
      );
    }
  }
  return open;
}

/** How many people each hour of the coming week takes. */
function staffingChart(
  { days: ahead }: Forecast,
  week: readonly (readonly number[])[],
  { span, config }: { span: Span; config: AheadConfig },
): Html {
  const { staffing } = config.reports;
  const shares = hourShares(week);
  const byWeekday = new Map(
    ahead.slice(0, 7).map((day, index) => [span.until.add({ days: index }).dayOfWeek - 1, day.expected]),
  );
  const coming = shares.flatMap((day, weekday) => day.map((share) => (byWeekday.get(weekday) ?? 0) * share));
  const met = whenOpen(coming, openHours(span, config.policy));
  const people = WEEKDAYS.map((_, weekday) =>
    met.slice(weekday * 24, weekday * 24 + 24).map((perHour) => peopleNeeded(perHour, staffing)),
  );
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const most = Math.max(...people.flat());
  const goal =
    `${minutesWords(staffing.handlingMinutes)} of work a ticket, begun within ${minutesWords(staffing.withinMinutes)} ` +
    `for ${unitWords('share', staffing.share)}`;
  return chartFigure({
    id: 'staffing',
    title: 'People that the next seven days take',
    says: `At most ${countWords(most, 'person', 'people')} at a time, for ${goal}.`,
    drawing: heatMapDrawing({
      rows: WEEKDAYS,
      columns: hours,
      values: people,
      tipOf: (day, hour) =>
        `${WEEKDAYS[day] ?? ''} ${hours[hour] ?? ''}:00: ${countWords(people[day]?.[hour] ?? 0, 'person', 'people')}`,
    }),
    table: {
      columns: ['Hour', ...WEEKDAYS],
      rows: hours.map((name, hour) => ({ name: `${name}:00`, cells: people.map((day) => wholeWords(day[hour] ?? 0)) })),
    },
    note: html`For ${goal}, as <code>staffing</code> of <code>reports.yaml</code> says; by Erlang’s formula for people
      who do one ticket at a time. Whatever comes while all queues are closed is there when one opens.`,
  });
}

/** Each sign, as it is said of a customer. */
const SIGNAL_WORDS: Readonly<Record<Signal, (count: number) => string>> = {
  unhappy: (count) => `${countWords(count, 'survey')} answered with 1 or 2`,
  silent: (count) => `${countWords(count, 'ticket')} in the 12 weeks before, none in the last four`,
  asks_more: () => 'asks far more than before',
  breaches: (count) => `${countWords(count, 'ticket')} with a breach`,
  again: (count) => `had to ask again ${count === 2 ? 'twice' : `${count} times`}`,
  escalated: (count) => countWords(count, 'escalation'),
  waiting: (count) => `${countWords(count, 'ticket')} open for over a week`,
};

function churnCard(customers: readonly AtRisk[], asked: Asked): Html {
  return html`<section class="card td-groups" aria-labelledby="churn-title">
    <h2 class="td-card-title" id="churn-title">Customers who may leave</h2>
    ${
      customers.length === 0
        ? html`<p class="text-secondary">Nobody gives reason to think so.</p>`
        : figuresTable(
            {
              columns: ['Customer', 'What it rests on', 'Last four weeks', 'Usual in four weeks'],
              rows: customers.map(({ customer, segment, lately, usual, signals }) => ({
                name: html`<a href="${behind('opened', { ...asked, spanName: 'last_90_days' }, { customer })}"
                    ><bdi>${customer}</bdi></a
                  >${segment === null ? null : html` <small class="text-secondary"><bdi>${segment}</bdi></small>`}`,
                cells: [
                  signals.map(({ signal, count }) => SIGNAL_WORDS[signal](count)).join('; '),
                  wholeWords(lately),
                  unitWords('per_day', usual),
                ],
              })),
            },
            { labelledBy: 'churn-title' },
          )
    }
    <p class="form-hint">
      Signs of the last four weeks, the heaviest first: a bad survey weighs most, one breach or one escalation alone is
      none. They say whom to call, not who leaves.
    </p>
  </section>`;
}
