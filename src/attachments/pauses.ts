/** Seconds between one failed attempt and the next; the last one counts for all that follow. */
const PAUSES = [5, 30, 120, 600, 3600];

/** When to try again after so many attempts, at least so many seconds from now. */
export function nextAttempt(
  attempts: number,
  { now, atLeastSeconds }: { now: Temporal.Instant; atLeastSeconds: number },
): Temporal.Instant {
  const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 0;
  return now.add({ seconds: Math.max(pause, atLeastSeconds) });
}
