import { sql } from 'drizzle-orm';
import type { FigureId } from '../../domain/figure.ts';
import { CARE } from './care.ts';
import type { Figure } from './figure.ts';
import { countOf, meanOf, minutesAt, minutesBetween, shareOf } from './kinds.ts';

/** A month as insurers count it: 365.25 days in twelve. */
const DAYS_OF_MONTH = 30.4375;

const FIRST_REPLY = minutesBetween('opened_at', 'first_responded_at');
const RESOLUTION = minutesBetween('opened_at', 'resolved_at');
const FIRST_REPLY_OPEN = sql`o.first_reply_open_minutes`;
const RESOLUTION_OPEN = sql`o.resolution_open_minutes`;

/** How much comes in, and how much is done. */
const VOLUME: readonly Figure[] = [
  countOf({
    id: 'opened',
    title: 'New tickets',
    definition: 'Tickets by the moment at which the requester asked. What was left out as no ticket is not among them.',
    moment: 'opened_at',
    better: null,
  }),
  {
    ...countOf({
      id: 'opened_per_day',
      title: 'New tickets a day',
      definition: 'New tickets, divided by the days of the period. A period that is not over counts as far as it went.',
      moment: 'opened_at',
      better: null,
    }),
    unit: 'per_day',
    perDays: 1,
  },
  countOf({
    id: 'resolved',
    title: 'Resolved tickets',
    definition:
      'Tickets by the moment at which they were resolved, or closed where nobody resolved them. One that was opened ' +
      'again since is not among them until it is resolved anew.',
    moment: 'resolved_at',
    better: 'more',
  }),
];

/** How long people wait. */
const SPEED: readonly Figure[] = [
  minutesAt(0.5, FIRST_REPLY, {
    id: 'first_reply_median',
    title: 'First answer, median',
    definition:
      'From the request to the first answer of a person, every minute counted; half of the tickets took no longer. ' +
      'Tickets by the moment of that answer. A confirmation of receipt is no answer.',
    moment: 'first_responded_at',
    better: 'less',
  }),
  minutesAt(0.9, FIRST_REPLY, {
    id: 'first_reply_p90',
    title: 'First answer, nine of ten',
    definition: 'From the request to the first answer of a person; nine of ten tickets took no longer.',
    moment: 'first_responded_at',
    better: 'less',
  }),
  minutesAt(0.5, FIRST_REPLY_OPEN, {
    id: 'first_reply_open_median',
    title: 'First answer in open hours, median',
    definition:
      "From the request to the first answer of a person, in open hours of the team's calendar as it was then; half of " +
      'the tickets took no longer.',
    moment: 'first_responded_at',
    better: 'less',
  }),
  minutesAt(0.9, FIRST_REPLY_OPEN, {
    id: 'first_reply_open_p90',
    title: 'First answer in open hours, nine of ten',
    definition:
      "From the request to the first answer, in open hours of the team's calendar; nine of ten took no longer.",
    moment: 'first_responded_at',
    better: 'less',
  }),
  minutesAt(0.5, RESOLUTION, {
    id: 'resolution_median',
    title: 'Solution, median',
    definition:
      'From the request to the solution, every minute counted, waits for the requester among them; half of the tickets ' +
      'took no longer. Tickets by the moment at which they were resolved.',
    moment: 'resolved_at',
    better: 'less',
  }),
  minutesAt(0.9, RESOLUTION, {
    id: 'resolution_p90',
    title: 'Solution, nine of ten',
    definition: 'From the request to the solution; nine of ten tickets took no longer.',
    moment: 'resolved_at',
    better: 'less',
  }),
  minutesAt(0.5, RESOLUTION_OPEN, {
    id: 'resolution_open_median',
    title: 'Solution in open hours, median',
    definition: "From the request to the solution, in open hours of the team's calendar; half took no longer.",
    moment: 'resolved_at',
    better: 'less',
  }),
  minutesAt(0.9, RESOLUTION_OPEN, {
    id: 'resolution_open_p90',
    title: 'Solution in open hours, nine of ten',
    definition: "From the request to the solution, in open hours of the team's calendar; nine of ten took no longer.",
    moment: 'resolved_at',
    better: 'less',
  }),
];

/** Whether promises were kept. */
const PROMISES: readonly Figure[] = [
  shareOf(sql`o.first_reply_kept`, {
    id: 'first_reply_kept',
    title: 'First answers in time',
    definition:
      'Of the tickets whose target for the first answer was settled in the period, the share that was answered in time. ' +
      'A target is settled when it is fulfilled, or at the instant at which it was used up without an answer, ' +
      'whichever comes first; so a breach counts when it happened, not when somebody noticed.',
    moment: 'first_reply_settled_at',
    better: 'more',
  }),
  shareOf(sql`o.resolution_kept`, {
    id: 'resolution_kept',
    title: 'Solutions in time',
    definition:
      'Of the tickets whose target for the solution was settled in the period, the share that was solved in time. The ' +
      'target is that of the total time to the solution where there is one, else that of the time in our hands.',
    moment: 'resolution_settled_at',
    better: 'more',
  }),
  countOf({
    id: 'breached',
    title: 'Tickets with a breach',
    definition: 'Tickets by the first instant at which any of their targets was used up. Each counts once.',
    moment: 'breached_at',
    better: 'less',
  }),
];

/** What customers say, and how often they must ask. */
const CUSTOMERS: readonly Figure[] = [
  meanOf(sql`o.score`, {
    id: 'satisfaction',
    title: 'Satisfaction',
    definition: 'The mean of the answers to surveys, 1 to 5, of tickets whose survey went out in the period.',
    moment: 'surveyed_at',
    of: sql`o.score is not null`,
    better: 'more',
  }),
  shareOf(sql`o.score >= 4`, {
    id: 'satisfied',
    title: 'Satisfied',
    definition: 'Of the answers to surveys that went out in the period, the share of 4 and 5.',
    moment: 'surveyed_at',
    of: sql`o.score is not null`,
    better: 'more',
  }),
  shareOf(sql`o.score is not null`, {
    id: 'survey_answered',
    title: 'Surveys answered',
    definition: 'Of the surveys that went out in the period, the share that was answered by now.',
    moment: 'surveyed_at',
    better: 'more',
  }),
  {
    ...countOf({
      id: 'customers',
      title: 'Customers who asked',
      definition: 'How many customers opened tickets: accounts where they are known by name, else addresses.',
      moment: 'opened_at',
      better: null,
    }),
    unit: 'customers',
    value: (counted) => sql`count(distinct o.customer) filter (where ${counted})`,
  },
  {
    ...countOf({
      id: 'tickets_per_customer',
      title: 'Tickets per customer and month',
      definition:
        'New tickets, divided by the customers who opened any, for a month of 30.4 days. Customers without a ticket ' +
        'are unknown here, so it says how often those ask who ask at all.',
      moment: 'opened_at',
      better: 'less',
    }),
    unit: 'per_month',
    value: (counted) =>
      sql`(count(*) filter (where ${counted}))::float8 / nullif(count(distinct o.customer) filter (where ${counted}), 0)`,
    perDays: DAYS_OF_MONTH,
  },
];

/** What stands now. */
const STANDING: readonly Figure[] = [
  countOf({
    id: 'open_now',
    title: 'Open now',
    definition: 'Tickets that are neither resolved nor closed at the moment of asking.',
    moment: null,
    of: sql`o.is_open`,
    better: 'less',
  }),
  countOf({
    id: 'open_over_24_hours',
    title: 'Open over 24 hours',
    definition: 'Open tickets whose requester asked more than 24 hours before the moment of asking.',
    moment: null,
    of: sql`o.is_open and o.opened_at < asked.now - interval '24 hours'`,
    better: 'less',
  }),
  countOf({
    id: 'unassigned_now',
    title: 'Open without a person',
    definition: 'Open tickets that only a queue owns at the moment of asking.',
    moment: null,
    of: sql`o.is_open and o.assignee is null`,
    better: 'less',
  }),
  countOf({
    id: 'breached_now',
    title: 'Open with a breach',
    definition: 'Open tickets of which any target was used up before the moment of asking.',
    moment: null,
    of: sql`o.is_open and o.breached_at is not null`,
    better: 'less',
  }),
  countOf({
    id: 'in_review_now',
    title: 'Waiting for review',
    definition: 'Open tickets that wait for a person to say what they are at the moment of asking.',
    moment: null,
    of: sql`o.is_open and o.needs_review`,
    better: 'less',
  }),
];

/** Every figure, in the order in which people think of them. */
export const FIGURES: readonly Figure[] = [...VOLUME, ...SPEED, ...PROMISES, ...CARE, ...CUSTOMERS, ...STANDING];

const BY_ID: ReadonlyMap<string, Figure> = new Map(FIGURES.map((figure) => [figure.id, figure]));

/** The figure of a name that somebody gives; null where there is none. */
export function figureNamed(id: string): Figure | null {
  return BY_ID.get(id) ?? null;
}

/** Figures that we name ourselves, in that order. */
export function figuresOf(...ids: readonly FigureId[]): readonly Figure[] {
  return ids.flatMap((id) => BY_ID.get(id) ?? []);
}
