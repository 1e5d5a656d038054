/** A moment that a sender wrote with its zone, and that has come already; null for anything else. */
export function pastMoment(written: string | null, receivedAt: Temporal.Instant): Temporal.Instant | null {
  const at = momentIn(written);
  return at !== null && Temporal.Instant.compare(at, receivedAt) <= 0 ? at : null;
}

function momentIn(written: string | null): Temporal.Instant | null {
  try {
    return written === null ? null : Temporal.Instant.from(written.trim());
  } catch {
    return null;
  }
}
