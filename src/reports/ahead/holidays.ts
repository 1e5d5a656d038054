import type { Policy } from '../../decide/policy.ts';
import { WEEK } from './methods.ts';

/** What a holiday would have had is taken from the same weekday of so many weeks before it and after. */
const WEEKS_AROUND = 4;

/** Of the days, oldest first, those that are holidays of any calendar by which a queue works. */
export function holidaysAmong(
  days: readonly string[],
  { queues, calendars }: Pick<Policy, 'queues' | 'calendars'>,
): readonly boolean[] {
  const names = new Set(Object.values(queues).map(({ calendar }) => calendar));
  const working = [...names].flatMap((name) => (name === null ? [] : (calendars[name] ?? [])));
  return days.map((day) => {
    const { dayOfWeek } = Temporal.PlainDate.from(day);
    return working.some(({ holidays, week }) => holidays.has(day) && (week[dayOfWeek - 1] ?? []).length > 0);
  });
}

/** Tickets of days, oldest first, and which days are holidays: of those to come, too. */
export interface Days {
  counts: readonly number[];
  isHoliday: readonly boolean[];
}

/** The same days as if none had been a holiday, so that one spoils neither the level nor its weekday. */
export function withoutHolidays({ counts, isHoliday }: Days): readonly number[] {
  return counts.map((count, day) => (isHoliday[day] === true ? (usualOn(day, { counts, isHoliday }) ?? count) : count));
}

/** What the same weekday has in the weeks around; null where all of them are holidays. */
function usualOn(day: number, { counts, isHoliday }: Days): number | null {
  const around = Array.from({ length: 2 * WEEKS_AROUND + 1 }, (_, index) => day + (index - WEEKS_AROUND) * WEEK);
  const usual = around.filter((at) => at >= 0 && at < counts.length && isHoliday[at] !== true);
  return usual.length === 0 ? null : usual.reduce((sum, at) => sum + (counts[at] ?? 0), 0) / usual.length;
}

/**
 * Which share of its usual tickets a holiday has. While none is known it is taken to be as quiet as the quietest day of
 * the week; each holiday that was counts as much as that guess.
 */
export function holidayShare({ counts, isHoliday }: Days, usual: readonly number[]): number {
  const weekdays = Array.from({ length: WEEK }, (_, weekday) =>
    meanOf(usual.filter((_count, day) => day % WEEK === weekday)),
  );
  const [mean, quietest] = [meanOf(usual), Math.min(...weekdays)];
  const past = counts.flatMap((count, day) => (isHoliday[day] === true ? [{ count, usual: usual[day] ?? 0 }] : []));
  const came = past.reduce((sum, { count }) => sum + count, quietest);
  const would = past.reduce((sum, each) => sum + each.usual, mean);
  return would === 0 ? 1 : Math.min(1, came / would);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
