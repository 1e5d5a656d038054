import type { EventType, WebhookEvent } from './event.ts';

/** What happened, before it is an event: others may be told with it. */
export interface Happening {
  type: EventType;
  entity: WebhookEvent['entity'];
  data: Readonly<Record<string, unknown>>;
  authors: WebhookEvent['authors'];
  at: number;
  /** When it is told, whatever comes until then. */
  dueAt: number;
}

/** An event that waits to be sent, or to be sent again. */
export interface Outgoing {
  event: WebhookEvent;
  /** From 1 to 8. */
  attempt: number;
  dueAt: number;
}

/** A subscription, made by hand in the connection's settings (section 8). */
export interface Subscription {
  id: string;
  connectionId: string;
  url: string;
  /** The key that deliveries are signed with, told once in the handshake. */
  verificationToken: string;
  isVerified: boolean;
  /** Whether the handshake is still to be sent. */
  isGreetingDue: boolean;
  types: ReadonlySet<EventType>;
  /** Aggregated until they are due. */
  happenings: Happening[];
  outgoing: Outgoing[];
}
