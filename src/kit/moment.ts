/** The year 9999: what counts beyond it counts in other units. */
const LATEST_MILLISECONDS = 253_402_300_799_999;

/** A moment that a sender wrote with its zone, and that has come already; null for anything else. */
export function pastMoment(written: string | null, receivedAt: Temporal.Instant): Temporal.Instant | null {
  return unlessToCome(momentIn(written), receivedAt);
}

/** The same of a date of a mail, RFC 5322 section 3.3. */
export function pastMailDate(written: string | undefined, receivedAt: Temporal.Instant): Temporal.Instant | null {
  const milliseconds = Date.parse((written ?? '').slice(0, 100));
  return unlessToCome(momentOfSeconds(milliseconds / 1000), receivedAt);
}

function unlessToCome(at: Temporal.Instant | null, receivedAt: Temporal.Instant): Temporal.Instant | null {
  return at !== null && Temporal.Instant.compare(at, receivedAt) <= 0 ? at : null;
}

function momentIn(written: string | null): Temporal.Instant | null {
  try {
    return written === null ? null : Temporal.Instant.from(written.trim());
  } catch {
    return null;
  }
}

/** A moment that a sender counts in seconds of UNIX; null for what is none. */
export function momentOfSeconds(seconds: number): Temporal.Instant | null {
  const milliseconds = Math.floor(seconds * 1000);
  const isMoment = Number.isSafeInteger(milliseconds) && milliseconds > 0 && milliseconds <= LATEST_MILLISECONDS;
  return isMoment ? Temporal.Instant.fromEpochMilliseconds(milliseconds) : null;
}
