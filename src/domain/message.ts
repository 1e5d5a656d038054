import type { Conversation } from './conversation.ts';
import type { AccountFields, Identity } from './requester.ts';

/** Our letters begin with this line where answers come by mail: what is below it is ours, in whatever language. */
export const ANSWER_ABOVE = '##- Please write above this line -##';

/** A file that came with a message. The bytes live elsewhere; this names them. */
export interface Attachment {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Where the sender keeps it, when it came as a link. */
  url: string | null;
  /** Which of the files in the stored request it is, counted from 0, when the bytes came along. */
  part?: number;
}

/** What kind of machine wrote a message; `own` is a message of ours that came back. */
export const AUTOMATIC_KINDS = ['own', 'bounce', 'auto_reply', 'list', 'spam', 'notification'] as const;
export type AutomaticKind = (typeof AUTOMATIC_KINDS)[number];

/** A machine wrote the message, and this says so. */
export interface Automatic {
  kind: AutomaticKind;
  /** As a person can look it up: `Auto-Submitted: auto-replied`. */
  evidence: string;
}

/** What a system says that became of a message of ours. */
export interface DeliveryReport {
  /** Which one is meant, by the ids that its system gave it, the likeliest first. */
  of: readonly string[];
  /** Whether it never arrives, or only late. */
  outcome: 'failed' | 'delayed';
  /** Whether nothing arrives at that address, whatever is sent. */
  isAddressDead: boolean;
  /** In the words of the system. */
  says: string;
}

/** What a channel understood of one request from outside, before any judgement. */
export interface InboundMessage {
  /** The sender's own id of the submission; null when it has none. */
  externalId: string | null;
  /** The sender's time of the event; null when it says none, and then the time of receipt counts. */
  sentAt: Temporal.Instant | null;
  /**
   * `identities` are numbers and chats that an authentic sender gives; left out where anybody may write any. `doubt` is
   * what was found against it that the address is theirs, as `dmarc=fail`; left out where nothing was.
   */
  from: { name: string; email: string | null; identities?: readonly Identity[]; doubt?: string };
  subject: string;
  /** As written, byte for byte in meaning: never trimmed, never cleaned. */
  text: string;
  /** What an authentic sender says of the requester's account; empty where anybody may write. */
  account: AccountFields;
  /** Everything else that the form asked, by its own names. */
  fields: Readonly<Record<string, string>>;
  attachments: readonly Attachment[];
  /** What ties the message to an earlier one: a ticket number or key that the sender quoted. */
  thread: {
    ticketNumber: number | null;
    ticketKey: string | null;
    /** Messages that this one answers, the nearest first, by names that nobody guesses; left out where there are none. */
    belongsTo?: readonly string[];
    /** By what later ones may point at this one. */
    knownAs?: readonly string[];
    /** It is of interest only where it belongs to a ticket: people also talk among themselves. */
    mustBelong?: true;
  };
  /** The requester says with a button that it is solved, whatever the words are. */
  saysSolved?: true;
  /** Somebody at our console tries the channel. */
  isTest?: true;
  /** Where an answer reaches whoever wrote; left out of what is answered by mail. */
  conversation?: Omit<Conversation, 'channel' | 'at'>;
  /** Null where nothing says that a machine wrote it. */
  automatic: Automatic | null;
  /** What it reports of a letter of ours; left out of what is no report. */
  report?: DeliveryReport;
}

/** Who wrote a message of a ticket's conversation. */
export type Author = 'customer' | 'agent' | 'system';
