import type { Connection } from '../../src/db/connection.ts';
import { tickets } from '../../src/db/schema.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aTicket, MORNING } from './builders.ts';
import { knownRequests } from './known-requests.ts';

/** Puts tickets into the tables as they are. */
export async function putTickets({ queries }: Connection, all: readonly Ticket[]): Promise<void> {
  await queries.insert(tickets).values(
    all.map((ticket) => {
      const { key, openedAt, updatedAt } = ticket;
      return { key, ticket, fingerprint: key, openedAt, updatedAt };
    }),
  );
}

/** Solved tickets, numbered from `from`. */
export function solvedTickets(count: number, from = 1): readonly Ticket[] {
  return knownRequests(count).map((request, index) =>
    aTicket({ ...request, number: from + index, status: 'resolved', resolvedAt: MORNING }),
  );
}
