import type { Router } from 'express';
import express from 'express';
import { ticketName } from '../domain/ticket.ts';
import { createOpenCounts } from './open-counts.ts';
import type { ConsoleParts } from './parts.ts';
import { emptyQueue } from './queue-empty.ts';
import { filterFrom, placeFrom } from './queue-filter.ts';
import { queueMain } from './queue-page.ts';
import { hasTickets, listTickets } from './queue-rows.ts';
import { reachedAt } from './reached-at.ts';
import { requestForm } from './request-form.ts';
import { readTicket } from './ticket-rows.ts';
import type { Door, Visit } from './visit.ts';

/** The list of tickets, which is the front page. */
export function queueRoutes(parts: ConsoleParts, door: Door): Router {
  const router = express.Router();
  const openCounts = createOpenCounts(parts.connection.queries, parts.now);
  router.get(
    '/',
    door.page((visit) => showQueue(visit, parts, openCounts)),
  );
  return router;
}

async function showQueue(
  visit: Visit,
  parts: ConsoleParts,
  openCounts: ReturnType<typeof createOpenCounts>,
): Promise<void> {
  const { queries } = parts.connection;
  const { policy, channels } = visit.config;
  const filter = filterFrom(visit.query);
  const named = numberNamed(filter.search, policy.desk.prefix);
  if (named !== null && (await readTicket(queries, named)) !== null) return visit.goTo(`/tickets/${named}`);
  const after = placeFrom(visit.query('after'));
  const list = await listTickets(queries, filter, after);
  const empty = emptyQueue({
    filter,
    hasTickets: list.rows.length > 0 || (await hasTickets(queries)),
    access: visit.access,
    person: visit.person,
    address: reachedAt(visit.request, parts.status.publicAddress),
    formChannel: requestForm(channels)?.channel ?? null,
  });
  const { person, now } = visit;
  const main = queueMain({
    filter,
    list,
    counts: await openCounts(),
    policy,
    person,
    now,
    isLater: after !== null,
    empty,
  });
  visit.show({ title: 'Queue', place: 'queue', main, search: filter.search });
}

/** The number of a ticket that was searched for by its full name, as `T-1042`; null for any other search. */
function numberNamed(search: string, prefix: string): number | null {
  const digits = /(\d{1,15})$/.exec(search)?.[1];
  if (digits === undefined) return null;
  const number = Number(digits);
  return search.toUpperCase() === ticketName(prefix, number).toUpperCase() || search === `#${number}` ? number : null;
}
