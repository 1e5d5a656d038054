/**
 * Receives: checks who sends, records the raw request on disk, and only then says yes. Nothing is
 * understood here; what a request means is read later from the record.
 */
import type { Problem } from '../domain/problem.ts';
import type { Answer, Receipt, RequestForm } from '../ports/channel.ts';

/** A request at the door, its body not read yet. */
export interface Incoming {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The token in the address; null when there was none. */
  token: string | null;
  /** Reads the body, and stops as soon as it is larger than so many bytes. */
  readBody(maxBytes: number): Promise<Uint8Array | 'too_large'>;
}

/** What became of a request. */
export type Outcome =
  /** It is on disk. `answer` is what the channel wants said instead of the usual. */
  | { kind: 'accepted'; receipt: Receipt; answer: Answer | null }
  /** It is not, and the sender is to know by this status and, where trying again helps, when. */
  | { kind: 'refused'; status: 401 | 413 | 429 | 503; problem: Problem; retryAfterSeconds: number | null };

export interface Inbox {
  /** Takes one request over one channel. Throws only when its body cannot be read to the end. */
  receive(channel: string, incoming: Incoming): Promise<Outcome>;
  /** What the request form of a channel shows; closed for now; or null when the channel has no such page. */
  requestForm(channel: string): RequestForm | 'closed' | null;
  /** Waits until everything that was taken in is recorded. */
  drained(): Promise<void>;
}
