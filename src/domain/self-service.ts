/** How the wait after a self-service answer ended: it helped, it did not, a person took over, or the ticket was over. */
export const SELF_SERVICE_ENDS = ['solved', 'not_solved', 'taken_over', 'over'] as const;
export type SelfServiceEnd = (typeof SELF_SERVICE_ENDS)[number];

/** An answer of ours with which a requester can help themselves. There is one for a ticket, or none. */
export interface SelfService {
  template: string;
  /** The article in it; null, or left out, where it has none. */
  article?: { name: string; title: string } | null;
  sentAt: Temporal.Instant;
  /** Null while we wait for whether it helped. */
  endedAt: Temporal.Instant | null;
  how: SelfServiceEnd | null;
}
