/** How a clarification ended: with an answer, with one that we cannot read, with none, or because a person took over. */
export const CLARIFICATION_ENDS = ['answered', 'unread', 'gave_up', 'taken_over'] as const;
export type ClarificationEnd = (typeof CLARIFICATION_ENDS)[number];

/** One thing that the requester was asked. */
export interface Question {
  /** The name behind `fields.` that the answer is for. */
  field: string;
  question: string;
}

/** What was asked before triage, once and for all: nothing is asked a second time. */
export interface Clarification {
  /** Name of the rule that asked. */
  rule: string;
  asked: readonly Question[];
  askedAt: Temporal.Instant;
  remindedAt: Temporal.Instant | null;
  /** Null while we wait for the answer. */
  endedAt: Temporal.Instant | null;
  how: ClarificationEnd | null;
}
