/**
 * Seconds between one failed attempt and the next: the schedule that the Standard Webhooks specification
 * suggests. Five seconds outlast a hiccup, five minutes a greylist, and three days a weekend without a
 * mail server. Whoever has many receivers adds jitter.
 */
const PAUSES_SECONDS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/** When to try again after so many attempts, at least so many seconds from now; null when it was the last. */
export function nextAttempt(
  attempts: number,
  { now, atLeastSeconds }: { now: Temporal.Instant; atLeastSeconds: number },
): Temporal.Instant | null {
  const pause = PAUSES_SECONDS[attempts - 1];
  return pause === undefined ? null : now.add({ seconds: Math.max(pause, atLeastSeconds) });
}
