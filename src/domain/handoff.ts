/**
 * Where a hand-off stands: something is missing and nobody was asked yet; the other side was asked; it took the
 * ticket, or helps; it said no; it said nothing in time; or the hand-off came to nothing for another reason.
 */
export const HANDOFF_STATES = ['held', 'asked', 'accepted', 'rejected', 'returned', 'withdrawn'] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

/** Whether the ticket goes to the other queue, or stays where it is while the other queue helps. */
export const HANDOFF_WAYS = ['transfer', 'collaborate'] as const;
export type HandoffWay = (typeof HANDOFF_WAYS)[number];

/** What those who gave a ticket away hear of it, each once for a hand-off. */
export const HANDOFF_NEWS = ['answered', 'resolved'] as const;
export type HandoffNews = (typeof HANDOFF_NEWS)[number];

/** The latest hand-off of a ticket from one queue to another. What came before it stands in the log. */
export interface Handoff {
  /** 1 for the first of the ticket; tells the messages, notices and clock of one hand-off from those of the next. */
  instance: number;
  from: string;
  to: string;
  /** Who asked for it. */
  by: string;
  at: Temporal.Instant;
  /** Why, in the person's words, cut when they are many; null while nobody said. The decision has all of them. */
  reason: string | null;
  /** Who had the ticket until then; null when nobody had. */
  assignee: string | null;
  way: HandoffWay;
  state: HandoffState;
  /** What it is held for, by the names that the contract has; empty when nothing is missing. */
  missing: readonly string[];
  /** When the other side was asked to accept it; null where it is not asked, or not yet. */
  askedAt: Temporal.Instant | null;
  remindedAt: Temporal.Instant | null;
  /** When it came to its end, whichever; null while it is held or asked. */
  endedAt: Temporal.Instant | null;
  /** Who accepted or rejected it; null when nobody did. */
  answeredBy: string | null;
  /** Why it was not accepted: a code of the contract, or `no_answer`, `taken_back`, `superseded`, `moved`, `ended`. */
  code: string | null;
  /** Who hears how it goes on elsewhere, agents and addresses; they own it no longer. */
  followers: readonly string[];
  heard: readonly HandoffNews[];
}

/** Whether it has not come to an end yet. */
export function isPending({ state }: Pick<Handoff, 'state'>): boolean {
  return state === 'held' || state === 'asked';
}
