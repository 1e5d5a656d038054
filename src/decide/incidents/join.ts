import { isIncident } from '../../domain/incident.ts';
import { isOpen, type Ticket, ticketName } from '../../domain/ticket.ts';
import type { SimilarTickets } from '../facts.ts';
import { holds } from '../conditions/index.ts';
import type { Proof } from '../condition.ts';
import type { IncidentPolicy } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';
import { incidentIn } from './seen.ts';

/** What is known of an incident grows with each report, so that the next may put it in other words still. */
export const JOIN_SHARE = 0.85;

/** Links a ticket to an incident that goes on, or to the oldest of so many that they are one. */
export function joinIncident(turn: Turn, policy: IncidentPolicy): void {
  const { similar } = turn.facts;
  if (similar === null || !mayBeLinked(turn.ticket)) return;
  const proof = holds(policy.when, turn.subject);
  const joined =
    joinOpen(turn, { policy, similar, proof }) || (proof !== null && findNew(turn, { policy, similar, proof }));
  if (joined) turn.wake(similar.near);
}

/** A ticket that reports nothing yet, leads nothing, and of which nobody said that it stands for itself. */
export function mayBeLinked(ticket: Ticket): boolean {
  const { incident, overrides, status } = ticket;
  return incident === null && overrides.incident === undefined && isOpen(status) && !isIncident(ticket);
}

interface Look {
  policy: IncidentPolicy;
  similar: SimilarTickets;
  proof: Proof | null;
}

/** What a person declared takes whatever resembles it; what was only found takes what may be a report. */
function joinOpen(turn: Turn, { policy, similar, proof }: Look): boolean {
  for (const { number, score } of similar.incidents) {
    const incident = incidentIn(turn, number);
    if (incident === null || score < policy.similarity * JOIN_SHARE) continue;
    if (incident.isWithdrawn || !isOpen(incident.status) || !(incident.isKnown || proof !== null)) continue;
    const code = incident.isKnown ? 'link.joined_known' : 'link.joined';
    const evidence = incident.isKnown ? [] : (proof ?? []);
    return turn.change('incident', number, { ...because(turn, code, { number, score }), evidence });
  }
  return false;
}

/** Reports count by requester: who writes five times has no five customers. The oldest stands for all. */
function findNew(turn: Turn, { policy, similar: { group }, proof }: Look): boolean {
  const { key, number, requester } = turn.ticket;
  const requesters = new Set([requester.email ?? key, ...group.map((each) => each.requester)]);
  const [oldest] = group;
  if (oldest === undefined || requesters.size < policy.reports) return false;
  if (oldest.number > number) return true;
  const others = group.slice(1).map((each) => ticketName(turn.policy.desk.prefix, each.number));
  const score = group.reduce((sum, each) => sum + each.score, 0) / group.length;
  const why = because(turn, 'link.found', { number: oldest.number, score });
  return turn.change('incident', oldest.number, { ...why, params: { ...why.params, others }, evidence: proof ?? [] });
}

function because({ policy }: Turn, code: string, { number, score }: { number: number; score: number }): Because {
  const params = { incident: ticketName(policy.desk.prefix, number), percent: Math.round(score * 100) };
  return { stage: 'link', code, params, evidence: [], source: { kind: 'policy', name: 'incidents' } };
}
