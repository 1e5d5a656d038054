import type { Clock } from '../../domain/clock.ts';
import { type Calendar, dayNumber, MINUTE, openBetween } from './calendar.ts';
import { readClock } from './clock.ts';
import { type Count, countEvents, type Piece } from './count.ts';
import { later, localDay } from './moment.ts';

/** One local day of a clock's life. */
export interface WalkedDay {
  /** As `2026-05-22`. */
  date: string;
  /** Counted on that day. */
  minutes: number;
  /**
   * Why nothing more was counted: closed or a holiday all day, paused or stopped for some of its open time.
   * `carried` stands for all that was counted up to that day and can't be shown day by day: under another
   * calendar, or before the calendar was edited. Null when there is nothing to explain.
   */
  note: 'closed' | 'holiday' | 'paused' | 'stopped' | 'carried' | null;
}

/**
 * Shows day by day how a clock comes to its due time, or came to its stop: why "48 hours" may be six days.
 * Up to the last event while it stands still. `timeZone` is that of the days when there is no calendar.
 */
export function explainWalk(clock: Clock, calendar: Calendar | null, timeZone = 'UTC'): readonly WalkedDay[] {
  const end = endOfWalk(clock, calendar);
  if (end === null) return [];
  const count = countedUntil(clock, calendar, end);
  const [first] = count.pieces;
  const zone = calendar?.timeZone ?? timeZone;
  const days: WalkedDay[] = [];
  if (count.carried > 0) {
    const until = first?.from ?? end;
    days.push({ date: localDate(until, zone).toString(), minutes: count.carried / MINUTE, note: 'carried' });
  }
  if (first === undefined) return days;
  for (let date = localDate(first.from, zone); ; date = date.add({ days: 1 })) {
    const from = Math.max(date.toZonedDateTime(zone).epochMilliseconds, first.from);
    const until = Math.min(date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds, end);
    if (from < until) days.push(walkedDay(date, { pieces: count.pieces, calendar, from, until }));
    if (until >= end) return days;
  }
}

/** The walk in one line: `60 min Fri 22 May, closed Sat–Mon (holiday Mon 25 May), 180 min Tue 26 May`. */
export function walkText(days: readonly WalkedDay[]): string {
  return stretchesOf(days).map(stretchText).join(', ');
}

function endOfWalk(clock: Clock, calendar: Calendar | null): number | null {
  const last = clock.events.reduce<Temporal.Instant | null>((latest, { at }) => later(latest, at), null);
  if (last === null) return null;
  const { stoppedAt, dueAt, startedAt } = readClock(clock, calendar, last);
  return startedAt === null ? null : (stoppedAt ?? dueAt ?? last).epochMilliseconds;
}

/** The days of a result that was written down can be told as long as they add up to it. */
function countedUntil(clock: Clock, calendar: Calendar | null, end: number): Count {
  const recorded = countEvents(clock, calendar, end);
  const events = clock.events.map((event) => (event.type === 'stop' ? { type: event.type, at: event.at } : event));
  const retold = countEvents({ ...clock, events }, calendar, end);
  return retold.counted === recorded.counted ? retold : recorded;
}

interface Day {
  pieces: readonly Piece[];
  calendar: Calendar | null;
  from: number;
  until: number;
}

function walkedDay(date: Temporal.PlainDate, day: Day): WalkedDay {
  const open = openBetween(day.calendar, day.from, day.until);
  const counted = openIn(day, (piece) => piece.runs);
  const minutes = counted / MINUTE;
  const name = date.toString();
  if (open === 0)
    return { date: name, minutes, note: day.calendar?.holidays.has(name) === true ? 'holiday' : 'closed' };
  if (counted === open) return { date: name, minutes, note: null };
  return { date: name, minutes, note: openIn(day, (piece) => !piece.runs) > 0 ? 'paused' : 'stopped' };
}

/** Open time of a day within the pieces that are asked for. */
function openIn({ pieces, calendar, from, until }: Day, isAskedFor: (piece: Piece) => boolean): number {
  return pieces
    .filter(isAskedFor)
    .reduce((sum, piece) => sum + openBetween(calendar, Math.max(piece.from, from), Math.min(piece.until, until)), 0);
}

function localDate(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** Days in a row on which nothing was counted for the same reason are told together. */
function stretchesOf(days: readonly WalkedDay[]): readonly (readonly WalkedDay[])[] {
  const stretches: WalkedDay[][] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    const isMore = before !== undefined && isIdle(before) && isIdle(day) && reasonFor(before) === reasonFor(day);
    if (isMore) last?.push(day);
    else stretches.push([day]);
  }
  return stretches;
}

function isIdle({ minutes }: WalkedDay): boolean {
  return minutes === 0;
}

function reasonFor({ note }: WalkedDay): WalkedDay['note'] {
  return note === 'holiday' ? 'closed' : note;
}

function stretchText(stretch: readonly WalkedDay[]): string {
  const [first] = stretch;
  const last = stretch.at(-1);
  if (first === undefined || last === undefined) return '';
  if (first.note === 'carried') return `${shown(first.minutes)} min until ${dayText(first)}`;
  if (!isIdle(first))
    return `${shown(first.minutes)} min ${dayText(first)}${first.note === null ? '' : ` (${first.note})`}`;
  const span = first === last ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
  const holidays = stretch.filter(({ note }) => note === 'holiday').map(dayText);
  return `${reasonFor(first) ?? 'nothing'} ${span}${holidays.length === 0 ? '' : ` (holiday ${holidays.join(', ')})`}`;
}

function dayText({ date }: WalkedDay): string {
  return localDay(dayNumber(date));
}

function shown(minutes: number): string {
  return String(Math.round(minutes * 10) / 10);
}
