import { isInHours, NIGHT_HOURS, type Pulse, secondsLeft } from './pace.ts';

/** A change in a table is taken over within so many seconds where requests are free, and no sooner anywhere. */
const SOONEST_SECONDS = 120;

/** Whatever the budget, within so many seconds. */
const LATEST_SECONDS = 24 * 3600;

/** Of the requests that are left of a month, so much may go for looking at tables. Of that, a quarter goes for reading all. */
const SHARE = 0.2;
const WHOLE_SHARE = 0.25;

/** Nobody waits for a change while nobody works: then looks are so many times farther apart. */
const QUIET_TIMES = 6;

/** What the pace of tables depends on. */
export type TablePulse = Pick<Pulse, 'now' | 'calendars' | 'requestsPerMonth' | 'spent'>;

/** Seconds until so many tables, each with one request, are looked at again: between two minutes and a day. */
export function secondsToTables(pulse: TablePulse, tables: number): number {
  const isQuiet = !isInHours(pulse);
  const wished = isQuiet ? SOONEST_SECONDS * QUIET_TIMES : SOONEST_SECONDS;
  const left = requestsLeft(pulse);
  if (left === null) return wished;
  const { all, inHours } = secondsLeft(pulse);
  const looks = (left * (1 - WHOLE_SHARE)) / Math.max(1, tables);
  const paid = looks <= 0 ? LATEST_SECONDS : (inHours + (all - inHours) / QUIET_TIMES) / looks;
  return Math.min(LATEST_SECONDS, Math.max(wished, isQuiet ? paid * QUIET_TIMES : paid));
}

/** Whether to read all of the tables tonight, given the pages that takes and when it was last done. */
export function isWholeDue(pulse: TablePulse, last: { at: Temporal.Instant | null; pages: number }): boolean {
  const left = requestsLeft(pulse);
  if (left === null || last.at === null) return true;
  const nightsLeft = Math.max(1, secondsLeft(pulse).all / 3600 / NIGHT_HOURS);
  const aNight = (left * WHOLE_SHARE) / nightsLeft;
  if (aNight <= 0) return false;
  const nights = Math.ceil(Math.max(1, last.pages) / aNight);
  // Ticks are not to the second, so a night may be an hour short.
  return last.at.until(pulse.now).total('hours') >= nights * NIGHT_HOURS - 1;
}

/** Requests that may still go for tables this month; null where nobody counts. */
function requestsLeft({ requestsPerMonth, spent }: TablePulse): number | null {
  return requestsPerMonth === null ? null : Math.max(0, (requestsPerMonth - spent) * SHARE);
}
