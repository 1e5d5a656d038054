import type { Ticket } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';

/** Whether a ticket waits for its incident to end, so that nobody is to be given it. */
export function waitsForIncident({ incident, incidentReport }: Ticket, { incidents }: Policy): boolean {
  return incidents !== null && incident !== null && incidentReport?.endedAt === null;
}
