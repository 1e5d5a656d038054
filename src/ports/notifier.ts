/** A message on its way out. Plain text; the notifier dresses it as its system wants. */
export interface OutgoingMessage {
  /** The same for every attempt, so that the receiving side can recognise a repeat. */
  key: string;
  /**
   * An address, or what the channel or the way calls whoever or wherever it is for; empty for the one room that a way
   * has by itself.
   */
  to: string;
  /** The thread within it; null where there are none. */
  thread: string | null;
  subject: string;
  text: string;
  /** The same as a page of our own, for mail; left out where the text is all. */
  html?: string;
  /**
   * Who speaks: a person; a machine that answers what the receiver wrote; or a machine of its own accord.
   * Other machines must not answer the last two, or two of them never stop.
   */
  voice: 'person' | 'answer' | 'notice';
  /** What leads an answer by mail to its ticket; left out of what is not answered by mail. */
  ties?: MailTies;
  /** Seconds since the receiver wrote last in the chat in which this goes out; left out where nobody knows, and of mail. */
  silentSeconds?: number;
  /** Of a notice to the team, its parts, for systems that can show more than text; left out of what is for requesters. */
  notice?: Notice;
}

/**
 * What a notice to the team says. Words of requesters are in it, so that nothing of it may be read as markup, and
 * nobody be mentioned but its people.
 */
export interface Notice {
  /** Whom it is for, where it goes into a room; empty where it goes to one person alone. */
  people: readonly Addressee[];
  /** One, or of a digest several, each with the page of its ticket; null where nobody knows our own address. */
  items: readonly NoticeItem[];
}

export interface NoticeItem {
  /** What it tells of, one of the kinds of notices, for machines that read it. */
  kind?: string;
  title: string;
  text: string;
  link: string | null;
}

/** Somebody of the team, or an address. */
export interface Addressee {
  name: string;
  email: string | null;
  /** What the system of the way knows them by; null where nobody said. */
  handle: string | null;
}

/** What a mail bears so that the answer to it finds the ticket. */
export interface MailTies {
  /** To which address people answer; null where it is that from which the mail goes. */
  address: string | null;
  /** What stands behind a plus in that address; null where nothing may. */
  token: string | null;
  /** Names of the messages of the ticket so far, the latest last. */
  earlier: readonly string[];
}

/**
 * What became of it: sent, or not tried because nothing is configured to send it with. `fix` says what to do
 * where setting what the reason names is not it. Or refused for good, as nothing arrives at that address; the reason is
 * in the words of its server. `knownAs` are names by which answers will point at it.
 */
export type Delivery =
  | { kind: 'sent'; id: string; knownAs?: readonly string[] }
  | { kind: 'not_configured'; reason: string; fix?: string }
  | { kind: 'no_such_address'; reason: string };

/** A text in the DNS. */
export interface TxtRecord {
  /** Under which name it stands: `desk._domainkey.example.com`. */
  name: string;
  text: string;
}

/** A way out. */
export interface Notifier {
  /** Settles within a minute or so. Throws a `Problem` whose `retry` says whether trying again can help. */
  send(message: OutgoingMessage): Promise<Delivery>;
  /** Finds out whether it could send, and sends nothing. Throws a `Problem` when not. Absent when that cannot be known. */
  check?(): Promise<void>;
  /** What must stand in the DNS so that what it sends is believed. Absent when nothing must. */
  readonly dns?: readonly TxtRecord[];
  /** Lets go of connections that are kept open. Absent when there are none. */
  close?(): void;
}
