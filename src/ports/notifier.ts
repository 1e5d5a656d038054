/** A message on its way out. Plain text; the notifier dresses it as its system wants. */
export interface OutgoingMessage {
  /** The same for every attempt, so that the receiving side can recognise a repeat. */
  key: string;
  to: string;
  subject: string;
  text: string;
}

/** What became of it: sent, or not tried because nothing is configured to send it with. */
export type Delivery = { kind: 'sent'; id: string } | { kind: 'not_configured'; reason: string };

/** A way out. Throws a `Problem` whose `retry` says whether trying again can help. */
export interface Notifier {
  send(message: OutgoingMessage): Promise<Delivery>;
}
