import { ERASED } from '../domain/erasure.ts';
import type { Opinion } from '../domain/opinion.ts';
import type { FieldValue, Override, Ticket, TicketField } from '../domain/ticket.ts';

/** The fields that hold words of people; all others hold names of the config, numbers and moments. */
const WORDED: ReadonlySet<string> = new Set<TicketField>([
  'subject',
  'summary',
  'resolution',
  'surveyComment',
  'incidentMessage',
  'accountable',
]);

/** Whether a field may hold words of people. */
export function isWorded(field: string | null): boolean {
  return field !== null && WORDED.has(field);
}

/**
 * The ticket without who asked and what anybody wrote in it. What reports count stays: times, categories, who worked on
 * it, how it ended.
 */
export function redactedTicket(ticket: Ticket, { name, why }: { name: string; why: string }): Ticket {
  return {
    ...ticket,
    subject: ERASED,
    description: ERASED,
    requester: { name, email: null, account: {} },
    externalId: null,
    fields: {},
    row: {},
    temper: ticket.temper === null ? null : { ...ticket.temper, quotes: [] },
    opinions: ticket.opinions.map(withoutWords),
    proposals: ticket.proposals.map((proposal) => ({ ...proposal, words: [], nearest: null })),
    summary: null,
    why,
    handoff: ticket.handoff === null ? null : { ...ticket.handoff, reason: null },
    draft: null,
    suggestion: null,
    clarification: null,
    conversation: null,
    mute: null,
    related: ticket.related.map((each) => ({ ...each, subject: ERASED })),
    incidentMessage: null,
    resolution: null,
    surveyComment: null,
    silence: null,
    summaryDueAt: null,
    checkIns: [],
    overrides: Object.fromEntries(
      Object.entries(ticket.overrides).map(([field, override]) => [field, redactedOverride(field, override)]),
    ),
  };
}

function withoutWords(opinion: Opinion): Opinion {
  const reading = opinion.reading === null ? null : { ...opinion.reading, reason: '', summary: null, fields: {} };
  return { ...opinion, words: [], nearest: null, reading };
}

function redactedOverride(field: string, override: Override): Override {
  if (!isWorded(field)) return override;
  const hidden = (value: FieldValue) => (value === null ? null : ERASED);
  return { ...override, from: hidden(override.from), to: hidden(override.to) };
}

/** A ticket of somebody else, which names some of these tickets by their subjects. */
export function withoutSubjectsOf(ticket: Ticket, numbers: ReadonlySet<number>): Ticket {
  const isNamed = (near: { number: number } | null) => near !== null && numbers.has(near.number);
  return {
    ...ticket,
    related: ticket.related.map((each) => (numbers.has(each.number) ? { ...each, subject: ERASED } : each)),
    opinions: ticket.opinions.map((each) => (isNamed(each.nearest) ? { ...each, nearest: null } : each)),
    proposals: ticket.proposals.map((each) => (isNamed(each.nearest) ? { ...each, nearest: null } : each)),
  };
}
