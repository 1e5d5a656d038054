import { eq, inArray, sql } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { type IncidentFacts, type LinkedTicket, NO_INCIDENTS } from '../decide/facts.ts';
import { mayBeLinked } from '../decide/incidents/join.ts';
import { type Incident, incidentOf, isIncident } from '../domain/incident.ts';
import type { Occasion } from '../domain/occasion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Desk, hold } from './desk.ts';
import { readOn } from './recent-texts.ts';
import { relatedTo } from './related.ts';
import { similarTo } from './similar.ts';

/** What a turn is told of incidents and of related tickets: no more than it asks for, and nothing where none are looked for. */
export async function incidentFacts(desk: Desk, ticket: Ticket, occasion: Occasion): Promise<IncidentFacts> {
  const { incidents: policy, related } = desk.config.policy;
  const asksRelated = related > 0 && occasion.kind === 'received';
  if (policy === null && !asksRelated) return NO_INCIDENTS;
  if (!desk.links.areTextsRead && (asksRelated || asksSimilar(desk, ticket, occasion))) {
    desk.links.areTextsRead = true;
    await readOn(desk.tx, desk.links.recent);
  }
  const similar = policy !== null && asksSimilar(desk, ticket, occasion) ? await similarTo(desk, ticket, policy) : null;
  const named = [ticket.incident, ...namedIn(occasion), ...(similar?.incidents ?? []).map(({ number }) => number)];
  return {
    similar,
    incidents:
      policy === null
        ? []
        : await incidentsNumbered(
            desk,
            named.filter((number) => number !== null),
          ),
    linked: policy !== null && isAsked(desk, ticket, occasion) ? await linkedTo(desk, ticket.number) : null,
    related: asksRelated ? await relatedTo(desk, ticket, related) : [],
  };
}

/** A recent ticket that may report an incident; and one that a person declares one. */
function asksSimilar({ config, now }: Desk, ticket: Ticket, occasion: Occasion): boolean {
  const { incidents } = config.policy;
  if (incidents === null) return false;
  if (isDeclared(occasion)) return true;
  const since = now.subtract({ minutes: incidents.windowMinutes });
  return mayBeLinked(ticket) && Temporal.Instant.compare(ticket.openedAt, since) >= 0;
}

function isAsked({ links: { relinked } }: Desk, ticket: Ticket, occasion: Occasion): boolean {
  return isIncident(ticket) || relinked.has(ticket.number) || isDeclared(occasion);
}

function isDeclared(occasion: Occasion): boolean {
  return (
    occasion.kind === 'edited' && occasion.changes.some(({ field, to }) => field === 'knownIncident' && to === true)
  );
}

/** The numbers that a person wrote as the incident of a ticket. */
function namedIn(occasion: Occasion): readonly number[] {
  if (occasion.kind !== 'edited') return [];
  return occasion.changes.flatMap(({ field, to }) => (field === 'incident' && typeof to === 'number' ? [to] : []));
}

/** The tickets of those numbers, and what these report themselves. */
async function incidentsNumbered(desk: Desk, numbers: readonly number[]): Promise<readonly Incident[]> {
  const first = await ticketsNumbered(desk, numbers);
  const above = first.flatMap(({ incident }) => incident ?? []);
  const all = [...first, ...(await ticketsNumbered(desk, above))];
  return [...new Map(all.map((ticket) => [ticket.number, incidentOf(ticket)])).values()];
}

export async function ticketsNumbered(desk: Desk, numbers: readonly number[]): Promise<readonly Ticket[]> {
  const wanted = new Set(numbers);
  const heldOnes = () => [...desk.held.values()].map(({ ticket }) => ticket).filter(({ number }) => wanted.has(number));
  const known = new Set(heldOnes().map(({ number }) => number));
  const missing = [...wanted].filter((number) => !known.has(number) && Number.isSafeInteger(number));
  if (missing.length > 0) {
    const rows = await desk.tx.select({ key: tickets.key }).from(tickets).where(inArray(tickets.number, missing));
    await hold(
      desk,
      rows.map(({ key }) => key),
    );
  }
  return heldOnes();
}

/** The tickets that report one, those of this transaction as they are now; oldest first. */
async function linkedTo(desk: Desk, number: number): Promise<readonly LinkedTicket[]> {
  const rows = await desk.tx
    .select({ key: tickets.key, number: tickets.number, requester: sql<string>`ticket -> 'requester' ->> 'name'` })
    .from(tickets)
    .where(eq(tickets.incident, number))
    .orderBy(tickets.number);
  const unheld = rows.filter(({ key }) => !desk.held.has(key));
  const heldOnes = [...desk.held.values()].filter(({ ticket }) => ticket.incident === number);
  const now = heldOnes.map(({ ticket: { key, number: its, requester } }) => ({
    key,
    number: its,
    requester: requester.name,
  }));
  return [...unheld, ...now].toSorted((one, other) => one.number - other.number);
}
