import type { InboundMessage } from '../domain/message.ts';
import type { Problem } from '../domain/problem.ts';

/** A request as it came in: raw bytes, and headers with lower-case names. */
export interface RawRequest {
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
 * What could be read of a stored request: one message or more, nothing worth a ticket (with the messages
 * that it would make, should a person think otherwise), or a problem.
 */
export type Parsed =
  | { kind: 'messages'; messages: readonly InboundMessage[] }
  | { kind: 'ignored'; reason: string; messages: readonly InboundMessage[] }
  | { kind: 'unreadable'; problem: Problem };

/** What was made of a request that we accepted: the id of its record, and whether it was there before. */
export interface Receipt {
  id: string;
  isRepeat: boolean;
}

/** What the sender is told, where it needs something else than the usual. Header names in lower case. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What our request form shows for a channel. */
export interface RequestForm {
  heading: string;
  /** The line below the heading. */
  intro: string;
  /** Name of the field that people do not see. */
  honeypot: string;
}

/**
 * A way in. Three pure steps and nothing else: the inbox does the storing, limiting and answering,
 * so that no connector can forget to.
 */
export interface Channel {
  /** Checks signature or token over the raw bytes, in constant time. */
  verify(request: RawRequest, secrets: ChannelSecrets): Verdict;
  /** The sender's own id of this delivery; null when it has none, and then the content counts. */
  deliveryId(request: RawRequest): string | null;
  /** Understands a stored request. Never throws: what cannot be read is `unreadable`. */
  parse(request: RawRequest): Parsed;
  /** The bytes of a file in a stored request, by the `part` of its attachment; null when it has no such file. */
  file?(request: RawRequest, part: number): Promise<Uint8Array | null>;
  /** The secret without which nobody can be told from anybody; until it is set the channel is closed. */
  readonly needs?: 'token' | 'signing';
  /** The sender's answer after we accepted, where it needs another than 202 with the id; null for that one. */
  answer?(request: RawRequest, receipt: Receipt): Answer | null;
  /** The page at `/forms/<channel>`; without it the channel has none. */
  readonly form?: RequestForm;
}
