import type { Window } from '../../decide/sla/calendar.ts';
import { listOf, WEEKDAYS } from './words.ts';

/** Opening hours as written: spans by days, or always. */
export type Hours = 'always' | Readonly<Record<string, string | readonly string[]>>;

/** Something wrong with opening hours, by its place within them. */
interface HoursFault {
  path: readonly string[];
  message: string;
}

const MINUTES_A_DAY = 24 * 60;
const SPAN = /^(\d\d?):(\d\d) ?[-–] ?(\d\d?):(\d\d)$/;

/** What is wrong with opening hours; nothing when they can be read. */
export function hoursFault(hours: Hours): readonly HoursFault[] {
  if (hours === 'always') return [];
  return Object.entries(hours).flatMap(([days, spans]) => [
    ...(daysOf(days) === null ? [{ path: [days], message: `"${days}" is not a day or a range of days` }] : []),
    ...spansOf(spans)
      .filter((span) => windowOf(span) === null)
      .map((span) => ({ path: [days], message: `"${span}" is not a span of hours` })),
  ]);
}

/**
 * The open windows of a week, Monday first, of hours that passed. A span that ends before it begins goes
 * on into the next day. Windows come sorted; where two overlap or touch, they are one.
 */
export function weekOf(hours: Hours): readonly (readonly Window[])[] {
  if (hours === 'always') return WEEKDAYS.map(() => [{ open: 0, close: MINUTES_A_DAY }]);
  const week: Window[][] = WEEKDAYS.map(() => []);
  for (const [days, spans] of Object.entries(hours)) {
    for (const day of daysOf(days) ?? []) {
      for (const window of spansOf(spans).flatMap((span) => windowOf(span) ?? [])) addWindow(week, day, window);
    }
  }
  return week.map(joined);
}

/** `Mon-Fri`, `Sat`, `Mon, Wed, Fri` as days of the week from 0; null when it is none of these. */
function daysOf(written: string): readonly number[] | null {
  const days: number[] = [];
  for (const part of written.split(',')) {
    const [first = '', last = first] = part.trim().split(/ ?[-–] ?/);
    const [from, to] = [dayOf(first), dayOf(last)];
    if (from < 0 || to < 0 || part.split(/[-–]/).length > 2) return null;
    for (let day = from; day !== to; day = (day + 1) % 7) days.push(day);
    days.push(to);
  }
  return days;
}

function dayOf(written: string): number {
  const lower = written.toLowerCase();
  return WEEKDAYS.findIndex((day) => lower === day.toLowerCase() || LONG_DAYS[day] === lower);
}

const LONG_DAYS = {
  Mon: 'monday',
  Tue: 'tuesday',
  Wed: 'wednesday',
  Thu: 'thursday',
  Fri: 'friday',
  Sat: 'saturday',
  Sun: 'sunday',
} as const;

function spansOf(written: string | readonly string[]): readonly string[] {
  return listOf(written)
    .flatMap((line) => line.split(','))
    .map((span) => span.trim());
}

/** A span in minutes after midnight; null when it is none. One of no length is none. */
function windowOf(span: string): Window | null {
  const match = SPAN.exec(span);
  if (match === null) return null;
  const [, openHour, openMinute, closeHour, closeMinute] = match.map(Number);
  const open = minuteOf(openHour, openMinute);
  const close = minuteOf(closeHour, closeMinute);
  return open === null || close === null || open === close || open === MINUTES_A_DAY ? null : { open, close };
}

function minuteOf(hour = 0, minute = 0): number | null {
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= MINUTES_A_DAY ? minutes : null;
}

function addWindow(week: readonly Window[][], day: number, { open, close }: Window): void {
  if (open < close) {
    week[day]?.push({ open, close });
    return;
  }
  week[day]?.push({ open, close: MINUTES_A_DAY });
  if (close > 0) week[(day + 1) % 7]?.push({ open: 0, close });
}

function joined(windows: readonly Window[]): readonly Window[] {
  const result: Window[] = [];
  for (const window of windows.toSorted((one, other) => one.open - other.open)) {
    const last = result.at(-1);
    if (last === undefined || last.close < window.open) result.push({ ...window });
    else last.close = Math.max(last.close, window.close);
  }
  return result;
}
