/** The hour in which few people work: after the full pass, before the base is compared. */
const NIGHT_HOUR = 3;

/** Hours after which another night has come. */
const A_NIGHT = 12;

/**
 * Whether something that is done by night is due again; on a machine that is off at night, at any hour once so many
 * have passed since.
 */
export function isDueByNight(
  last: Temporal.Instant,
  { now, timeZone, longestHours }: { now: Temporal.Instant; timeZone: string; longestHours: number },
): boolean {
  const hours = last.until(now).total('hours');
  const isNight = now.toZonedDateTimeISO(timeZone).hour === NIGHT_HOUR;
  return hours > longestHours || (isNight && hours > A_NIGHT);
}
