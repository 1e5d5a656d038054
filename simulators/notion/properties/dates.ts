import { z } from 'zod';
import type { DateCell } from '../world.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A day, or a moment. With a zone the moment has no offset of its own (section 4). */
export const DateValue = z
  .strictObject({ start: z.string(), end: z.string().nullish(), time_zone: z.string().nullish() })
  .refine(
    ({ start, end, time_zone }) => isDate(start, time_zone) && (typeof end !== 'string' || isDate(end, time_zone)),
    {
      message: 'a valid ISO 8601 date',
    },
  );

/**
 * As answers tell it: days as they are, moments with milliseconds and an offset, by whole minutes. That Notion
 * keeps no seconds in a property is how its own pages behave [U for the API].
 */
export function shownDate({ start, end = null, time_zone = null }: z.output<typeof DateValue>): DateCell {
  return {
    start: shownMoment(start, time_zone),
    end: end === null ? null : shownMoment(end, time_zone),
    time_zone,
  };
}

/** When something is, in milliseconds, and for how long that counts: a day for a day, else nothing. */
export function spanOf(text: string): { start: number; end: number } {
  if (!DAY.test(text)) {
    const at = Temporal.Instant.from(OFFSET.test(text) ? text : `${text}Z`).epochMilliseconds;
    return { start: at, end: at };
  }
  const start = Date.parse(`${text}T00:00:00Z`);
  return { start, end: start + 24 * 3600 * 1000 };
}

export function isDate(text: string, zone: string | null | undefined = null): boolean {
  try {
    if (DAY.test(text)) return Temporal.PlainDate.from(text).toString() === text;
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return false;
    if (zone !== null && OFFSET.test(text)) return false;
    shownMoment(text, zone);
    return true;
  } catch {
    return false;
  }
}

function shownMoment(text: string, zone: string | null): string {
  if (DAY.test(text)) return text;
  const moment =
    zone === null
      ? Temporal.Instant.from(OFFSET.test(text) ? text : `${text}Z`).toZonedDateTimeISO('UTC')
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone);
  const minute = moment.with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
  return `${minute.toPlainDateTime().toString({ fractionalSecondDigits: 3 })}${minute.offset}`;
}
