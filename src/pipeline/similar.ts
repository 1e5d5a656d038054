import { and, desc, eq, inArray } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { holds, subjectOf } from '../decide/conditions/index.ts';
import type { SimilarTickets } from '../decide/facts.ts';
import { JOIN_SHARE, mayBeLinked } from '../decide/incidents/join.ts';
import { type Between, groupAround, likenessTo } from '../decide/likeness/group.ts';
import type { IncidentPolicy } from '../decide/policy.ts';
import { houseOf } from '../decide/customers/house.ts';
import { isIncident } from '../domain/incident.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import { type Desk, hold } from './desk.ts';
import { addText } from './recent-texts.ts';

/** So much less than what makes a report may become one as more is known of an incident. */
const NEAR_SHARE = JOIN_SHARE * 0.8;

/** A colleague who writes on the same day more likely means the same. */
const SAME_HOUSE = 1.1;

/** More tickets than these are not looked at for one. */
const MOST_NEAR = 50;

/** Incidents that go on at a time; of each so many reports tell what it is about. */
const MOST_INCIDENTS = 50;
const MOST_REPORTS = 20;

/** What recent open tickets have in common with this one. Held and unsaved tickets count as they are now. */
export async function similarTo(desk: Desk, ticket: Ticket, policy: IncidentPolicy): Promise<SimilarTickets> {
  const { index } = desk.links.recent;
  addText(desk.links.recent, ticket);
  const near = index.near(ticket.key, { atLeast: policy.similarity * NEAR_SHARE, most: MOST_NEAR });
  const free = await freeAmong(
    desk,
    near.map(({ key }) => key),
    policy,
  );
  const between: Between = (one, other) => index.between(one, other) * (isSameHouse(desk, one, other) ? SAME_HOUSE : 1);
  const reports = free.filter((other) => holds(policy.when, subjectOf(other, desk.now)) !== null);
  const group = groupAround(
    ticket.key,
    reports.map(({ key }) => key),
    { between, atLeast: policy.similarity },
  );
  return {
    incidents: await incidentsNear(desk, ticket, between),
    group: group
      .flatMap(({ key, score }) => reports.filter((other) => other.key === key).map((other) => memberOf(other, score)))
      .toSorted((one, other) => one.number - other.number),
    near: free.map(({ key }) => key),
  };
}

function memberOf({ key, number, requester }: Ticket, score: number): SimilarTickets['group'][number] {
  return { key, number, requester: requester.email ?? key, score };
}

/** Of those tickets the ones that are recent and open, and report nothing yet. */
async function freeAmong(desk: Desk, keys: readonly string[], policy: IncidentPolicy): Promise<readonly Ticket[]> {
  const unheld = keys.filter((key) => !desk.held.has(key));
  const since = desk.now.subtract({ minutes: policy.windowMinutes });
  if (unheld.length > 0) {
    const open = and(inArray(tickets.key, unheld), eq(tickets.isOpen, true), eq(tickets.isIncident, false));
    const rows = await desk.tx.select({ key: tickets.key, openedAt: tickets.openedAt }).from(tickets).where(open);
    const recent = rows.filter(({ openedAt }) => Temporal.Instant.compare(openedAt, since) >= 0);
    await hold(
      desk,
      recent.map(({ key }) => key),
    );
  }
  return keys
    .flatMap((key) => desk.held.get(key)?.ticket ?? [])
    .filter((ticket) => mayBeLinked(ticket) && Temporal.Instant.compare(ticket.openedAt, since) >= 0);
}

function isSameHouse({ held }: Desk, one: string, other: string): boolean {
  const [here, there] = [one, other].map((key) => houseOf(held.get(key)?.ticket.requester.email ?? null));
  return here !== undefined && here !== null && here === there;
}

/** The incidents that go on, each with what it has in common with this ticket. */
async function incidentsNear(desk: Desk, { key }: Ticket, between: Between): Promise<SimilarTickets['incidents']> {
  const open = await openIncidents(desk);
  const near = open.map((incident) => {
    addText(desk.links.recent, incident);
    const known = [incident.key, ...(desk.links.reports.get(incident.number) ?? [])].filter((each) => each !== key);
    return { number: incident.number, score: likenessTo(known, key, between) };
  });
  const together = desk.links.foundTogether.get(key);
  return (together === undefined ? near : [together, ...near.filter(({ number }) => number !== together.number)])
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
}

/** Read once for a transaction, with the reports of each; what its turns change is seen in what they hold. */
async function openIncidents(desk: Desk): Promise<readonly Ticket[]> {
  if (!desk.links.areIncidentsRead) {
    desk.links.areIncidentsRead = true;
    const rows = await desk.tx
      .select({ key: tickets.key, number: tickets.number })
      .from(tickets)
      .where(and(eq(tickets.isIncident, true), eq(tickets.isOpen, true)))
      .orderBy(desc(tickets.number))
      .limit(MOST_INCIDENTS);
    await hold(
      desk,
      rows.map(({ key }) => key),
    );
    await readReports(
      desk,
      rows.map(({ number }) => number),
    );
  }
  return [...desk.held.values()]
    .map(({ ticket }) => ticket)
    .filter((ticket) => isIncident(ticket) && isOpen(ticket.status) && ticket.incident === null);
}

async function readReports(desk: Desk, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  const rows = await desk.tx
    .select({ key: tickets.key, incident: tickets.incident })
    .from(tickets)
    .where(inArray(tickets.incident, [...numbers]))
    .orderBy(desc(tickets.number))
    .limit(MOST_INCIDENTS * MOST_REPORTS);
  for (const { key, incident } of rows) noteReport(desk, key, { from: null, to: incident });
}

/** Keeps the reports of each incident true while a transaction lasts. */
export function noteReport(
  { links }: Pick<Desk, 'links'>,
  key: string,
  { from, to }: { from: number | null; to: number | null },
): void {
  if (from !== null) links.reports.get(from)?.delete(key);
  if (to === null) return;
  const reports = links.reports.get(to) ?? new Set();
  if (reports.size < MOST_REPORTS) reports.add(key);
  links.reports.set(to, reports);
}
