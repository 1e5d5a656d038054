import { later } from '../../decide/sla/moment.ts';
import type { Occasion } from '../../domain/occasion.ts';
import type { Ticket } from '../../domain/ticket.ts';

/** What a ticket learns by being written to, before anything is judged. */
export function afterHearing(ticket: Ticket, occasion: Occasion): Ticket {
  if (occasion.kind !== 'replied') return ticket;
  const { at, by } = occasion;
  return by === 'agent'
    ? { ...ticket, lastAgentMessageAt: later(at, ticket.lastAgentMessageAt) }
    : { ...ticket, lastCustomerMessageAt: later(at, ticket.lastCustomerMessageAt) ?? at };
}
