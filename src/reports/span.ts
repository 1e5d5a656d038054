/** A stretch of whole days on the desk's calendar, from midnight to midnight of its time zone. */
export interface Span {
  timeZone: string;
  /** The first day. */
  from: Temporal.PlainDate;
  /** The day after the last. */
  until: Temporal.PlainDate;
}

/** Stretches that people ask for by name. A week begins on Monday. */
export const NAMED_SPANS = {
  this_week: 'This week',
  last_week: 'Last week',
  last_4_weeks: 'Last 4 weeks',
  last_90_days: 'Last 90 days',
  this_month: 'This month',
  last_month: 'Last month',
  last_12_months: 'Last 12 months',
} as const;
export type NamedSpan = keyof typeof NAMED_SPANS;

export function isSpanName(name: string): name is NamedSpan {
  return Object.hasOwn(NAMED_SPANS, name);
}

/** The longest that is shown; what lies further back is in the export. */
const LONGEST_DAYS = 3 * 366;

/** A stretch by its name, as it lies at a moment. */
export function spanNamed(name: NamedSpan, now: Temporal.Instant, timeZone: string): Span {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const tomorrow = today.add({ days: 1 });
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const first = today.with({ day: 1 });
  const [from, until] = {
    this_week: [monday, tomorrow],
    last_week: [monday.subtract({ weeks: 1 }), monday],
    last_4_weeks: [monday.subtract({ weeks: 4 }), monday],
    last_90_days: [tomorrow.subtract({ days: 90 }), tomorrow],
    this_month: [first, tomorrow],
    last_month: [first.subtract({ months: 1 }), first],
    last_12_months: [tomorrow.subtract({ months: 12 }), tomorrow],
  }[name] as [Temporal.PlainDate, Temporal.PlainDate];
  return { timeZone, from, until };
}

/** From one day to another, both included. Null where these are no days, lie the wrong way round or too far apart. */
export function spanBetween(first: string, last: string, timeZone: string): Span | null {
  try {
    const from = Temporal.PlainDate.from(first);
    const until = Temporal.PlainDate.from(last).add({ days: 1 });
    const days = from.until(until).days;
    return days >= 1 && days <= LONGEST_DAYS ? { timeZone, from, until } : null;
  } catch {
    return null;
  }
}

/** How long it is, in days. */
function daysOf({ from, until }: Span): number {
  return from.until(until).days;
}

/** As many days before it, to compare with. */
export function spanBefore(span: Span): Span {
  return { ...span, from: span.from.subtract({ days: daysOf(span) }), until: span.from };
}

/** Its first instant, and the first after it. */
export function edgesOf({ from, until, timeZone }: Span): { from: Temporal.Instant; until: Temporal.Instant } {
  return { from: midnight(from, timeZone), until: midnight(until, timeZone) };
}

/** What is not over yet is as long as it went, at least an hour, so that nothing is divided by next to nothing. */
export function daysSoFar(span: Span, now: Temporal.Instant): number {
  const { from, until } = edgesOf(span);
  const end = Temporal.Instant.compare(now, until) < 0 ? now : until;
  return Math.max(1 / 24, from.until(end).total({ unit: 'hours' }) / 24);
}

/** Steps in which a stretch is drawn: so many that a line has a shape, and so few that it can be read. */
export const STEPS = ['day', 'week', 'month'] as const;
export type Step = (typeof STEPS)[number];

export function isStep(name: string): name is Step {
  return STEPS.some((step) => step === name);
}

export function stepOf(span: Span): Step {
  const days = daysOf(span);
  if (days <= 31) return 'day';
  return days <= 190 ? 'week' : 'month';
}

/** The first day of every step that a stretch touches, as `2026-11-16`. */
export function stepsOf(span: Span, step: Step): readonly string[] {
  const steps: string[] = [];
  for (
    let at = stepStart(span.from, step);
    Temporal.PlainDate.compare(at, span.until) < 0;
    at = at.add(lengthOf(step))
  ) {
    steps.push(at.toString());
  }
  return steps;
}

/** The part of a stretch that lies in the step of that first day. */
export function stepWithin(span: Span, step: Step, first: string): Span {
  const from = Temporal.PlainDate.from(first);
  const until = from.add(lengthOf(step));
  return {
    ...span,
    from: Temporal.PlainDate.compare(from, span.from) < 0 ? span.from : from,
    until: Temporal.PlainDate.compare(until, span.until) > 0 ? span.until : until,
  };
}

function stepStart(day: Temporal.PlainDate, step: Step): Temporal.PlainDate {
  if (step === 'day') return day;
  return step === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

function lengthOf(step: Step): Temporal.DurationLike {
  return { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } }[step];
}

function midnight(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime(timeZone).toInstant();
}
