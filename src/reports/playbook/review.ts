import type { Drift } from './drift.ts';

/** What of a rule is looked at: whether it still says the right thing, or what people changed of what it decided. */
export const REVIEW_PARTS = ['logic', 'exceptions'] as const;
export type ReviewPart = (typeof REVIEW_PARTS)[number];

/** Months between two looks at the same part. */
const MONTHS_BETWEEN: Readonly<Record<ReviewPart, number>> = { logic: 3, exceptions: 1 };

/** That somebody looked. */
export interface Review {
  part: ReviewPart;
  at: Temporal.Instant;
  by: string;
  note: string;
}

/** What is known of a rule, to say when it is to be looked at. */
export interface Reviewed {
  /** Since when it is there, and since when it says what it says now; null while nobody knows. */
  since: Temporal.Instant | null;
  changedAt: Temporal.Instant | null;
  /** The latest look at each part. */
  last: Readonly<Partial<Record<ReviewPart, Review>>>;
  /** How often people changed what it decided, since the last look at that. */
  exceptions: number;
  /** What moved since the last look at anything. */
  drifts: readonly Drift[];
}

/** A part that is to be looked at, and why. */
export interface Due {
  part: ReviewPart;
  /** Null for what does not go by the calendar. */
  since: Temporal.Instant | null;
  why: string;
}

/** When each part is due next; null where there is nothing to look at. */
export function dueAt(reviewed: Reviewed, timeZone: string): Readonly<Record<ReviewPart, Temporal.Instant | null>> {
  const { changedAt, since, last, exceptions } = reviewed;
  const logicFrom = latest(changedAt, last.logic?.at ?? null);
  const exceptionsFrom = latest(since, last.exceptions?.at ?? null);
  return {
    logic: logicFrom === null ? null : monthsAfter(logicFrom, MONTHS_BETWEEN.logic, timeZone),
    exceptions:
      exceptions === 0 || exceptionsFrom === null
        ? null
        : monthsAfter(exceptionsFrom, MONTHS_BETWEEN.exceptions, timeZone),
  };
}

/** What is due now. Drift does not wait for the quarter. */
export function duesOf(reviewed: Reviewed, now: Temporal.Instant, timeZone: string): readonly Due[] {
  const at = dueAt(reviewed, timeZone);
  const { drifts, exceptions } = reviewed;
  const dues: Due[] = [];
  const moved = drifts.map(({ sentence }) => sentence).join(' ');
  if (at.logic !== null && Temporal.Instant.compare(at.logic, now) <= 0) {
    dues.push({ part: 'logic', since: at.logic, why: joined('Nobody looked at its logic for a quarter.', moved) });
  } else if (moved !== '') {
    dues.push({ part: 'logic', since: null, why: moved });
  }
  if (at.exceptions !== null && Temporal.Instant.compare(at.exceptions, now) <= 0) {
    const often = exceptions === 1 ? 'once' : `${exceptions} times`;
    dues.push({
      part: 'exceptions',
      since: at.exceptions,
      why: `People changed what it decided ${often} since the last look.`,
    });
  }
  return dues;
}

/** For so long a reminder of what moved holds good. */
const DRIFT_REMINDER_DAYS = 30;

/** Whether the owner was told of it already: once for each review that is due, whatever else comes up meanwhile. */
export function isReminded(
  { since }: Due,
  given: { remindedAt: Temporal.Instant | null; lastAt: Temporal.Instant | null; now: Temporal.Instant },
): boolean {
  const { remindedAt, lastAt, now } = given;
  const from = latest(since ?? now.subtract({ hours: DRIFT_REMINDER_DAYS * 24 }), lastAt);
  return remindedAt !== null && from !== null && Temporal.Instant.compare(remindedAt, from) >= 0;
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((each) => each !== '').join(' ');
}

function latest(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
}

/** By the calendar on the wall: three months after 30 November is the end of February. */
function monthsAfter(at: Temporal.Instant, months: number, timeZone: string): Temporal.Instant {
  return at.toZonedDateTimeISO(timeZone).add({ months }).toInstant();
}
