import type { Verdict } from '../domain/escalation.ts';
import type { FieldChange, HandoffAnswer, HandoffAsked } from '../domain/occasion.ts';
import type { Score } from '../domain/follow-up.ts';
import type { Identity } from '../domain/requester.ts';
import type { SwitchedOff } from '../domain/ticket-event.ts';
import type { FieldValue, RowNews, Ticket, TicketField } from '../domain/ticket.ts';
import type { Cells } from '../ports/ticket-store.ts';

/** A new ticket, as the one who asked for it learns. */
export interface Opened {
  ticketKey: string;
  number: number;
}

/** A new ticket that a person types: on the phone, at the counter. */
export interface TypedTicket {
  by: string;
  /** How the request came: `phone`, `in_person`; left out where the person did not say. */
  channel?: string;
  subject: string;
  text: string;
  requester: { name: string; email: string | null };
}

/** A row that a person typed into the base. */
export interface TypedRow extends TypedTicket {
  rowId: string;
  createdAt: Temporal.Instant;
  /** The fields that the person filled in. */
  chosen: Readonly<Partial<Record<TicketField, FieldValue>>>;
  /** What it says in columns of the team's own. */
  row: Ticket['row'];
}

/** A ticket as its row of the base has it, after our database was lost. */
export interface RememberedTicket {
  /** Complete. The number 0 asks for the next one that is free. */
  ticket: Ticket;
  /** What there was to restore it from: all that the row remembers, or only what its columns show. */
  from: 'memory' | 'columns';
  row: {
    id: string;
    /** What the row held when we last spoke with the base, as far as can be known. */
    synced: Cells;
    replyKey: string | null;
  };
  /** The lines of the row's log, newest first. */
  log: readonly string[];
}

/** Whether an agent is to get new tickets, and who says so. */
export interface Presence {
  by: string;
  isAway: boolean;
}

/** What an agent answers. */
export interface Answer {
  by: string;
  text: string;
  key?: string;
  draft?: string;
}

/** What a requester said of how it was. */
export interface Rating {
  score: Score;
  comment: string | null;
}

/** What a person writes for the team alone. */
export interface Note {
  by: string;
  text: string;
  /**
   * Of a comment beside the ticket's row: it is one note however often it is told, and the note follows when it is
   * corrected. Left out for a note that is written here, now.
   */
  comment?: { id: string; at: Temporal.Instant };
}

/** What a person says of who is who. */
export interface SaidOfPerson {
  requesterId: string;
  identity: Identity;
  by: string;
}

/** What a person changed of a ticket. */
export interface Edit {
  by: string;
  at: Temporal.Instant;
  changes: readonly FieldChange[];
  /** Who asks, corrected; what is left out stays. */
  requester?: { name?: string; email?: string | null };
  /** Asked for along with the changes; with a key that was heard before it is left out. */
  handoff?: HandoffAsked;
  /** The same of an answer to one. */
  answer?: HandoffAnswer;
  /** What the person says of an escalation that they end. */
  verdict?: Verdict;
  /** Columns of the team's own in its row. */
  row?: {
    changed: RowNews;
    /** Of those of which we knew nothing: they count from now on, and are nobody's change. */
    found: RowNews;
  };
}

/**
 * The one way in which tickets change. Each call is one turn or more: gather facts, decide, record
 * ticket, decisions and effects in one transaction, wake what must act.
 *
 * Turns run one at a time across all instances, so that two never give the same place away.
 */
export interface Pipeline {
  /** Makes tickets of everything that waits in the inbox. */
  drainInbox(): Promise<void>;
  /** Looks again at every ticket whose time has come. Returns how many it looked at. */
  wakeDue(): Promise<number>;
  /**
   * Asks a language model about tickets that wait for its answer, and has them judged with it. Then some of those
   * that wait for a review are judged again, where more was learned since or there is another language model.
   */
  advise(): Promise<void>;
  /**
   * Looks at every ticket of which something may still come, whatever its time: the safety net, and what follows a
   * changed config.
   */
  reviewAll(): Promise<number>;
  /** The copy of a table of the base has changed: open tickets whom that concerns are looked at anew, soon. */
  tableChanged(table: string): Promise<void>;
  /** A person opens a ticket by hand. */
  open(ticket: TypedTicket): Promise<Opened>;
  /** A person typed a row into the base: it becomes a ticket, and what was filled in stays as chosen. */
  adopt(row: TypedRow): Promise<Opened>;
  /**
   * Takes back tickets whose rows are in the base and not here. Nothing that was sent before is sent again;
   * numbers go on above theirs. Returns them as they are now, without those that were here already.
   */
  restore(tickets: readonly RememberedTicket[]): Promise<readonly Ticket[]>;
  /** A person changed fields, in the console or in the base. Throws `ticket.not-found`. */
  edit(ticketKey: string, edit: Edit): Promise<void>;
  /**
   * An agent answers the customer. With a `key`, the same answer twice is one: the second does nothing. `draft` names
   * the reply that the answer began with; left out, it is compared with the suggested one. Throws `ticket.not-found`.
   */
  reply(ticketKey: string, reply: Answer): Promise<void>;
  /** An agent writes a note that never leaves the house. Throws `ticket.not-found`. */
  note(ticketKey: string, note: Note): Promise<void>;
  /** An agent gives the ticket back to its queue. Throws `ticket.not-found`. */
  giveBack(ticketKey: string, by: string): Promise<void>;
  /**
   * A person says that an address, a number or an id of a chat is this requester's: whoever had it is the same
   * person. Throws `requester.not-found`.
   */
  samePerson(said: SaidOfPerson): Promise<void>;
  /** A person says that it is not the requester's after all. Throws `requester.not-found`. */
  otherPerson(said: SaidOfPerson): Promise<void>;
  /** Switches an agent to away, or back. Throws `agent.not-found`. */
  setAway(agent: string, presence: Presence): Promise<void>;
  /** Agents are new or other than before: what waits is offered to them, the most urgent first. */
  welcome(agents: readonly string[]): Promise<void>;
  /** A person says that mail arrives at an address from which letters came back. */
  reachable(address: string, by: string): Promise<void>;
  /** The requester said how it was; a later word replaces an earlier one. Throws `ticket.not-found`. */
  rate(ticketKey: string, rating: Rating): Promise<void>;
  /** A system that followed tickets is told no more: those who are to know are told. Throws `ticket.not-found`. */
  tellOfSwitchedOff(off: SwitchedOff): Promise<void>;
  /** Tries to read an item of lost and found again, after what stood in its way was mended. */
  retryInbox(inboxId: string): Promise<void>;
  /** A person says that an item of lost and found is a ticket: it becomes one, raw if it cannot be read. */
  insistInbox(inboxId: string): Promise<void>;
}
