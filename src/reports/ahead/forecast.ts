import { type Days, holidayShare, withoutHolidays } from './holidays.ts';
import { type Method, METHODS, NAIVE, WEEK } from './methods.ts';

/** So many days are foretold. */
export const HORIZON = 2 * WEEK;

/** With fewer weeks behind it a forecast cannot be tried. */
export const FEWEST_WEEKS = 6;

/** A method needs so many weeks before it says anything. */
const FIRST_ORIGIN = 3 * WEEK;

/** The forecast is tried on so many of the latest weeks, each foretold from what lay before it alone. */
const TEST_WEEKS = 4;

/** Four days in five shall lie in the interval. */
const COVERED = 0.8;

/** Below so many known errors an interval is that of chance alone, a little wider. */
const FEWEST_ERRORS = 4 * WEEK;
const CHANCE = 1.28 * 1.25;

/** What is expected of one day. */
export interface Expected {
  expected: number;
  low: number;
  high: number;
}

/** How good the same forecast was on weeks that it did not know. */
export interface Trial {
  weeks: number;
  /** By how many tickets it was wrong on a day, in the mean. */
  error: number;
  /** The same of "as a week before". */
  naiveError: number;
  /** Which share of the days lay in the interval. */
  covered: number;
}

export interface Forecast {
  method: string;
  days: readonly Expected[];
  /** Which share of what their weekdays have is expected of holidays. */
  holidayShare: number;
  trial: Trial;
}

/**
 * Foretells the tickets of coming days from those of the days before, oldest first and none left out. The method is
 * the one that did best on this desk; how good it is, is tried on the latest weeks with what lay before each of them
 * alone, choice of the method and width of the interval included. Of holidays that were, a method hears what their
 * weekday has; of those to come less is expected. Null while there are fewer than six weeks.
 */
export function forecast(counts: readonly number[], isHoliday: readonly boolean[] = []): Forecast | null {
  if (counts.length < FEWEST_WEEKS * WEEK) return null;
  const days = { counts, isHoliday };
  const method = bestFor(days);
  return {
    method: method.name,
    days: withIntervals(days, method, HORIZON),
    holidayShare: holidayShare(days, withoutHolidays(days)),
    trial: trialOf(days),
  };
}

function trialOf({ counts, isHoliday }: Days): Trial {
  const weeks = Math.min(TEST_WEEKS, Math.floor((counts.length - FIRST_ORIGIN) / WEEK) - 1);
  const tried = Array.from({ length: weeks }, (_, week) => {
    const known = { counts: counts.slice(0, counts.length - (week + 1) * WEEK), isHoliday };
    const came = counts.slice(known.counts.length, known.counts.length + WEEK);
    const foretold = withIntervals(known, bestFor(known), WEEK);
    return {
      error: errorOf(
        foretold.map(({ expected }) => expected),
        came,
      ),
      naiveError: errorOf(NAIVE.foretell(known.counts, WEEK), came),
      covered: meanOf(came.map((count, day) => (isWithin(count, foretold[day]) ? 1 : 0))),
    };
  });
  return {
    weeks,
    error: meanOf(tried.map(({ error }) => error)),
    naiveError: meanOf(tried.map(({ naiveError }) => naiveError)),
    covered: meanOf(tried.map(({ covered }) => covered)),
  };
}

/** A count is whole: an interval from 2.4 to 5.6 has 3, 4 and 5, and the halves that it cuts. */
function isWithin(count: number, expected: Expected | undefined): boolean {
  return expected !== undefined && count >= Math.floor(expected.low) && count <= Math.ceil(expected.high);
}

/** The method that erred least over the weeks so far. */
function bestFor(days: Days): Method {
  const past = originsOf(days.counts).map((at) => pastAt(days, at));
  const scored = METHODS.map((method) => ({
    method,
    error: meanOf(past.map(({ came, foretell }) => errorOf(foretell(method, WEEK), came))),
  }));
  return scored.reduce((best, each) => (each.error < best.error - 1e-9 ? each : best)).method;
}

/** The days from which the past is foretold, a week apart, back from the latest. */
function originsOf(counts: readonly number[]): readonly number[] {
  const origins: number[] = [];
  for (let at = counts.length - WEEK; at >= FIRST_ORIGIN; at -= WEEK) origins.push(at);
  return origins;
}

/** The days as they stood before one of them, and the week that came. */
function pastAt({ counts, isHoliday }: Days, at: number) {
  const known = { counts: counts.slice(0, at), isHoliday };
  const usual = withoutHolidays(known);
  const share = holidayShare(known, usual);
  return {
    came: counts.slice(at, at + WEEK),
    foretell: (method: Method, days: number) =>
      method
        .foretell(usual, days)
        .map((expected, ahead) => (isHoliday[at + ahead] === true ? expected * share : expected)),
  };
}

function errorOf(foretold: readonly number[], came: readonly number[]): number {
  return meanOf(came.map((count, day) => Math.abs(count - (foretold[day] ?? 0))));
}

/** An interval as wide as past errors were, which grow with the root of what was expected, as chance does. */
function withIntervals(known: Days, method: Method, days: number): readonly Expected[] {
  const errors = originsOf(known.counts)
    .flatMap((at) => {
      const { came, foretell } = pastAt(known, at);
      const foretold = foretell(method, WEEK);
      return came.map((count, day) => (count - (foretold[day] ?? 0)) / scaleOf(foretold[day] ?? 0));
    })
    .toSorted((one, other) => one - other);
  const isKnown = errors.length >= FEWEST_ERRORS;
  const low = isKnown ? quantile(errors, (1 - COVERED) / 2) : -CHANCE;
  const high = isKnown ? quantile(errors, (1 + COVERED) / 2) : CHANCE;
  const { foretell } = pastAt(known, known.counts.length);
  return foretell(method, days).map((expected) => ({
    expected,
    low: Math.max(0, expected + low * scaleOf(expected)),
    high: expected + high * scaleOf(expected),
  }));
}

function scaleOf(expected: number): number {
  return Math.sqrt(expected + 0.25);
}

/** Of so many errors the one beyond which so few lie that the next one is covered as promised (split conformal). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share < 0.5 ? Math.floor((sorted.length + 1) * share) - 1 : Math.ceil((sorted.length + 1) * share) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, place))] ?? 0;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
