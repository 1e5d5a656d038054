import { isIPv6 } from 'node:net';

/** Failures are forgotten after so long. */
const WINDOW_MILLISECONDS = 15 * 60_000;

/** From one address: room for a few typing errors. */
const MOST_FROM_ONE = 8;

/** From all addresses together; beyond it somebody is trying from many. */
const MOST_FROM_ALL = 100;

/** Beyond that, one attempt in so long is looked at, whoever makes it: slow for guessing, bearable for a person. */
const PACE_MILLISECONDS = 2000;

/** Holds back whoever guesses. Lives in memory: a restart forgives. */
export interface SignInLimit {
  /** Seconds to wait before the next attempt; 0 when it may be made now. Counts as the attempt when it is 0. */
  secondsToWait(address: string, now: Temporal.Instant): number;
  failed(address: string, now: Temporal.Instant): void;
  succeeded(address: string): void;
}

export function createSignInLimit(): SignInLimit {
  /** By origin, the moments of its failures; oldest first. */
  const failures = new Map<string, number[]>();
  const lately = { total: 0, looked: -Infinity };

  function forget(now: number): void {
    lately.total = 0;
    for (const [origin, moments] of failures) {
      const kept = moments.filter((moment) => moment > now - WINDOW_MILLISECONDS);
      if (kept.length === 0) failures.delete(origin);
      else failures.set(origin, kept);
      lately.total += kept.length;
    }
  }

  return {
    secondsToWait(address, at) {
      const now = at.epochMilliseconds;
      forget(now);
      const own = failures.get(originOf(address)) ?? [];
      const oldest = own.at(-MOST_FROM_ONE);
      if (oldest !== undefined) return seconds(oldest + WINDOW_MILLISECONDS - now);
      if (lately.total >= MOST_FROM_ALL && now < lately.looked + PACE_MILLISECONDS) {
        return seconds(lately.looked + PACE_MILLISECONDS - now);
      }
      lately.looked = now;
      return 0;
    },
    failed(address, at) {
      const origin = originOf(address);
      failures.set(origin, [...(failures.get(origin) ?? []), at.epochMilliseconds].slice(-MOST_FROM_ONE));
    },
    succeeded(address) {
      failures.delete(originOf(address));
    },
  };
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

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
