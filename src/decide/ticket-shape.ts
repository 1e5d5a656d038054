import { ownerOf, type Ticket } from '../domain/ticket.ts';
import { promisedAt } from './sla/due-fields.ts';

/** A ticket as other systems see it, in the API and in events. These names are a promise: scripts rely on them. */
export function ticketShape(ticket: Ticket) {
  return {
    number: ticket.number,
    key: ticket.key,
    subject: ticket.subject,
    requester: { name: ticket.requester.name, email: ticket.requester.email },
    channel: ticket.channel,
    externalId: ticket.externalId,
    language: ticket.language,
    status: ticket.status,
    category: ticket.category,
    severity: ticket.severity,
    priority: ticket.priority,
    queue: ticket.queue,
    assignee: ticket.assignee,
    tags: ticket.tags,
    owner: ownerOf(ticket),
    collaborators: ticket.collaborators,
    handoff: handoffShape(ticket),
    firstResponseDueAt: ticket.firstResponseDueAt,
    resolutionDueAt: ticket.resolutionDueAt,
    promisedResponseAt: promisedAt(ticket, 'first_reply'),
    promisedResolutionAt: promisedAt(ticket, 'resolution'),
    slaState: ticket.slaState,
    needsReview: ticket.needsReview,
    escalationLevel: ticket.escalationLevel,
    accountable: ticket.accountable,
    stepsDone: ticket.stepsDone,
    confidence: ticket.confidence,
    why: ticket.why,
    resolution: ticket.resolution,
    satisfaction: ticket.satisfaction,
    surveyComment: ticket.surveyComment,
    followUpOf: ticket.followUpOf,
    incident: ticket.incident,
    knownIncident: ticket.knownIncident,
    linkedCount: ticket.linkedCount,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
  };
}

/** The latest hand-off. Why it was asked for is for the log, where all of them stand. */
function handoffShape({ handoff }: Ticket) {
  if (handoff === null) return null;
  const { from, to, by, at, way, state, code, answeredBy } = handoff;
  return { from, to, by, at, way, state, code, answeredBy };
}
