import type { Now } from '../ports/now.ts';

interface Bucket {
  tokens: number;
  filledAt: Temporal.Instant;
}

/** Counts what comes over each channel. */
export interface RateLimit {
  /** Takes a place for one request; the seconds until there is one again, or 0. */
  take(channel: string, perMinute: number): number;
}

/**
 * Limits each channel to so many requests a minute. A minute's worth may come at once, after which they
 * trickle in evenly. Each instance counts by itself.
 */
export function createRateLimit(now: Now): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    /** Takes one request. Returns 0, or after how many whole seconds the next has room. */
    take(channel, perMinute) {
      const at = now();
      const tokens = refilled(buckets.get(channel), { at, perMinute });
      const isFree = tokens >= 1;
      buckets.set(channel, { tokens: isFree ? tokens - 1 : tokens, filledAt: at });
      return isFree ? 0 : Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60));
    },
  };
}

function refilled(bucket: Bucket | undefined, { at, perMinute }: { at: Temporal.Instant; perMinute: number }): number {
  if (bucket === undefined) return perMinute;
  const seconds = Math.max(0, at.epochMilliseconds - bucket.filledAt.epochMilliseconds) / 1000;
  return Math.min(perMinute, bucket.tokens + (seconds * perMinute) / 60);
}
