import type { Ticket } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';
import type { Turn } from '../turn.ts';

/** Whether a ticket waits for its incident to end, so that nobody is to be given it. */
export function waitsForIncident({ incident, incidentReport }: Ticket, { incidents }: Policy): boolean {
  return incidents !== null && incident !== null && incidentReport?.endedAt === null;
}

/** Whether the ticket was resolved just now because its incident was, and not by a person's word about itself. */
export function wasEndedByIncident({ before, ticket, occasion }: Turn): boolean {
  const end = ticket.incidentReport?.endedAt ?? null;
  const isSaid = occasion.kind === 'edited' && occasion.changes.some(({ field }) => field === 'status');
  return end !== null && !isSaid && before.incidentReport?.endedAt?.equals(end) !== true;
}
