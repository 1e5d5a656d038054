import { instantOf } from './calendar.ts';

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

/** As people read it: `Fri 17 Apr 09:45 (Europe/Amsterdam)`. */
export function localTime(at: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return `${localDay(local)} ${twoDigits(local.hour)}:${twoDigits(local.minute)} (${timeZone})`;
}

/** As people read it: `Fri 17 Apr`. */
export function localDay({ dayOfWeek, day, month }: { dayOfWeek: number; day: number; month: number }): string {
  return `${WEEKDAYS[dayOfWeek - 1]} ${day} ${MONTHS[month - 1]}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
