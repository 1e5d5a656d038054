/** How a queue picks among those who can take a ticket. */
export const METHODS = ['round_robin', 'load', 'weighted', 'none'] as const;
export type Method = (typeof METHODS)[number];

/** What to do when nobody can take a ticket, after so many minutes of the queue's calendar. */
export interface FallbackStep {
  waitMinutes: number;
  then: { to: 'queue'; queue: string } | { to: 'agent'; agent: string } | { to: 'alert'; alert: readonly string[] };
}

/** Where tickets wait for a person. */
export interface Queue {
  name: string;
  members: readonly string[];
  method: Method;
  /** Compare spare places (`count`) or spare share (`percent`) under the method `load`. */
  loadBy: 'count' | 'percent';
  /** Every agent who takes a ticket of this queue must have these. */
  skills: readonly string[];
  calendar: string | null;
  /** A critical ticket or a VIP may exceed an agent's cap by one. */
  mayExceedCap: boolean;
  /** Minutes of the queue's calendar after which a ticket leaves an assignee who does nothing; null for never. */
  giveBackMinutes: number | null;
  /** What becomes of a ticket that the customer opens again while its assignee is off. */
  whenOwnerIsOff: 'keep' | 'return';
  fallback: readonly FallbackStep[];
  /** Addresses that hear of warnings and breaches of tickets nobody owns. */
  notify: readonly string[];
}
