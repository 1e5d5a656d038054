import type { Ticket } from '../../domain/ticket.ts';
import type { Turn } from '../turn.ts';

/** Whether we wait for what triage must know. Until then nobody is given the ticket. */
export function isAsking({ clarification }: Pick<Ticket, 'clarification'>): boolean {
  return clarification !== null && clarification.endedAt === null;
}

/** Whether a ticket is to be judged as if it had just come in: it did, or what kept it back ended in this turn. */
export function isFresh({ occasion, before, ticket }: Turn): boolean {
  return !isAsking(ticket) && (occasion.kind === 'received' || isAsking(before));
}
