import type { Chance } from './chance.ts';

/** Requests of an ordinary day, Monday first: people write most when they come back from the weekend. */
const OF_WEEKDAY = [11, 11, 9, 9, 8, 3, 2] as const;

/** How likely a request comes in each hour of the local day, midnight first. */
const OF_HOUR = [2, 1, 1, 1, 1, 2, 4, 9, 24, 42, 46, 40, 26, 30, 39, 36, 31, 23, 15, 12, 12, 10, 6, 4] as const;

/** The desk has grown: at the begin of the story it had so much of what it has at its end. */
const AT_BEGIN = 0.55;

/** When requests come in over so many local days until the end: on workdays by day, and a few at night. */
export function arrivalsOf(
  chance: Chance,
  { days, end, timeZone }: { days: number; end: Temporal.Instant; timeZone: string },
): readonly Temporal.Instant[] {
  const lastDay = end.toZonedDateTimeISO(timeZone).toPlainDate();
  const arrivals: Temporal.Instant[] = [];
  for (let ago = days; ago >= 0; ago--) {
    const day = lastDay.subtract({ days: ago });
    const growth = AT_BEGIN + (1 - AT_BEGIN) * (1 - ago / Math.max(1, days));
    const usual = (OF_WEEKDAY[day.dayOfWeek - 1] ?? 0) * growth;
    const count = Math.max(1, Math.round(usual + chance.between(-2, 2)));
    for (let index = 0; index < count; index++) arrivals.push(momentOn(day, timeZone, chance));
  }
  return arrivals
    .filter((at) => Temporal.Instant.compare(at, end) < 0)
    .toSorted((one, other) => Temporal.Instant.compare(one, other));
}

function momentOn(day: Temporal.PlainDate, timeZone: string, chance: Chance): Temporal.Instant {
  const hour = chance.weighted(OF_HOUR.map((weight, index) => [weight, index] as const));
  const plainTime = new Temporal.PlainTime(hour, chance.between(0, 59), chance.between(0, 59));
  return day.toZonedDateTime({ timeZone, plainTime }).toInstant();
}
