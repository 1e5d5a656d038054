import { addOpenTime, type Calendar, openTimeBetween } from '../decide/sla/calendar.ts';

const MINUTE = 60_000;

/** Customers sleep too: nobody answers us between half past ten at night and seven. */
const AWAKE = { open: 7 * 60, close: 22 * 60 + 30 };

/** Whose hours count. */
export type Pattern = 'office' | 'extended' | 'always' | 'awake';

/** Counts minutes by somebody's hours, forward and back. */
export interface Hours {
  timeZone: string;
  after(at: Temporal.Instant, minutes: number, pattern: Pattern): Temporal.Instant;
  /** The last whole minute from which so many minutes have passed until `at`. */
  before(at: Temporal.Instant, minutes: number, pattern: Pattern): Temporal.Instant;
}

/** `calendars` are those of the config: the story keeps to the hours that the desk promises. */
export function createHours(calendars: Readonly<Record<'office' | 'extended', Calendar>>): Hours {
  const { timeZone } = calendars.office;
  const awake: Calendar = {
    name: 'awake',
    timeZone,
    week: Array.from({ length: 7 }, () => [AWAKE]),
    holidays: new Set(),
  };
  const patterns: Readonly<Record<Pattern, Calendar | null>> = { ...calendars, awake, always: null };
  return {
    timeZone,
    after(at, minutes, pattern) {
      const reached = addOpenTime(patterns[pattern], at, minutes * MINUTE);
      if (reached === null) throw new Error(`The hours "${pattern}" never open again after ${at.toString()}.`);
      return reached;
    },
    before: (at, minutes, pattern) => countBack(patterns[pattern], at, minutes * MINUTE),
  };
}

/** By halving: the earlier the begin, the more open time lies between. */
function countBack(calendar: Calendar | null, at: Temporal.Instant, milliseconds: number): Temporal.Instant {
  const isEnough = (minutes: number) => openTimeBetween(calendar, at.subtract({ minutes }), at) >= milliseconds;
  let most = 1;
  while (!isEnough(most)) most *= 2;
  let least = Math.floor(most / 2);
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (isEnough(middle)) most = middle;
    else least = middle;
  }
  return at.subtract({ minutes: most });
}
