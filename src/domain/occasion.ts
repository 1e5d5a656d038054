import type { Verdict } from './escalation.ts';
import type { Score } from './follow-up.ts';
import type { Automatic, InboundMessage } from './message.ts';
import type { Answered } from './opinion.ts';
import type { DraftAnswer } from './suggestion.ts';
import type { FieldValue, RowNews, TicketField } from './ticket.ts';

/** A field that changed from one value to another. */
export interface FieldChange {
  field: TicketField;
  from: FieldValue;
  to: FieldValue;
}

/** A person asks that another queue take the ticket over. */
export interface HandoffAsked {
  /** The queue as it was chosen, which may be none of the desk's; null for a reason that comes after it. */
  to: string | null;
  reason: string | null;
  /** The same whenever the same asking is heard again. */
  key: string;
}

/** A person of the queue that was asked to take a ticket over says whether it does. */
export interface HandoffAnswer {
  accepts: boolean;
  /** Why not, as it was chosen, which may be none of the contract's codes; null with a yes. */
  code: string | null;
  /** The same whenever the same answer is heard again. */
  key: string;
}

/** Something that we wrote to the requester, and what became of it. */
export interface Undelivered {
  /** Of the outbox, with the moment at which it failed: the same whenever the same failure is heard again. */
  key: string;
  to: string;
  /** Whether a person wrote it. */
  isAnswer: boolean;
  outcome: 'failed' | 'delayed';
  /** Whether nothing arrives at that address, whatever is sent. */
  isAddressDead: boolean;
  /** In the words of the system. */
  says: string;
}

/** With what an agent's answer began, filled in. `message` names the answer that went out. */
export interface OfferedDraft {
  reply: string;
  text: string;
  message: string;
}

/** Why we look at a ticket now. */
export type Occasion =
  /** A new request became this ticket. */
  | { kind: 'received'; message: InboundMessage }
  /** Somebody wrote on a ticket that exists. */
  | {
      kind: 'replied';
      by: 'customer' | 'agent';
      name: string;
      text: string;
      at: Temporal.Instant;
      /** What an agent was offered to begin with, filled in; left out when nothing was. */
      draft?: OfferedDraft;
      /** Whether files came along. */
      hasFiles?: boolean;
      /** The requester said with a button that it is solved. */
      saysSolved?: true;
    }
  /** A machine answered in the requester's stead, or told of something that is no letter of ours. */
  | { kind: 'machine'; automatic: Automatic; at: Temporal.Instant }
  /** What we wrote to the requester did not arrive, or arrives late. */
  | { kind: 'undelivered'; letter: Undelivered; at: Temporal.Instant }
  /**
   * A person changed fields in the base or in the console, which the ticket shows as they were before, and may
   * have asked for a hand-off, or answered one, in the same go.
   */
  | {
      kind: 'edited';
      by: string;
      at: Temporal.Instant;
      changes: readonly FieldChange[];
      handoff?: HandoffAsked;
      answer?: HandoffAnswer;
      /** Columns of the team's own that changed in the row, and what they say now. */
      row?: RowNews;
      /** What the person says of an escalation that the edit ends. */
      verdict?: Verdict;
    }
  /** A person wrote a note that stays in the house: nothing changes, but somebody works on it. */
  | { kind: 'noted'; by: string; at: Temporal.Instant }
  /** The requester said how it was, on the page of our survey; a later word replaces an earlier one. */
  | { kind: 'rated'; score: Score; comment: string | null; at: Temporal.Instant }
  /** A language model was asked about the text that `of` names, and answered, or gave nothing: the code of a problem. */
  | { kind: 'advised'; of: string; answer: Answered | { failure: string }; at: Temporal.Instant }
  /**
   * The ticket waits for a review, and there is something new to ask about it: what was learned since, or another
   * language model.
   */
  | { kind: 'reconsidered'; why: 'learned' | 'other_model'; at: Temporal.Instant }
  /** A language model wrote a draft, or why there is none. */
  | { kind: 'drafted'; of: string; answer: DraftAnswer; at: Temporal.Instant }
  /** `wakeAt` has come, or a slow full pass, or the config changed. */
  | { kind: 'due' }
  /** A person asks for something that is not a field: route it anew. */
  | { kind: 'asked'; by: string; at: Temporal.Instant; what: 'give_back' };
