import type { Status, Ticket } from './ticket.ts';

/** A ticket to which others are linked, or may be, as a turn of theirs sees it. */
export interface Incident {
  key: string;
  number: number;
  subject: string;
  status: Status;
  resolvedAt: Temporal.Instant | null;
  /** A person declared it: what resembles it is linked from the first on. */
  isKnown: boolean;
  /** A person said that it is no incident, after it was one. */
  isWithdrawn: boolean;
  /** What a person wrote of it for the requesters; empty while nobody did. */
  message: string;
  /** The incident that it reports itself; null for nearly all. */
  incident: number | null;
}

/** Whether others report what this ticket is about, or a person says that they will. */
export function isIncident({ linkedCount, knownIncident }: Pick<Ticket, 'linkedCount' | 'knownIncident'>): boolean {
  return linkedCount > 0 || knownIncident;
}

/** What others see of a ticket that may be their incident. */
export function incidentOf(ticket: Ticket): Incident {
  const { key, number, subject, status, resolvedAt, knownIncident, incidentMessage, incident, overrides } = ticket;
  return {
    key,
    number,
    subject,
    status,
    resolvedAt,
    isKnown: knownIncident,
    isWithdrawn: !knownIncident && overrides.knownIncident !== undefined,
    message: incidentMessage ?? '',
    incident,
  };
}
