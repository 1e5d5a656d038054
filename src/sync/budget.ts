import type { RequestMeter } from '../kit/connector.ts';
import type { StoreAbilities } from '../ports/ticket-store.ts';
import { endOfMonth, type Pace } from './pace.ts';

/** From this share of the month's requests on, the admin is told. */
const WORTH_A_WORD = 0.8;

/** What the base has cost this month, and what it will. */
export interface Spending {
  /** Requests since the first of the month, in UTC. */
  count: number;
  /** Requests that the plan allows in a month; null for any number. */
  allowed: number | null;
  /** How often the base will be asked for changes until the month ends; null where that is not counted. */
  pollsToCome: number | null;
  /** A sentence for the admin when little is left, and one on what to do; null when enough is left. */
  warning: string | null;
}

/** Null for a base of which nobody counts the requests. */
export function spendingOf(
  { requestsPerSecond, requestsPerMonth: allowed }: StoreAbilities,
  given: { meter: RequestMeter; pace: Pace | null; now: Temporal.Instant },
): Spending | null {
  if (requestsPerSecond === null && allowed === null) return null;
  const count = given.meter.spentThisMonth();
  const warning = allowed === null ? null : warningOf({ count, allowed, now: given.now });
  return { count, allowed, pollsToCome: given.pace?.asksToCome ?? null, warning };
}

function warningOf({ count, allowed, now }: { count: number; allowed: number; now: Temporal.Instant }): string | null {
  const share = count / allowed;
  if (share <= WORTH_A_WORD) return null;
  const end = endOfMonth(now);
  if (share >= 1) {
    const day = end.toZonedDateTimeISO('UTC').toPlainDate().toLocaleString('en-GB', { day: 'numeric', month: 'long' });
    return (
      `This month’s ${written(allowed)} requests to the base are spent. Changes wait here and are written as soon ` +
      `as the base lets us, on ${day} at the latest; a larger plan ends the wait.`
    );
  }
  const days = Math.max(1, Math.ceil(now.until(end).total('hours') / 24));
  return (
    `${Math.floor(share * 100)} % of this month’s requests to the base are spent, and ${days} ` +
    `${days === 1 ? 'day is' : 'days are'} left. The base is asked less often for changes, so that tickets can be ` +
    'written to the end; a larger plan gives more.'
  );
}

function written(count: number): string {
  return count.toLocaleString('en-GB');
}
