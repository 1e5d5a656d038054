/**
 * Receives: checks who sends, records the raw request on disk, and only then says yes. Nothing is
 * understood here; what a request means is read later from the record.
 */
import type { Problem } from '../domain/problem.ts';
import type { Answer, Deliver, Receipt, RequestForm } from '../ports/channel.ts';

/** A request at the door, its body not read yet. */
export interface Incoming {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The token in the address; null when there was none. */
  token: string | null;
  /** The address that was called, with its query, as the sender knows it. */
  address: string;
  /** Reads the body, and stops as soon as it is larger than so many bytes. */
  readBody(maxBytes: number): Promise<Uint8Array | 'too_large'>;
}

/** What became of a request. */
export type Outcome =
  /** It is on disk. `answer` gives what the channel wants said instead of the usual, after waiting for the ticket. */
  | { kind: 'accepted'; receipt: Receipt; waitsSeconds: number; answer: (receipt: Receipt) => Answer | null }
  /** It brings no message, but shakes hands; nothing of it is kept. */
  | { kind: 'greeted'; answer: Answer }
  /** It is not on disk, and the sender is to know by this status and, where trying again helps, when. */
  | { kind: 'refused'; status: number; problem: Problem; retryAfterSeconds: number | null };

/** A request that a channel turned away, for the one who sets it up. The sender learned less. */
export interface TurnedAway {
  at: Temporal.Instant;
  status: number;
  /** What was seen, and what to compare; nothing of a secret. */
  reason: string;
}

export interface Inbox {
  /** Takes one request over one channel. Throws only when its body cannot be read to the end. */
  receive(channel: string, incoming: Incoming): Promise<Outcome>;
  /** What a channel answers to a request with GET, which brings no message; null where it answers nothing. */
  greet(channel: string, incoming: Omit<Incoming, 'readBody'>): Answer | null;
  /** Takes what a channel fetched or heard by itself. Throws a `Problem` when it cannot be kept now. */
  deliver(channel: string, request: Parameters<Deliver>[0]): Promise<Receipt>;
  /** What a channel turned away last, since the start; null when nothing. */
  lastTurnedAway(channel: string): TurnedAway | null;
  /** What the request form of a channel shows; closed for now; or null when the channel has no such page. */
  requestForm(channel: string): RequestForm | 'closed' | null;
  /** Waits until everything that was taken in is recorded. */
  drained(): Promise<void>;
}
