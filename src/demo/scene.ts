import type { Verdict } from '../domain/escalation.ts';
import type { Score } from '../domain/follow-up.ts';
import type { Status } from '../domain/ticket.ts';
import type { Customer } from './cast.ts';

/** Something that somebody does to a ticket. Texts of ours name their writer by {agent}. */
export type Deed =
  /** Our answer: by the assignee, or by whoever takes the ticket for it; where one is suggested, it may begin with that. */
  | { do: 'answer'; text: string; begins?: 'as suggested' | 'with the suggested words' }
  /** A note for ourselves. */
  | { do: 'note'; text: string }
  /** The customer writes again and names the number of the ticket. */
  | { do: 'write'; text: string }
  /** The customer sends the same once more. */
  | { do: 'repeat' }
  | { do: 'status'; to: Status }
  | { do: 'category' | 'priority'; to: string }
  /** To another member of the same queue, or to a person by name. */
  | { do: 'hand over'; to: string | null }
  /** To another queue. */
  | { do: 'hand off'; to: string; reason: string }
  /** The other queue says yes or no, where it was asked. */
  | { do: 'answer hand-off'; accepts: boolean; code: string | null }
  | { do: 'escalate' }
  /** Somebody ends the escalation, if there is one, and says what it was worth. */
  | { do: 'calm'; verdict: Verdict }
  /** The customer says how it was, if anybody asked. */
  | { do: 'rate'; score: Score; comment: string | null }
  | { do: 'give back' };

export type Act = Deed & { at: Temporal.Instant };

/** One request of one customer, and what becomes of it. */
export interface Scene {
  at: Temporal.Instant;
  via: 'website' | 'app' | 'phone';
  customer: Customer;
  subject: string;
  text: string;
  /** Name of the file that comes with it. */
  file: string | null;
  /** In the order of time. */
  acts: readonly Act[];
}

/** Something that comes in and is no request, or none that can be read. */
export interface Mishap {
  at: Temporal.Instant;
  kind: 'spam' | 'unreadable';
  text: string;
  /** A person finds it, makes a ticket of it and settles it; null when nobody has yet. */
  rescue: { at: Temporal.Instant; settledAt: Temporal.Instant; from: Customer; note: string } | null;
}

/** Somebody opens an article on the help page, and may say that it answered them. */
export interface Reading {
  at: Temporal.Instant;
  article: string;
  isAnswered: boolean;
}

/** All that happens, until its end. */
export interface Story {
  begin: Temporal.Instant;
  end: Temporal.Instant;
  scenes: readonly Scene[];
  mishaps: readonly Mishap[];
  readings: readonly Reading[];
}
