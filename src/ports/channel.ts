import type { DeliveryReport, InboundMessage } from '../domain/message.ts';
import type { Problem } from '../domain/problem.ts';
import type { Delivery, OutgoingMessage } from './notifier.ts';

/** A request as it came in: raw bytes, and headers with lower-case names. */
export interface RawRequest {
  /**
   * The address that was called, with its query, as the sender knows it: some sign it. Not stored, so only there while
   * the sender waits.
   */
  address?: string;
  headers: Readonly<Record<string, string>>;
  /** The body, byte for byte. */
  body: Uint8Array;
  /** The token in the address, `/hooks/<channel>/<token>`; null when there was none. */
  token: string | null;
  receivedAt: Temporal.Instant;
}

/** The secrets of one channel. Two tokens or two signing secrets are accepted while they are rotated. */
export interface ChannelSecrets {
  tokens: readonly string[];
  signing: readonly string[];
}

/** Whether a request is what it claims to be. The reason is for our log; the sender learns nothing from it. */
export type Verdict = { authentic: true } | { authentic: false; reason: string };

/**
 * What could be read of a stored request: messages, or what became of messages of ours, or both; nothing worth a ticket
 * (with the messages that it would make, should a person think otherwise); or a problem.
 */
export type Parsed =
  | { kind: 'messages'; messages: readonly InboundMessage[]; reports?: readonly DeliveryReport[] }
  | { kind: 'ignored'; reason: string; messages: readonly InboundMessage[] }
  | { kind: 'unreadable'; problem: Problem };

/** What was made of a request that we accepted: the id of its record, and whether it was there before. */
export interface Receipt {
  id: string;
  isRepeat: boolean;
  /** The ticket as people call it, where the channel waits for it and there is one by then. */
  ticket?: string;
}

/** Something that the sender keeps, and how it is fetched. */
export interface FileLink {
  url: string;
  /** What is shown there; names in lower case. Left off where a redirect leaves the sender's own host. */
  headers: Readonly<Record<string, string>>;
  /** It lies on a server that the admin named, which may be in our own network; no redirect is followed then. */
  internal?: boolean;
}

/** Hands over requests that a channel fetched or heard by itself. Settles once they are on disk, or throws. */
export type Deliver = (request: Omit<RawRequest, 'token' | 'receivedAt'>) => Promise<Receipt>;

/** What a channel works with that keeps a connection to its system. */
export interface Listening {
  deliver: Deliver;
  /** What the channel must find again after a restart: how far it has read. */
  memory: { get(name: string): Promise<unknown>; set(name: string, value: unknown): Promise<void> };
  /** Lets time pass; ends early when the channel is to be closed. */
  pause: (milliseconds: number) => Promise<void>;
  /** Told to end. */
  signal: AbortSignal;
}

/** Where mail of ours is answered, so that the answer reaches a channel. */
export interface AnsweredAt {
  /** Null where it is the address from which our mail goes. */
  address: string | null;
  /** Whether the address may bear something behind a plus, by which the answer finds its ticket. */
  plus: boolean;
}

/** What the sender is told, where it needs something else than the usual. Header names in lower case. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What a person at our console wants said by a request that tries a channel. */
export interface TestMessage {
  /** Another each time, of small letters and digits: stands where the sender's system would give its ids. */
  id: string;
  subject: string;
  text: string;
  name: string;
  /** Null where nobody knows one. */
  email: string | null;
  /** The address of the channel, as `RawRequest` has it; some sign it. */
  address: string;
  at: Temporal.Instant;
}

/** A request as the sender's system would make it. */
export type Sample = Pick<RawRequest, 'headers' | 'body' | 'token'>;

/** What our request form shows for a channel. */
export interface RequestForm {
  heading: string;
  /** The line below the heading. */
  intro: string;
  /** Name of the field that people do not see. */
  honeypot: string;
  /** Name of the field in which the page says when it was shown. */
  shownAt: string;
}

/**
 * A way in. Three pure steps, and for those systems that need it a word or two more: the inbox does the storing,
 * limiting and answering, so that no connector can forget to.
 */
export interface Channel {
  /** Checks signature or token over the raw bytes, in constant time. */
  verify(request: RawRequest, secrets: ChannelSecrets): Verdict | Promise<Verdict>;
  /** The sender's own id of this delivery; null when it has none, and then the content counts. */
  deliveryId(request: RawRequest): string | null;
  /** Understands a stored request. Never throws: what cannot be read is `unreadable`. */
  parse(request: RawRequest): Parsed | Promise<Parsed>;
  /** The bytes of a file in a stored request, by the `part` of its attachment; null when it has no such file. */
  file?(request: RawRequest, part: number): Promise<Uint8Array | null>;
  /**
   * How a file that came as a link is fetched, where the sender wants to know who asks, or gave an id in place of an
   * address. Throws a `Problem`. Left out: as anybody would.
   */
  linkTo?(url: string): Promise<FileLink>;
  /** The secret without which nobody can be told from anybody; until it is set the channel is closed. */
  readonly needs?: 'token' | 'signing' | 'either';
  /**
   * What is said to a sender that shakes hands, or opens a dialogue, and brings no message; null for a message. Asked
   * of authentic requests. Nothing of them is stored.
   */
  greet?(request: RawRequest): Promise<Answer | null>;
  /** The same of a request with GET, which proves itself, if at all, by its query; null when it does not. */
  greetGet?(request: RawRequest, secrets: ChannelSecrets): Answer | null;
  /** The sender's answer after we accepted, where it needs another than 202 with the id; null for that one. */
  answer?(request: RawRequest, receipt: Receipt): Answer | null;
  /** So many seconds the sender may wait for `answer`, so that it can name the ticket; left out, none. */
  readonly waitsSeconds?: number;
  /** In place of the usual status of a refusal another, for senders that would drop the message or switch themselves off. */
  readonly statuses?: Readonly<Partial<Record<401 | 413 | 429 | 503, number>>>;
  /**
   * What the sender's system knows beyond the request, put into what was parsed: the address of a chat's user. Asked
   * before a ticket is made, and not waited for any longer than a few seconds. Throws a `Problem` where it cannot be
   * known now, and the ticket goes on without.
   */
  complete?(parsed: Parsed): Promise<Parsed>;
  /**
   * Answers where somebody wrote, for a message whose `conversation` led there. Settles within a minute or so; throws a
   * `Problem` whose `retry` says whether trying again can help.
   */
  send?(message: OutgoingMessage): Promise<Delivery>;
  /**
   * Keeps a connection to the sender's system and hands over what comes, until `signal` says to end; settles then.
   * Throws a `Problem` where the connection is lost, and is called again after a while.
   */
  listen?(given: Listening): Promise<void>;
  /** Where mail is answered so that the answer arrives here; left out of channels that take no mail. */
  readonly answeredAt?: AnsweredAt;
  /**
   * A request as the sender's system would make it, by which people try the channel. Null where the secrets in force sign
   * nothing; left out where only the sender can make one.
   */
  sample?(said: TestMessage, secrets: ChannelSecrets): Sample | null;
  /** The page at `/forms/<channel>`; without it the channel has none. */
  readonly form?: RequestForm;
}

/** A channel that needs nobody else to tell who sent a request, and what it says. */
export interface PlainChannel extends Channel {
  verify(request: RawRequest, secrets: ChannelSecrets): Verdict;
  parse(request: RawRequest): Parsed;
}
