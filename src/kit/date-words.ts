/**
 * Days and moments in English words. To make a formatter takes a hundred times as long as to use it, and pages have
 * hundreds of dates, so each is made once.
 */
const LOCALE = 'en-GB';

/** Makes what writes days, which have no time zone. */
export function dayWriter(options: Intl.DateTimeFormatOptions): (day: Temporal.PlainDate) => string {
  const format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
  return ({ year, month, day }) => format.format(Date.UTC(year, month - 1, day));
}

/** Makes what writes moments as the clocks of a time zone show them. */
export function momentWriter(options: Intl.DateTimeFormatOptions): (at: Temporal.Instant, timeZone: string) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return ({ epochMilliseconds }, timeZone) => {
    const format = formats.get(timeZone) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
    formats.set(timeZone, format);
    return format.format(epochMilliseconds);
  };
}
