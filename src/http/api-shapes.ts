import type { StoredDecision, StoredFile, StoredMessage } from '../db/ticket-queries.ts';
import { promisedAt } from '../decide/sla/due-fields.ts';
import { ownerOf, type Ticket } from '../domain/ticket.ts';

/** A ticket as the API shows it. These names are a promise: scripts rely on them. */
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

/** One message of a ticket's conversation; notes are those with visibility `internal`. */
export function messageShape(message: StoredMessage, files: readonly StoredFile[]) {
  const { id, author, authorName, visibility, text, at } = message;
  const attachments = message.attachments.map(({ name, contentType, size, url }, position) => {
    const file = files.find((each) => each.messageId === id && each.position === position);
    const address = file?.isHere === true ? `/files/${file.id}/${file.token}` : null;
    return { name, contentType, size: file?.size ?? size, url, state: file?.state ?? null, address };
  });
  return { id, author, authorName, visibility, text, at, attachments };
}

/** One decision: the sentence, what it rests on, and who or what decided. */
export function decisionShape(decision: StoredDecision) {
  const { id, at, stage, code, params, field, fromValue, toValue, sentence, evidence, source, opinion } = decision;
  const { configVersion } = decision;
  return {
    id,
    at,
    stage,
    code,
    sentence,
    field,
    from: fromValue,
    to: toValue,
    evidence,
    source,
    params,
    confidence: opinion?.confidence ?? null,
    threshold: opinion?.threshold ?? null,
    runnerUp: opinion?.runnerUp ?? null,
    configVersion,
  };
}
