import type { DeadAddress } from '../../decide/undelivered.ts';
import type { InboundMessage } from '../../domain/message.ts';
import type { Occasion } from '../../domain/occasion.ts';
import type { Opinion } from '../../domain/opinion.ts';
import type { AccountFields, Identity } from '../../domain/requester.ts';
import type { Ticket } from '../../domain/ticket.ts';

/** A ticket as it came in and what people did with it since: all that a replay is told, as plain data. */
export interface PastTicket {
  key: string;
  number: number;
  /** When it was recorded: the moment of its first turn. */
  at: Temporal.Instant;
  /** Its place among all decisions, which tells what came first in one moment. */
  seq: number;
  channel: string;
  receivedAt: Temporal.Instant;
  opening: InboundMessage;
  /** Nobody asks whether it is a ticket: a person typed it, or said that it is one. */
  isSurelyTicket: boolean;
  /** What a person filled in as they typed it into the base, as fields and overrides of the ticket. */
  typed: Partial<Ticket>;
  row: Ticket['row'];
  followUpOf: Ticket['followUpOf'];
  deeds: readonly Deed[];
  known: Known;
}

/** Something that people did, or that was learned of a ticket, at its time. */
export type Deed = { at: Temporal.Instant; seq: number } & (
  | { does: 'take'; occasion: Exclude<Occasion, { kind: 'received' | 'due' }> }
  /** It was found to report an incident: which one is taken as it was. */
  | { does: 'link'; incident: number }
);

/** What is known of a ticket beyond what was said and done, as it was recorded. */
export interface Known {
  /** In which it is written, as it was told by words; null where nobody knew, or asked. */
  language: string | null;
  /** What was learned from closed tickets, of this one. */
  learned: Opinion | null;
  /** What the language model said; null where it was not asked, or gave nothing. */
  model: Opinion | null;
  identities: readonly Identity[];
  /** All that is known of the account, look-ups included. */
  account: AccountFields;
  /** Since when nothing arrives at the requester's address; null where it does. */
  dead: DeadAddress | null;
}

/** Somebody who has been away ever since. */
export interface Absence {
  agent: string;
  awayAt: Temporal.Instant;
}

/** An open ticket from before those that are replayed: it stays with whom it is with now, and ends when it ended. */
export interface Burden {
  agent: string;
  endsAt: Temporal.Instant | null;
}
