import { isIPv6 } from 'node:net';
import { eq, lte } from 'drizzle-orm';
import type { Queries } from '../db/connection.ts';
import { signInFailures } from '../db/schema.ts';

/** Failures are forgotten after so long. */
const WINDOW_MILLISECONDS = 15 * 60_000;

/** From one address: room for a few typing errors. */
const MOST_FROM_ONE = 8;

/** From all addresses together; beyond it somebody is trying from many. */
const MOST_FROM_ALL = 100;

/** Beyond that, one attempt in so long is looked at, whoever makes it: slow for guessing, bearable for a person. */
const PACE_MILLISECONDS = 2000;

/** Holds back whoever guesses, at all processes alike: they share the database. */
export interface SignInLimit {
  /** Seconds to wait before the next attempt; 0 when it may be made now. It counts as failed until it succeeded. */
  attempt(address: string, now: Temporal.Instant): Promise<number>;
  succeeded(address: string): Promise<void>;
}

/**
 * An attempt is counted before it is looked at, so that of many that come at once none slips through; one that is held
 * back counts no more.
 */
export function createSignInLimit(queries: Queries): SignInLimit {
  return {
    async attempt(address, now) {
      const origin = originOf(address);
      const since = now.subtract({ milliseconds: WINDOW_MILLISECONDS });
      await queries.delete(signInFailures).where(lte(signInFailures.at, since));
      const [own] = await queries.insert(signInFailures).values({ origin, at: now }).returning();
      const before = (await queries.select().from(signInFailures).orderBy(signInFailures.id)).filter(
        ({ id }) => id !== own?.id,
      );
      const wait = secondsAfter(before, { origin, now });
      if (wait > 0 && own !== undefined) await queries.delete(signInFailures).where(eq(signInFailures.id, own.id));
      return wait;
    },
    async succeeded(address) {
      await queries.delete(signInFailures).where(eq(signInFailures.origin, originOf(address)));
    },
  };
}

function secondsAfter(
  failures: readonly (typeof signInFailures.$inferSelect)[],
  { origin, now }: { origin: string; now: Temporal.Instant },
): number {
  const oldest = failures.filter((failure) => failure.origin === origin).at(-MOST_FROM_ONE);
  if (oldest !== undefined) return secondsUntil(oldest.at.add({ milliseconds: WINDOW_MILLISECONDS }), now);
  const latest = failures.at(-1);
  if (latest === undefined || failures.length < MOST_FROM_ALL) return 0;
  return secondsUntil(latest.at.add({ milliseconds: PACE_MILLISECONDS }), now);
}

/** A second at least while it is to come; 0 once it is there. */
function secondsUntil(at: Temporal.Instant, now: Temporal.Instant): number {
  return Math.max(0, Math.ceil(now.until(at).total('seconds')));
}

/** Whoever has one IPv6 address has the whole /64 that it is in. */
function originOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter((group) => group !== '');
  const back = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
