import type { Span } from '../span.ts';

/** A week from Monday to Sunday, as ISO 8601 counts them. */
export interface Week {
  /** As `2026-W47`. */
  name: string;
  span: Span;
}

const NAME = /^(\d{4})-?W(\d{2})$/i;

/** A week by its name; null where the year has no such week. */
export function weekNamed(written: string, timeZone: string): Week | null {
  const [, year = '', week = ''] = NAME.exec(written.trim()) ?? [];
  if (year === '') return null;
  // The fourth of January is in the first week of each year.
  const inFirst = new Temporal.PlainDate(Number(year), 1, 4);
  const found = weekOf(inFirst.add({ weeks: Number(week) - 1 }), timeZone);
  return found.name === `${year}-W${week}` ? found : null;
}

/** The week that is asked for, or where nobody named one the last that is over; null for a name of no week. */
export function weekAsked(name: string | null, now: Temporal.Instant, timeZone: string): Week | null {
  return name === null || name === '' ? lastWeek(now, timeZone) : weekNamed(name, timeZone);
}

/** The last week that was over at a moment. */
export function lastWeek(now: Temporal.Instant, timeZone: string): Week {
  return weekOf(now.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ weeks: 1 }), timeZone);
}

/** The week before or after. */
export function weeksLater({ span }: Week, weeks: 1 | -1): Week {
  return weekOf(span.from.add({ weeks }), span.timeZone);
}

/** `Week 47, 16 Nov to 22 Nov 2026`. */
export function weekWords({ name, span }: Week): string {
  const day = { day: 'numeric', month: 'short' } as const;
  const last = span.until.subtract({ days: 1 });
  const from = span.from.toLocaleString('en-GB', span.from.year === last.year ? day : { ...day, year: 'numeric' });
  return `Week ${Number(name.slice(-2))}, ${from} to ${last.toLocaleString('en-GB', { ...day, year: 'numeric' })}`;
}

/** A day of it: `Mon 16 Nov`. */
export function dayWords(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
}

function weekOf(day: Temporal.PlainDate, timeZone: string): Week {
  const from = day.subtract({ days: day.dayOfWeek - 1 });
  const { yearOfWeek = from.year, weekOfYear = 1 } = from;
  const name = `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
  return { name, span: { timeZone, from, until: from.add({ weeks: 1 }) } };
}
