import { isIncident } from '../../domain/incident.ts';
import { isOpen, ticketName } from '../../domain/ticket.ts';
import type { LinkedTicket } from '../facts.ts';
import type { IncidentPolicy } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';

/** The ticket is counted among the reports of its incident. */
const ITSELF = 1;

/** Counts the reports of an incident, tells the team of it once, and lets its reports see what became of it. */
export function leadIncident(turn: Turn, policy: IncidentPolicy): void {
  const { linked, similar } = turn.facts;
  if (linked === null) return;
  const { before } = turn;
  if (linked.length !== turn.ticket.linkedCount) {
    turn.change('linkedCount', linked.length, because(turn, 'link.counted', linked));
  }
  if (isNews(turn, policy)) announce(turn, policy, linked);
  if (concernsReports(turn)) turn.wake(linked.map(({ key }) => key));
  if (!before.knownIncident && turn.ticket.knownIncident) turn.wake(similar?.near ?? []);
}

/** So many reports, or a person's word; what was either before was told. */
function isNews({ before, ticket }: Turn, { reports }: IncidentPolicy): boolean {
  const wasOne = before.knownIncident || before.linkedCount + ITSELF >= reports;
  return !wasOne && (ticket.knownIncident || ticket.linkedCount + ITSELF >= reports);
}

/** Its end, and what a person says of it; the rest of its life is its own. */
function concernsReports({ before, ticket }: Turn): boolean {
  return before.knownIncident !== ticket.knownIncident || isOpen(before.status) !== isOpen(ticket.status);
}

function announce(turn: Turn, { notify: to }: IncidentPolicy, linked: readonly LinkedTicket[]): void {
  if (to.length === 0 || !isIncident(turn.ticket)) return;
  const { policy, ticket } = turn;
  const reports = [ticketName(policy.desk.prefix, ticket.number), ...namesOf(turn, linked)];
  const why = { ...because(turn, 'link.announced', linked), params: { to } };
  turn.send(
    {
      kind: 'notify',
      key: `incident:${ticket.key}`,
      notice: 'incident',
      to,
      params: { Reports: reports.join(', ') },
    },
    why,
  );
}

function namesOf({ policy }: Turn, linked: readonly LinkedTicket[]): readonly string[] {
  return linked.map(({ number }) => ticketName(policy.desk.prefix, number));
}

function because(turn: Turn, code: string, linked: readonly LinkedTicket[]): Because {
  const params = { linked: namesOf(turn, linked) };
  return { stage: 'link', code, params, evidence: [], source: { kind: 'policy', name: 'incidents' } };
}
