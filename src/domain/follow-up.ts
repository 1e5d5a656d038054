/** Our wait for the customer: since when nobody spoke, and whether we have reminded them. */
export interface Silence {
  /** Our last message, or when the wait began; whatever came later. */
  startedAt: Temporal.Instant;
  /** When the reminder went out, or would have gone to somebody with an address; null before. */
  remindedAt: Temporal.Instant | null;
}

/** A check-in that is planned for a ticket, by the name of its rule. */
export interface CheckIn {
  name: string;
  dueAt: Temporal.Instant;
}

/** The closed ticket whose requester wrote again, so that this one was made. */
export interface Predecessor {
  key: string;
  number: number;
}

/** What a customer can say of how it was, worst first. */
export const SCORES = [1, 2, 3, 4, 5] as const;
export type Score = (typeof SCORES)[number];
