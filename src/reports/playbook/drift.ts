import { percent } from '../../domain/opinion.ts';
import { counted } from '../../domain/sentences/words.ts';

/** Something about a rule that calls for a look before its review is due. */
export interface Drift {
  kind: 'volume' | 'overrides' | 'asker' | 'unused';
  /** What moved, by how much, and what would have been no surprise. */
  sentence: string;
}

/** So many whole weeks make the past of a rule, and at least so many. */
export const PAST_WEEKS = { most: 8, least: 4 };

/** A rule that did not fire for so long may be one that nothing needs any more. */
export const UNUSED_DAYS = 90;

/** The days of the latest weeks in which people's changes are counted. */
export const OVERRIDE_DAYS = 28;

/**
 * How many of its own deviations a week may lie off. Of rules whose count is left to chance, this calls for a review
 * less than once in 10,000 weeks.
 */
const BOUND = 4.5;

/** The same of people's changes, of which there are few. */
const OVERRIDE_BOUND = 3.5;

/** What moved by less is no reason to read a rule again, however certain it is. */
const LEAST_CHANGE = 1.5;
const LEAST_SHARE_CHANGE = 0.05;

/** Of fewer decisions a share says nothing. */
const LEAST_DECISIONS = { now: 10, before: 20, changed: 3 };

/** The median of absolute deviations times this is a standard deviation; a little more, as weeks are few. */
const TO_DEVIATION = 1.7;

/**
 * Whether a rule fired much more or less often in the last week than in the weeks before. Counts are compared by their
 * square roots, in which chance makes the same noise whether a rule fires once or a thousand times a week; the median,
 * so that one odd week of the past neither hides the next nor calls for it.
 *
 * @param past the weeks before, in any order
 */
export function volumeDrift(week: number, past: readonly number[]): Drift | null {
  if (past.length < PAST_WEEKS.least) return null;
  const usual = median(past);
  const [middle, here] = [steady(usual), steady(week)];
  const spread = Math.max(1, TO_DEVIATION * median(past.map((each) => Math.abs(steady(each) - middle))));
  // The median of few weeks is uncertain itself.
  const bound = BOUND * spread * Math.sqrt(1 + Math.PI / 2 / past.length);
  const isSmall = week < usual * LEAST_CHANGE && week > usual / LEAST_CHANGE;
  if (Math.abs(here - middle) <= bound || isSmall) return null;
  const [low, high] = [Math.ceil(unsteady(middle - bound)), Math.floor(unsteady(middle + bound))];
  return {
    kind: 'volume',
    sentence: `Fired ${counted(week, 'time')} in the last 7 days; its weeks before had ${rounded(usual)}, and ${low} to ${high} would be no surprise.`,
  };
}

/** Decisions of a rule, and how many of them people changed. */
export interface Changed {
  fired: number;
  overridden: number;
}

/** Whether people change what a rule decides more often than they did. */
export function overrideDrift(now: Changed, before: Changed): Drift | null {
  const { fired, overridden } = now;
  const isTooFew = fired < LEAST_DECISIONS.now || before.fired < LEAST_DECISIONS.before;
  if (isTooFew || overridden < LEAST_DECISIONS.changed) return null;
  const usual = (before.overridden + 1) / (before.fired + 2);
  const isSmall = overridden / fired - usual < LEAST_SHARE_CHANGE;
  const bound = OVERRIDE_BOUND * Math.sqrt(1 + fired / before.fired);
  if (isSmall || steady(overridden) - steady(fired * usual) <= bound) return null;
  const most = Math.floor(unsteady(steady(fired * usual) + bound));
  return {
    kind: 'overrides',
    sentence: `People changed ${overridden} of ${fired} decisions in the last ${OVERRIDE_DAYS} days (${percent(overridden / fired)}); before it was ${before.overridden} of ${before.fired} (${percent(before.overridden / before.fired)}), and up to ${most} would be no surprise.`,
  };
}

/** A channel, or a kind of customer, that a rule meets for the first time after it has been at work for a while. */
export function askerDrift(asker: { kind: 'channel' | 'tier'; value: string; fired: number; day: string }): Drift {
  const { kind, value, fired, day } = asker;
  const who = kind === 'channel' ? `over the channel “${value}”` : `for customers of the tier “${value}”`;
  return {
    kind: 'asker',
    sentence: `Fires ${who} for the first time, since ${day}: ${counted(fired, 'time')} so far.`,
  };
}

/** A rule that has been there for long, on a desk that has been at work for long, and has nothing to do. */
export function unusedDrift(lastDay: string | null): Drift {
  const when = lastDay === null ? `Has never fired, in ${UNUSED_DAYS} days or more` : `Fired last on ${lastDay}`;
  return { kind: 'unused', sentence: `${when}; see whether anything still needs it.` };
}

/** Of counts that are left to chance, this has a deviation of 1 whatever their size (Anscombe's transform). */
function steady(count: number): number {
  return 2 * Math.sqrt(Math.max(0, count) + 3 / 8);
}

function unsteady(value: number): number {
  return Math.max(0, (Math.max(0, value) / 2) ** 2 - 3 / 8);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(1);
}
