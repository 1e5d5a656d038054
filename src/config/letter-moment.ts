import { localTime } from '../decide/sla/moment.ts';

/** Where and in which language a moment is told. */
export interface Telling {
  timeZone: string;
  /** Two letters, as in `de`. */
  language: string;
}

const DAY_AND_TIME = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/**
 * A day and a time as a letter names them: `Fri 17 Apr 09:45 (Europe/Berlin)`, or `Freitag, 17. April um 09:45
 * (Europe/Berlin)`. The zone is the desk's and is named, as nobody knows where the requester is.
 */
export function letterMoment(at: Temporal.Instant, { timeZone, language }: Telling): string {
  if (language === 'en') return localTime(at.epochMilliseconds, timeZone);
  // A language of which the machine knows nothing is told in English, rather than in the machine's own.
  const words = at.toZonedDateTimeISO(timeZone).toLocaleString([language, 'en-GB'], DAY_AND_TIME);
  return `${words} (${timeZone})`;
}
