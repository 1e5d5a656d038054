import type { WeeklySettings } from '../../config/reports.ts';

/** When the review is sent, on the wall calendar of the desk. */
type Times = Pick<WeeklySettings, 'weekday' | 'time'> & { timeZone: string };

/** A service that was down makes up for a review within so many hours; later it would be old news. */
const MADE_UP_HOURS = 24;

/** The latest time that has come, which may be now. */
export function latestTime(times: Times, now: Temporal.Instant): Temporal.Instant {
  const here = now.toZonedDateTimeISO(times.timeZone);
  const days = (here.dayOfWeek - times.weekday + 7) % 7;
  const found = timeOn(here.toPlainDate().subtract({ days }), times);
  return Temporal.Instant.compare(found, now) <= 0 ? found : timeOn(here.toPlainDate().subtract({ days: 7 }), times);
}

/** The first time after a moment. */
export function nextTime(times: Times, now: Temporal.Instant): Temporal.Instant {
  const day = latestTime(times, now).toZonedDateTimeISO(times.timeZone).toPlainDate();
  return timeOn(day.add({ days: 7 }), times);
}

/** Whether a time that has come can still be made up for. */
export function isInTime(time: Temporal.Instant, now: Temporal.Instant): boolean {
  return time.until(now).total('hours') <= MADE_UP_HOURS;
}

function timeOn(day: Temporal.PlainDate, { time, timeZone }: Times): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}
