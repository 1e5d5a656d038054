import type { InboundMessage } from './message.ts';
import type { FieldValue, TicketField } from './ticket.ts';

/** A field that changed from one value to another. */
export interface FieldChange {
  field: TicketField;
  from: FieldValue;
  to: FieldValue;
}

/** Why we look at a ticket now. */
export type Occasion =
  /** A new request became this ticket. */
  | { kind: 'received'; message: InboundMessage }
  /** Somebody wrote on a ticket that exists. */
  | { kind: 'replied'; by: 'customer' | 'agent'; name: string; text: string; at: Temporal.Instant }
  /** A person changed fields in the base or in the console. The ticket shows them as they were before. */
  | { kind: 'edited'; by: string; at: Temporal.Instant; changes: readonly FieldChange[] }
  /** `wakeAt` has come, or a slow full pass, or the config changed. */
  | { kind: 'due' }
  /** A person asks for something that is not a field: route it anew. */
  | { kind: 'asked'; by: string; at: Temporal.Instant; what: 'give_back' };
