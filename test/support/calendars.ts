import type { Calendar, Window } from '../../src/decide/sla/calendar.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * A calendar from words: `aCalendar('Europe/Madrid', 'Mon-Fri 09:00-14:00 16:00-19:00, Sat 10:00-12:00')`,
 * or `24/7`. Throws on what it can't read, on windows that overlap, and on a time zone that does not exist.
 */
export function aCalendar(
  timeZone: string,
  hours = 'Mon-Fri 09:00-17:00',
  { name = 'office', holidays = [] }: { name?: string; holidays?: readonly string[] } = {},
): Calendar {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  for (const holiday of holidays) Temporal.PlainDate.from(holiday);
  return { name, timeZone, week: weekOf(hours), holidays: new Set(holidays) };
}

function weekOf(hours: string): Window[][] {
  const week: Window[][] = DAYS.map(() => []);
  const lines = hours === '24/7' ? ['Mon-Sun 00:00-24:00'] : hours.split(',').map((line) => line.trim());
  for (const line of lines.filter((text) => text !== '')) {
    const [days = '', ...windows] = line.split(/\s+/);
    for (const day of daysOf(days)) week[day]?.push(...windows.map(windowOf));
  }
  for (const windows of week) {
    windows.sort((one, other) => one.open - other.open);
    if (windows.some(({ open }, index) => index > 0 && open < (windows[index - 1]?.close ?? 0))) {
      throw new Error(`Windows overlap in "${hours}".`);
    }
  }
  return week;
}

function daysOf(written: string): number[] {
  const [first = '', last = first] = written.split('-');
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from < 0 || to < from) throw new Error(`"${written}" are no days; write Mon-Fri or Sat.`);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function windowOf(written: string): Window {
  const [open, close] = written.split('-').map(minuteOf);
  if (open === undefined || close === undefined || close <= open) {
    throw new Error(`"${written}" is no window; write 09:00-17:00.`);
  }
  return { open, close };
}

function minuteOf(written: string): number {
  const match = /^(\d\d):(\d\d)$/.exec(written);
  const minute = match === null ? NaN : Number(match[1]) * 60 + Number(match[2]);
  if (!(minute >= 0 && minute <= 1440)) throw new Error(`"${written}" is no time of day.`);
  return minute;
}
