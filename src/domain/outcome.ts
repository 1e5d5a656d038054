import type { Score } from './follow-up.ts';
import type { Giver } from './opinion.ts';
import type { Ticket } from './ticket.ts';

/** Whoever comes back with the same within so long was not helped. */
export const REPEAT_DAYS = 7;

/** Whether a promise was kept, and when that was settled: when it was fulfilled, or broken before. Null while it runs. */
export interface Settled {
  at: Temporal.Instant;
  isKept: boolean;
}

/**
 * What reports count of a ticket, and nothing else: few and plain values, so that a figure of a year is read in a
 * moment. It says what holds now, not what held; a `Stay` has that.
 */
export interface Outcome extends Pick<
  Ticket,
  | 'number'
  | 'openedAt'
  | 'channel'
  | 'language'
  | 'category'
  | 'priority'
  | 'queue'
  | 'assignee'
  | 'status'
  | 'needsReview'
  | 'isLight'
  | 'firstRespondedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'reopenCount'
  | 'contactCount'
  | 'assignmentCount'
  | 'surveyedAt'
  | 'incident'
> {
  ticketKey: string;
  /** The tier of the account, else its segment or plan; null where none is known. */
  segment: string | null;
  /** The account by name, else the requester's address or name: who counts as one customer. */
  customer: string;
  /** What gave it its category; null where nothing did. */
  givenBy: Giver['by'] | 'person' | null;
  isOpen: boolean;
  /** From the request to the first answer, in open minutes of the team's calendar. */
  firstReplyOpenMinutes: number | null;
  /** From the request to the solution, in open minutes of the team's calendar. */
  resolutionOpenMinutes: number | null;
  firstReply: Settled | null;
  resolution: Settled | null;
  /** The first breach of any of its clocks. */
  breachedAt: Temporal.Instant | null;
  /** When it was first escalated. */
  escalatedAt: Temporal.Instant | null;
  score: Score | null;
  /** Key of the closed ticket whose requester wrote again. */
  followUpOf: string | null;
}
