/** Everything that is told of tickets to systems that follow them, and when. The docs have these words. */
export const EVENTS = {
  'ticket.created': 'A ticket came to be: a request came in, somebody typed it, or a row was found in the base.',
  'ticket.updated': 'A field of it changed later on, whichever; `changes` has all of them.',
  'ticket.assigned': 'Somebody has it now who did not have it before.',
  'ticket.handed_off': 'Another queue took it over by a hand-off.',
  'ticket.status_changed': 'Its status changed, whatever to.',
  'ticket.resolved': 'It was open, and is resolved.',
  'ticket.closed': 'It is closed, and nobody is expected to come back to it.',
  'ticket.reopened': 'It was resolved or closed, and is open again.',
  'ticket.priority_changed': 'Its priority changed after it came to be.',
  'ticket.escalated': 'Its escalation level rose.',
  'ticket.deescalated': 'Its escalation level fell.',
  'ticket.sla_warning': 'A target or a promise is nearly used up. Each tells of itself once.',
  'ticket.sla_breached': 'A target or a promise was missed. Each tells of itself once.',
  'ticket.became_incident': 'Others report what it is about, or a person says that they will.',
  'ticket.linked_to_incident': 'It reports an incident, and waits for the ticket of that.',
  'ticket.message_received': 'Its requester wrote again. What was written first is in `ticket.created`.',
  'ticket.message_sent': 'An answer of the team or a letter of the desk is on its way to the requester.',
  'ticket.rated': 'Its requester said how it was.',
} as const;

export type EventType = keyof typeof EVENTS;

// The type of the keys of an object is known to be these alone, as it is a constant.
export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];

/** Something that happened to a ticket, for systems that follow it. */
export interface TicketEvent {
  type: EventType;
  /** The sentence that tells why. */
  why: string;
  /** What was written, of events that are about that. */
  message: EventMessage | null;
}

/** A message of the conversation; never a note, which stays in the house. */
export interface EventMessage {
  by: 'requester' | 'agent' | 'desk';
  name: string;
  text: string;
}

/** A subscription was switched off, as its receiver wants no more, or did not take any for days. */
export interface SwitchedOff {
  subscription: string;
  at: Temporal.Instant;
  /** What was said, or went wrong, last. */
  reason: string;
  /** The ticket of the event that it did not take. */
  ticketKey: string;
  /** Agents and mail addresses. */
  to: readonly string[];
}
