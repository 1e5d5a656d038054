import { END_OF_TIME, type Zone, zoneOf } from './zone.ts';

/** Open hours of one weekday: minutes after local midnight, end excluded, 1440 for the end of the day. */
export interface Window {
  open: number;
  close: number;
}

/** When work is done: open windows by weekday in one time zone, less the holidays. */
export interface Calendar {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Seven lists, Monday first; windows sorted and apart. */
  week: readonly (readonly Window[])[];
  /** Local dates on which nothing is open, as `2026-12-25`. */
  holidays: ReadonlySet<string>;
}

/** Milliseconds in a minute. */
export const MINUTE = 60_000;

const DAY = 1440 * MINUTE;

/** 1970-01-01, day 0 of the count, was a Thursday: the fourth day of a week that begins on Monday. */
const WEEKDAY_OF_DAY_0 = 3;

/** A calendar worked out for counting. All lengths are milliseconds of local time. */
interface Pattern {
  zone: Zone;
  perWeek: number;
  /** Monday first. */
  weekdays: readonly Weekday[];
  /** Days since 1970 on which a holiday closes what would be open, ascending. */
  closedDays: readonly number[];
  /** Open time lost to the holidays before each of `closedDays`, and at the end to all of them. */
  lostBefore: readonly number[];
}

interface Weekday {
  spans: readonly { open: number; close: number; before: number }[];
  total: number;
  beforeInWeek: number;
}

/**
 * A moment is open when the local clock on the wall shows a time within a window of its date. So a window
 * in the hour that is skipped in spring holds nothing, and one in the hour that comes twice in autumn
 * counts both. Null stands for a calendar that is always open.
 */
export function isOpenAt(calendar: Calendar | null, at: Temporal.Instant): boolean {
  return calendar === null || isOpen(patternOf(calendar), at.epochMilliseconds);
}

/** Whether every hour of every day of the week is open, whatever the holidays. */
export function isRoundTheClock(calendar: Calendar): boolean {
  return patternOf(calendar).perWeek === 7 * DAY;
}

/** Open time between two instants, in milliseconds; 0 when `to` is not after `from`. Null counts every minute. */
export function openTimeBetween(calendar: Calendar | null, from: Temporal.Instant, to: Temporal.Instant): number {
  return openBetween(calendar, from.epochMilliseconds, to.epochMilliseconds);
}

/**
 * The first instant at which so many milliseconds of open time have passed since `from`: closing time
 * itself when that is when they are used up, and `from` when there is nothing to count. Null when the
 * calendar never opens long enough before the end of time.
 */
export function addOpenTime(
  calendar: Calendar | null,
  from: Temporal.Instant,
  milliseconds: number,
): Temporal.Instant | null {
  return instantOf(reach(calendar, from.epochMilliseconds, milliseconds));
}

/** The first open instant at or after `at`; null when the calendar never opens again. */
export function nextOpening(calendar: Calendar | null, at: Temporal.Instant): Temporal.Instant | null {
  return isOpenAt(calendar, at) ? at : instantOf(opening(calendar, at.epochMilliseconds));
}

/** The next instant after `at` at which open turns to closed or closed to open; null when that never happens. */
export function nextChange(calendar: Calendar | null, at: Temporal.Instant): Temporal.Instant | null {
  if (calendar === null) return null;
  const pattern = patternOf(calendar);
  const from = at.epochMilliseconds;
  return instantOf(isOpen(pattern, from) ? closing(pattern, from) : opening(calendar, from));
}

/** `openTimeBetween` for instants in milliseconds. */
export function openBetween(calendar: Calendar | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (calendar === null) return to - from;
  const pattern = patternOf(calendar);
  let open = 0;
  for (let at = from; at < to;) {
    const { until, offset } = pattern.zone.stretchAt(at);
    const end = Math.min(until, to);
    open += openUntil(pattern, end + offset) - openUntil(pattern, at + offset);
    at = end;
  }
  return open;
}

/** `addOpenTime` for instants in milliseconds. */
export function reach(calendar: Calendar | null, from: number, milliseconds: number): number | null {
  if (milliseconds <= 0) return from;
  if (calendar === null) return from + milliseconds <= END_OF_TIME ? from + milliseconds : null;
  const pattern = patternOf(calendar);
  if (pattern.perWeek === 0) return null;
  let missing = milliseconds;
  for (let at = from; at < END_OF_TIME;) {
    const { until, offset } = pattern.zone.stretchAt(at);
    const end = Math.min(until, END_OF_TIME);
    const before = openUntil(pattern, at + offset);
    const open = openUntil(pattern, end + offset) - before;
    if (missing <= open) return localReach(pattern, at + offset, before + missing) - offset;
    missing -= open;
    at = end;
  }
  return null;
}

/** An instant from milliseconds; null for null. */
export function instantOf(at: number | null): Temporal.Instant | null {
  return at === null ? null : Temporal.Instant.fromEpochMilliseconds(at);
}

/** The first open instant after a closed one: just before the first millisecond of open time has passed. */
function opening(calendar: Calendar | null, at: number): number | null {
  const first = reach(calendar, at, 1);
  return first === null ? null : first - 1;
}

/** The end of the open time that an open instant lies in, across windows, days and clock changes that touch. */
function closing(pattern: Pattern, from: number): number | null {
  const neverCloses = pattern.perWeek === 7 * DAY;
  const lastHoliday = pattern.closedDays.at(-1) ?? -Infinity;
  let at = from;
  while (isOpen(pattern, at)) {
    const { until, offset } = pattern.zone.stretchAt(at);
    const day = Math.floor((at + offset) / DAY);
    if (neverCloses && day > lastHoliday) return null;
    const time = at + offset - day * DAY;
    const span = weekdayOf(pattern, day).spans.find(({ open, close }) => open <= time && time < close);
    at = Math.min(until, day * DAY + (span?.close ?? time) - offset);
  }
  return at;
}

function isOpen(pattern: Pattern, at: number): boolean {
  const local = at + pattern.zone.stretchAt(at).offset;
  const day = Math.floor(local / DAY);
  if (pattern.closedDays[countBelow(pattern.closedDays, day)] === day) return false;
  const time = local - day * DAY;
  return weekdayOf(pattern, day).spans.some(({ open, close }) => open <= time && time < close);
}

/** Open local time from an arbitrary zero to a local time, as if the clocks never changed. */
function openUntil(pattern: Pattern, local: number): number {
  const day = Math.floor(local / DAY);
  const week = Math.floor((day + WEEKDAY_OF_DAY_0) / 7);
  const weekday = weekdayOf(pattern, day);
  const holidays = countBelow(pattern.closedDays, day);
  const whole = week * pattern.perWeek + weekday.beforeInWeek - (pattern.lostBefore[holidays] ?? 0);
  return pattern.closedDays[holidays] === day ? whole : whole + openSince(weekday, local - day * DAY);
}

/** Open time of a weekday until a time of the day. */
function openSince({ spans }: Weekday, time: number): number {
  let open = 0;
  for (const span of spans) {
    if (time <= span.open) break;
    open = span.before + Math.min(time, span.close) - span.open;
  }
  return open;
}

/** The first local time at or after `from` at which `openUntil` has come to `goal`, which lies ahead. */
function localReach(pattern: Pattern, from: number, goal: number): number {
  const isEnough = (day: number) => openUntil(pattern, (day + 1) * DAY) >= goal;
  let low = Math.floor(from / DAY);
  let step = 1;
  while (!isEnough(low + step - 1)) {
    low += step;
    step *= 2;
  }
  let high = low + step - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  const missing = goal - openUntil(pattern, low * DAY);
  const span = weekdayOf(pattern, low).spans.find(({ open, close, before }) => before + close - open >= missing);
  return low * DAY + (span === undefined ? DAY : span.open + missing - span.before);
}

/** How many of the ascending numbers are below a bound. */
function countBelow(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const CLOSED_DAY: Weekday = { spans: [], total: 0, beforeInWeek: 0 };

function weekdayOf({ weekdays }: Pick<Pattern, 'weekdays'>, day: number): Weekday {
  const index = (day + WEEKDAY_OF_DAY_0) % 7;
  return weekdays[index < 0 ? index + 7 : index] ?? CLOSED_DAY;
}

/** Patterns of the calendars in use; a calendar that is edited is a new one, and the old goes with its config. */
const patterns = new WeakMap<Calendar, Pattern>();

function patternOf(calendar: Calendar): Pattern {
  const known = patterns.get(calendar);
  if (known !== undefined) return known;
  const pattern = workOut(calendar);
  patterns.set(calendar, pattern);
  return pattern;
}

function workOut(calendar: Calendar): Pattern {
  let perWeek = 0;
  const weekdays = Array.from({ length: 7 }, (_, index) => {
    const weekday = { ...workOutDay(calendar.week[index] ?? []), beforeInWeek: perWeek };
    perWeek += weekday.total;
    return weekday;
  });
  const closedDays = [...calendar.holidays]
    .map(dayNumber)
    .filter((day) => weekdayOf({ weekdays }, day).total > 0)
    .toSorted((one, other) => one - other);
  const lostBefore = [0];
  for (const day of closedDays) lostBefore.push((lostBefore.at(-1) ?? 0) + weekdayOf({ weekdays }, day).total);
  return { zone: zoneOf(calendar.timeZone), perWeek, weekdays, closedDays, lostBefore };
}

function workOutDay(windows: readonly Window[]): Pick<Weekday, 'spans' | 'total'> {
  let total = 0;
  const spans = windows.map(({ open, close }) => {
    const span = { open: open * MINUTE, close: close * MINUTE, before: total };
    total += span.close - span.open;
    return span;
  });
  return { spans, total };
}

/** Days since 1970-01-01 of a date, as `2026-12-25`. */
export function dayNumber(date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds / DAY;
}
