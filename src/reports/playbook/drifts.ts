import {
  askerDrift,
  type Changed,
  type Drift,
  OVERRIDE_DAYS,
  overrideDrift,
  PAST_WEEKS,
  UNUSED_DAYS,
  unusedDrift,
  volumeDrift,
} from './drift.ts';
import { keyText } from './entry.ts';
import { type AskersOfRule, type DayOfRule, dayOf } from './figures.ts';
import type { Standing } from './standings.ts';

/** So long a rule must have been at work before a new kind of asker is news. */
const SETTLED_DAYS = 28;

/** So long a new kind of asker is news. */
export const NEWS_DAYS = 30;

/** Once or twice is no news. */
const LEAST_ASKED = 3;

/** The days of which drift is told. */
export const DRIFT_DAYS = Math.max((PAST_WEEKS.most + 1) * 7 + OVERRIDE_DAYS, UNUSED_DAYS + 1);

/** What was counted of one rule. */
export interface Counted {
  fired: readonly DayOfRule[];
  overridden: readonly DayOfRule[];
  askers: readonly AskersOfRule[];
  standing: Standing | null;
  /** Since when every turn in which it has its say is counted; null while nobody can say that of it. */
  countedSince: Temporal.Instant | null;
  /** When somebody last looked at anything of it. */
  reviewedAt: Temporal.Instant | null;
}

/**
 * What moved about a rule since somebody last looked. Whole days count, so that a morning is no drop; and only those
 * since the rule says what it says now, so that what an edit was meant to do is no news.
 */
export function driftsOf(counted: Counted, now: Temporal.Instant): readonly Drift[] {
  const today = dayOf(now);
  const begin = beginOf(counted);
  const unused = unusedOf(counted, today);
  if (begin === null || unused !== null) return unused === null ? [] : [unused];
  const drifts = [
    ...(isLookedAt(counted, today.subtract({ days: 7 })) ? [] : [volumeOf(counted.fired, today, begin)]),
    ...(isLookedAt(counted, today.subtract({ days: OVERRIDE_DAYS })) ? [] : [overridesOf(counted, today, begin)]),
    ...newAskers(counted, now),
  ];
  return drifts.filter((drift) => drift !== null);
}

/** Whole days count here, too; who looked meanwhile has seen that it does nothing. */
function unusedOf(counted: Counted, today: Temporal.PlainDate): Drift | null {
  const { fired, standing, countedSince } = counted;
  const from = today.subtract({ days: UNUSED_DAYS });
  const isThere = [standing?.changedAt ?? null, countedSince].every(
    (since) => since !== null && Temporal.PlainDate.compare(dayOf(since), from) < 0,
  );
  if (!isThere || isLookedAt(counted, from) || within(fired, from, today.add({ days: 1 })) > 0) return null;
  const lastAt = standing?.lastAt ?? null;
  return unusedDrift(lastAt === null ? null : dayOf(lastAt).toString());
}

/** The first whole day on which the rule was at work as it is. */
function beginOf({ standing }: Counted): Temporal.PlainDate | null {
  const { firstAt = null, changedAt = null } = standing ?? {};
  if (firstAt === null) return null;
  const from = changedAt !== null && Temporal.Instant.compare(changedAt, firstAt) > 0 ? changedAt : firstAt;
  return dayOf(from).add({ days: 1 });
}

/** Whether somebody looked on or after the day. */
function isLookedAt({ reviewedAt }: Counted, day: Temporal.PlainDate): boolean {
  return reviewedAt !== null && Temporal.PlainDate.compare(dayOf(reviewedAt), day) >= 0;
}

function volumeOf(fired: readonly DayOfRule[], today: Temporal.PlainDate, begin: Temporal.PlainDate): Drift | null {
  const weekBack = (weeks: number) => today.subtract({ days: weeks * 7 });
  const whole = Array.from({ length: PAST_WEEKS.most }, (_, index) => index + 2).filter(
    (weeks) => Temporal.PlainDate.compare(begin, weekBack(weeks)) <= 0,
  );
  const past = whole.map((weeks) => within(fired, weekBack(weeks), weekBack(weeks - 1)));
  return volumeDrift(within(fired, weekBack(1), today), past);
}

function overridesOf(
  { fired, overridden }: Counted,
  today: Temporal.PlainDate,
  begin: Temporal.PlainDate,
): Drift | null {
  const middle = today.subtract({ days: OVERRIDE_DAYS });
  const changed = (from: Temporal.PlainDate, until: Temporal.PlainDate): Changed => {
    return { fired: within(fired, from, until), overridden: within(overridden, from, until) };
  };
  return overrideDrift(changed(middle, today), changed(begin, middle));
}

/** Whoever the rule met in its first weeks belongs to it. */
function newAskers({ askers, standing, reviewedAt }: Counted, now: Temporal.Instant): readonly Drift[] {
  const settledAt = standing?.firstAt?.add({ hours: SETTLED_DAYS * 24 }) ?? null;
  const newsFrom = now.subtract({ hours: NEWS_DAYS * 24 });
  return askers
    .filter(({ firstAt, fired }) => {
      const isLate = settledAt !== null && Temporal.Instant.compare(firstAt, settledAt) > 0;
      const isSeen = reviewedAt !== null && Temporal.Instant.compare(reviewedAt, firstAt) >= 0;
      return fired >= LEAST_ASKED && isLate && !isSeen && Temporal.Instant.compare(firstAt, newsFrom) >= 0;
    })
    .map(({ firstAt, ...asker }) => askerDrift({ ...asker, day: dayOf(firstAt).toString() }));
}

/** From the one day on, before the other. */
function within(days: readonly DayOfRule[], from: Temporal.PlainDate, until: Temporal.PlainDate): number {
  return days.reduce((sum, { day, count }) => {
    const isIn = Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) < 0;
    return isIn ? sum + count : sum;
  }, 0);
}

/** By rule, as `keyText` has it. */
export function byKey<Of extends { stage: DayOfRule['stage']; name: string }>(list: readonly Of[]) {
  return Map.groupBy(list, keyText);
}
