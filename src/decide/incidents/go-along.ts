import type { Incident } from '../../domain/incident.ts';
import { type IncidentReport, isOpen, recipientOf, ticketName } from '../../domain/ticket.ts';
import { obstacleTo } from '../letters.ts';
import type { IncidentPolicy } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';
import { incidentIn } from './seen.ts';

/**
 * Has a report go along with its incident: its requester is told once of what is known, and it is resolved when the
 * incident is. Who opens it again has it for itself; what happens to the incident then is seen at its next end.
 */
export function goAlong(turn: Turn, policy: IncidentPolicy): void {
  begin(turn);
  const incident = incidentIn(turn, turn.ticket.incident);
  const report = turn.ticket.incidentReport;
  if (incident === null || report === null) return;
  if (incident.isWithdrawn && isSetFree(turn, incident)) return begin(turn);
  if (isToBeTold(incident, report) && policy.template !== null) {
    tell(turn, incident, policy.template);
    turn.keep('incidentReport', { ...report, isTold: true });
  }
  if (hasEnded(incident, report)) endWith(turn, incident, policy);
}

/** A report begins with the link and ends with it. What ended before the link ends nothing. */
function begin(turn: Turn): void {
  const { before, ticket } = turn;
  if (ticket.incident === null) {
    if (ticket.incidentReport !== null) turn.keep('incidentReport', null);
    return;
  }
  if (ticket.incidentReport !== null && before.incident === ticket.incident) return;
  const endedAt = incidentIn(turn, ticket.incident)?.resolvedAt ?? null;
  turn.keep('incidentReport', { isTold: false, endedAt });
}

/** What a person linked by hand stays; the rest was linked because of what a person says is none. */
function isSetFree(turn: Turn, { number }: Incident): boolean {
  return turn.change('incident', null, because(turn, 'link.set_free', number));
}

/** Nothing goes to customers but on a person's word: that of whoever declared the incident. */
function isToBeTold({ isKnown, status }: Incident, { isTold, endedAt }: IncidentReport): boolean {
  return isKnown && !isTold && endedAt === null && isOpen(status);
}

function hasEnded({ resolvedAt }: Incident, { endedAt }: IncidentReport): boolean {
  if (resolvedAt === null) return false;
  return endedAt === null || Temporal.Instant.compare(resolvedAt, endedAt) > 0;
}

function endWith(turn: Turn, incident: Incident, { resolvedTemplate }: IncidentPolicy): void {
  const { isTold = false } = turn.ticket.incidentReport ?? {};
  turn.keep('incidentReport', { isTold, endedAt: incident.resolvedAt });
  if (!isOpen(turn.ticket.status)) return;
  const why = because(turn, 'link.resolved', incident.number);
  turn.change('status', 'resolved', why);
  turn.change('resolvedAt', turn.now, why);
  if (resolvedTemplate !== null) tell(turn, incident, resolvedTemplate);
}

/** The end of an incident counts by its moment, so that one that ends twice tells twice. */
function tell(turn: Turn, incident: Incident, template: string): void {
  const { key } = turn.ticket;
  const [why, to] = [obstacleTo(turn.ticket), recipientOf(turn.ticket)];
  if (why !== null || to === null) {
    const code = 'link.not_told';
    return turn.note({ ...because(turn, code, incident.number), params: { ...params(turn, incident.number), why } });
  }
  const end = incident.resolvedAt === null ? '' : `:${incident.resolvedAt.epochMilliseconds}`;
  const message = {
    kind: 'message',
    key: `incident:${key}:${incident.number}${end}`,
    template,
    to,
    gaps: {
      'incident.message': incident.message,
      'incident.number': ticketName(turn.policy.desk.prefix, incident.number),
    },
  } as const;
  turn.send(message, {
    ...because(turn, 'link.told', incident.number),
    params: { ...params(turn, incident.number), to },
  });
}

function params({ policy }: Turn, number: number) {
  return { incident: ticketName(policy.desk.prefix, number) };
}

function because(turn: Turn, code: string, number: number): Because {
  return {
    stage: 'link',
    code,
    params: params(turn, number),
    evidence: [],
    source: { kind: 'policy', name: 'incidents' },
  };
}
