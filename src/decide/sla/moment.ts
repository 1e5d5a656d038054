import { instantOf } from './calendar.ts';
import { zoneOf } from './zone.ts';

/** The later of two instants; null is earlier than all. */
export function later(one: Temporal.Instant, other: Temporal.Instant | null): Temporal.Instant;
export function later(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null;
export function later(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return isBefore(one, other) ? other : one;
}

/** The earlier of two instants. */
export function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(other, one) ? other : one;
}

/** To the millisecond, as clocks count. */
export function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return one.epochMilliseconds < other.epochMilliseconds;
}

/** For sorting: exact, and a tenth of what `Temporal.Instant.compare` costs. */
export function compareInstants(one: Temporal.Instant, other: Temporal.Instant): number {
  return one.epochMilliseconds - other.epochMilliseconds || Number(one.epochNanoseconds - other.epochNanoseconds);
}

/** Whether two moments are the same, or both missing. */
export function isSame(one: Temporal.Instant | null, other: Temporal.Instant | null): boolean {
  return one === other || (one !== null && other !== null && one.equals(other));
}

/** An instant from milliseconds: the known one where it says the same, because making one costs. */
export function instantAt(at: number | null, known: Temporal.Instant | null): Temporal.Instant | null {
  return at !== null && known?.epochMilliseconds === at ? known : instantOf(at);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** As people read it: `Fri 17 Apr 09:45 (Europe/Amsterdam)`. Reasons say many times, so it is worked out by hand. */
export function localTime(at: number, timeZone: string): string {
  const local = at + zoneOf(timeZone).stretchAt(at).offset;
  const days = Math.floor(local / DAY);
  const minute = Math.floor((local - days * DAY) / MINUTE);
  return `${localDay(days)} ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)} (${timeZone})`;
}

/** As people read it: `Fri 17 Apr`, of days since 1970-01-01, which was a Thursday. */
export function localDay(days: number): string {
  const { month, day } = monthAndDay(days);
  return `${WEEKDAYS[(((days + 3) % 7) + 7) % 7]} ${day} ${MONTHS[month - 1]}`;
}

/**
 * The Gregorian date by whole numbers: 400 years have 146,097 days, and with years that begin in March the
 * leap day comes last and months have 153 days in fives.
 */
function monthAndDay(days: number): { month: number; day: number } {
  const shifted = days + 719_468;
  const ofEra = shifted - Math.floor(shifted / 146_097) * 146_097;
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const year = Math.floor((ofEra - leaps) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  return { month: ((fromMarch + 2) % 12) + 1, day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1 };
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
