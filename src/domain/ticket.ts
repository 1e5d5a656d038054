import type { Clarification } from './clarification.ts';
import type { Clock } from './clock.ts';
import type { Conversation } from './conversation.ts';
import type { Escalation } from './escalation.ts';
import type { CheckIn, Predecessor, Score, Silence } from './follow-up.ts';
import type { Temper } from './frustration.ts';
import type { Handoff } from './handoff.ts';
import type { Advice, Giver, Mistake, Opinion } from './opinion.ts';
import type { Priority } from './priority.ts';
import type { Progress } from './progress.ts';
import type { Proposal } from './proposal.ts';
import type { Requester } from './requester.ts';
import type { SelfService } from './self-service.ts';
import type { Severity } from './severity.ts';
import type { ModelDraft, Suggestion } from './suggestion.ts';

export { PRIORITIES, type Priority } from './priority.ts';
export { SEVERITIES, type Severity } from './severity.ts';

/** The life of a ticket. A team's own names for these are mapped in `desk.yaml`. */
export const STATUSES = ['new', 'open', 'pending', 'on_hold', 'needs_info', 'resolved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** The state of the most urgent clock that is still running or was last to end. */
export const SLA_STATES = ['none', 'on_track', 'warning', 'breached', 'paused', 'met'] as const;
export type SlaState = (typeof SLA_STATES)[number];

/** Channels of tickets that people type; all others are those of the config. */
export const TYPED_CHANNELS = ['console', 'base', 'phone', 'in_person'] as const;

/** What a person chose by hand. Automation leaves such a field alone. */
export interface Override {
  by: string;
  at: Temporal.Instant;
  from: FieldValue;
  to: FieldValue;
  /** Of a category: who had said something else. Left out where nobody had. */
  mistakes?: readonly Mistake[];
}

/** Where a ticket without an assignee stands in its queue's fallback chain. */
export interface Waiting {
  /** The queue whose fallback chain is followed; it may have led to another queue meanwhile. */
  queue: string;
  /** Since when nobody could take it. */
  startedAt: Temporal.Instant;
  /** How many steps of the fallback chain have been taken. */
  step: number;
}

/** Why nothing is written to the requester's address of our own accord. */
export interface Mute {
  /** A machine wrote from it, or a letter to it came back. */
  why: 'machine' | 'bounced';
  address: string;
  /** What says so. */
  evidence: string;
  at: Temporal.Instant;
}

/** Letters that went to the requester of our own accord, since the first of the latest 24 hours. */
export interface Letters {
  firstAt: Temporal.Instant;
  count: number;
}

/** What a report of an incident remembers beyond the link to it, which is a field of the ticket. */
export interface IncidentReport {
  /** Whether its requester was told what is known, or could not be told. */
  isTold: boolean;
  /** Which end of the incident it has gone along with; null while the incident goes on. An end counts once. */
  endedAt: Temporal.Instant | null;
}

/** A ticket that has to do with another: by what it is about, or by who asks. */
export interface RelatedTicket {
  number: number;
  by: 'text' | 'requester' | 'account';
  /** As it was when the two met. */
  status: Status;
  subject: string;
}

/**
 * One request and everything that was decided about it.
 *
 * Every property whose name is or ends in `at`/`At` is an instant, and no other is; `kit/json.ts` relies on it.
 */
export interface Ticket {
  /** ULID, given at intake; the key by which every store recognises its row. */
  key: string;
  /** Counts up from `desk.yaml`'s `firstNumber`; shown with the desk's prefix, as T-1042. */
  number: number;
  subject: string;
  description: string;
  requester: Requester;
  channel: string;
  externalId: string | null;
  /** What the form asked beyond the fields above, and what was drawn out of what the requester wrote. */
  fields: Readonly<Record<string, string>>;
  /** What its row says in columns of the team's own, by their names in small letters: those that rules ask for. */
  row: Readonly<Record<string, RowValue>>;
  /** In which the request is written, as two letters of ISO 639-1; null while nobody knows. */
  language: string | null;
  /** Null where no words of the requester tell of lost patience, and on a desk that does not ask. */
  temper: Temper | null;

  status: Status;
  category: string | null;
  severity: Severity | null;
  priority: Priority;
  tags: readonly string[];
  /** Never empty: a ticket always stands in a queue. */
  queue: string;
  assignee: string | null;
  needsReview: boolean;
  /** The steps of its category that people ticked. */
  stepsDone: readonly string[];
  /** 0 while it is not escalated, else 1 to 3. The status beneath stays. */
  escalationLevel: number;
  /** Who sees to it that the escalation ends well: an agent, a queue or a mail address. */
  accountable: string | null;
  /** 0..1, of the opinion that gave the category; null when a rule or a person gave it. */
  confidence: number | null;
  /** What gave the category; null where a person did, and where there is none. */
  categoryFrom: Giver | null;
  /** The latest of each model of its text, the learned one first; empty where none has any. */
  opinions: readonly Opinion[];
  /** What was learned would have of fields that it does not set; some of it may stand there by now. */
  proposals: readonly Proposal[];
  /** Null for a ticket about which no language model was asked. */
  advice: Advice | null;
  /** What a language model made of the text in a sentence or two, for the team; it never stands in for the text. */
  summary: string | null;
  /** The sentence of the latest turn. */
  why: string;

  clocks: readonly Clock[];
  firstResponseDueAt: Temporal.Instant | null;
  resolutionDueAt: Temporal.Instant | null;
  slaState: SlaState;
  waiting: Waiting | null;
  /** Since when its assignee has done nothing with it, in a queue that waits only so long; else null. */
  givenAt: Temporal.Instant | null;
  /** Who gave it back or did nothing with it, since somebody last worked on it. It does not come to them by itself. */
  declinedBy: readonly string[];
  /** Null for a ticket that nobody ever handed off. */
  handoff: Handoff | null;
  /** Queues that help while the ticket stays where it is. */
  collaborators: readonly string[];
  /** Null while nothing is offered to whoever answers. */
  suggestion: Suggestion | null;
  /** Null for a ticket for which no language model writes. */
  draft: ModelDraft | null;
  /** Null for a ticket of which nothing had to be asked. */
  clarification: Clarification | null;
  /** Null for a ticket whose requester was not asked to help themselves. */
  selfService: SelfService | null;
  /** A quick exchange, without clocks until it becomes more. */
  isLight: boolean;
  /** Null where the requester is answered by mail, or not at all. */
  conversation: Conversation | null;
  mute: Mute | null;
  letters: Letters | null;
  /** Null for a ticket that was never escalated. */
  escalation: Escalation | null;
  progress: Progress | null;
  /** The number of the ticket whose incident this one reports; null for one that stands for itself. */
  incident: number | null;
  /** Null for a ticket that reports no incident. */
  incidentReport: IncidentReport | null;
  /** A person declared it an incident: what resembles it is linked to it. */
  knownIncident: boolean;
  /** What a person wrote of the incident for those who report it. */
  incidentMessage: string | null;
  /** How many tickets report it. */
  linkedCount: number;
  /** Earlier tickets that have to do with it, as they stood when it came in; empty where the desk asks for none. */
  related: readonly RelatedTicket[];
  /** What was done, in a person's words, for whoever asked. */
  resolution: string | null;
  /** How content the requester was. */
  satisfaction: Score | null;
  /** What the requester said besides. */
  surveyComment: string | null;
  /** The ticket that was closed when its requester wrote again, which made this one; null for all others. */
  followUpOf: Predecessor | null;
  /** Null while we wait for nobody. */
  silence: Silence | null;
  /** When the summary of a ticket that was just resolved is to go; null when none is to come. */
  summaryDueAt: Temporal.Instant | null;
  checkIns: readonly CheckIn[];
  /** When the requester was last asked how it was. */
  surveyedAt: Temporal.Instant | null;
  overrides: Readonly<Partial<Record<TicketField, Override>>>;

  /** When the sender asked; `createdAt` is when we recorded it. */
  openedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  firstRespondedAt: Temporal.Instant | null;
  resolvedAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
  lastCustomerMessageAt: Temporal.Instant;
  lastAgentMessageAt: Temporal.Instant | null;

  reopenCount: number;
  contactCount: number;
  /** How often somebody was given the ticket; tells one assignment's notice from the next. */
  assignmentCount: number;
}

/** What a column of the team's own can say. */
export type RowValue = string | number | boolean | readonly string[];

/** Columns of the team's own, by the names that a ticket has for them; null for one that is empty. */
export type RowNews = Readonly<Record<string, RowValue | null>>;

/** What a field of a ticket can hold. */
export type FieldValue = string | number | boolean | null | readonly string[] | Temporal.Instant;

/** The fields that a decision or a person can change one by one; each is a column of the base. */
export type TicketField =
  | 'subject'
  | 'language'
  | 'status'
  | 'category'
  | 'severity'
  | 'priority'
  | 'tags'
  | 'queue'
  | 'assignee'
  | 'collaborators'
  | 'needsReview'
  | 'stepsDone'
  | 'escalationLevel'
  | 'accountable'
  | 'confidence'
  | 'summary'
  | 'firstResponseDueAt'
  | 'resolutionDueAt'
  | 'slaState'
  | 'firstRespondedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'reopenCount'
  | 'contactCount'
  | 'incident'
  | 'knownIncident'
  | 'incidentMessage'
  | 'linkedCount'
  | 'resolution'
  | 'satisfaction'
  | 'surveyComment';

/** What the message says of a ticket, or where it came from: all else is for us to decide. */
type Said =
  | 'key'
  | 'number'
  | 'subject'
  | 'description'
  | 'requester'
  | 'channel'
  | 'externalId'
  | 'openedAt'
  | 'lastCustomerMessageAt';

/** What holds of every ticket of which nothing is decided yet. */
const UNDECIDED: Omit<Ticket, Said | 'priority' | 'queue' | 'createdAt' | 'updatedAt'> = {
  fields: {},
  row: {},
  language: null,
  temper: null,
  status: 'new',
  category: null,
  severity: null,
  tags: [],
  assignee: null,
  needsReview: false,
  stepsDone: [],
  escalationLevel: 0,
  accountable: null,
  confidence: null,
  categoryFrom: null,
  opinions: [],
  proposals: [],
  advice: null,
  summary: null,
  why: '',
  clocks: [],
  firstResponseDueAt: null,
  resolutionDueAt: null,
  slaState: 'none',
  waiting: null,
  givenAt: null,
  declinedBy: [],
  handoff: null,
  collaborators: [],
  suggestion: null,
  draft: null,
  clarification: null,
  selfService: null,
  isLight: false,
  conversation: null,
  mute: null,
  letters: null,
  escalation: null,
  progress: null,
  incident: null,
  incidentReport: null,
  knownIncident: false,
  incidentMessage: null,
  linkedCount: 0,
  related: [],
  resolution: null,
  satisfaction: null,
  surveyComment: null,
  followUpOf: null,
  silence: null,
  summaryDueAt: null,
  checkIns: [],
  surveyedAt: null,
  overrides: {},
  firstRespondedAt: null,
  resolvedAt: null,
  closedAt: null,
  lastAgentMessageAt: null,
  reopenCount: 0,
  contactCount: 1,
  assignmentCount: 0,
};

/** A ticket of which nothing is decided yet, but for where it stands until then. */
export function undecidedTicket({
  priority,
  queue,
  now,
}: Pick<Ticket, 'priority' | 'queue'> & { now: Temporal.Instant }): Omit<Ticket, Said> {
  return { ...UNDECIDED, priority, queue, createdAt: now, updatedAt: now };
}

/** Who answers for the ticket: a person, or the queue while nobody has it. Never empty. */
export function ownerOf(ticket: Pick<Ticket, 'assignee' | 'queue'>): string {
  return ticket.assignee ?? ticket.queue;
}

/** Whom a letter or an answer goes to: into the conversation that the requester wrote in last, or by mail; null where there is no way. */
export function recipientOf({ conversation, requester }: Pick<Ticket, 'conversation' | 'requester'>): string | null {
  return conversation?.to ?? requester.email;
}

/** Whether work is still expected on the ticket. */
export function isOpen(status: Status): boolean {
  return status !== 'resolved' && status !== 'closed';
}

/** Whether it is the team's turn, rather than the requester's or somebody else's. */
export function isOurTurn(status: Status): boolean {
  return status === 'new' || status === 'open';
}

/** Whether the requester wrote after our last answer; false while nobody has answered at all. */
export function wroteSinceAnswer(
  ticket: Pick<Ticket, 'firstRespondedAt' | 'lastAgentMessageAt' | 'lastCustomerMessageAt'>,
): boolean {
  const answeredAt = lastAnsweredAt(ticket);
  return answeredAt !== null && Temporal.Instant.compare(ticket.lastCustomerMessageAt, answeredAt) > 0;
}

/** When the team last answered, by a message or in a way that a person noted; null while nobody has. */
export function lastAnsweredAt({
  firstRespondedAt: first,
  lastAgentMessageAt: last,
}: Pick<Ticket, 'firstRespondedAt' | 'lastAgentMessageAt'>): Temporal.Instant | null {
  if (first === null || last === null) return first ?? last;
  return Temporal.Instant.compare(first, last) > 0 ? first : last;
}

/** The next promise to keep: the earlier of the due times that still count; null when nothing is due. */
export function nextDueAt(
  ticket: Pick<Ticket, 'firstResponseDueAt' | 'firstRespondedAt' | 'resolutionDueAt' | 'status'>,
) {
  if (!isOpen(ticket.status)) return null;
  const first = ticket.firstRespondedAt === null ? ticket.firstResponseDueAt : null;
  if (first === null || ticket.resolutionDueAt === null) return first ?? ticket.resolutionDueAt;
  return Temporal.Instant.compare(first, ticket.resolutionDueAt) <= 0 ? first : ticket.resolutionDueAt;
}

/** How people call a ticket: T-1042. */
export function ticketName(prefix: string, number: number): string {
  return `${prefix}-${number}`;
}
