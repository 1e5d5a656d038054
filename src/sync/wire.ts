import { z } from 'zod';
import { CLARIFICATION_ENDS } from '../domain/clarification.ts';
import { CLOCK_KINDS, METRICS } from '../domain/clock.ts';
import { HIGHEST_LEVEL } from '../domain/escalation.ts';
import { SCORES } from '../domain/follow-up.ts';
import { HANDOFF_NEWS, HANDOFF_STATES, HANDOFF_WAYS } from '../domain/handoff.ts';
import { ADVISERS, FRUSTRATIONS, SENTIMENTS } from '../domain/opinion.ts';
import { PROPOSED_FIELDS } from '../domain/proposal.ts';
import { SELF_SERVICE_ENDS } from '../domain/self-service.ts';
import { PRIORITIES, SEVERITIES, SLA_STATES, STATUSES } from '../domain/ticket.ts';

const Moment = z.string().transform((written, context) => {
  try {
    return Temporal.Instant.from(written);
  } catch {
    context.addIssue({ message: 'is no moment', code: 'custom' });
    return z.NEVER;
  }
});

const MaybeMoment = Moment.nullable().default(null);
const MaybeName = z.string().nullable().default(null);
const Count = z.int().nonnegative().default(0);
const Value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const Result = z.object({ countedMinutes: z.number(), dueAt: MaybeMoment });

const ClockEvent = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['start', 'pause', 'resume', 'reopen']), at: Moment }),
  z.object({ type: z.literal('stop'), at: Moment, result: Result.exactOptional() }),
  z.object({
    type: z.literal('set_target'),
    at: Moment,
    targetMinutes: z.number(),
    countedMinutes: z.number().exactOptional(),
  }),
]);

const Clock = z.object({
  metric: z.enum(METRICS),
  kind: z.enum(CLOCK_KINDS).default('target'),
  instance: z.int().positive(),
  policy: z.string(),
  calendar: MaybeName,
  targetMinutes: z.number(),
  events: z.array(ClockEvent).default([]),
  dueAt: MaybeMoment,
  warnShare: z.number(),
  droppedAt: MaybeMoment,
  warnedAt: MaybeMoment,
  breachedAt: MaybeMoment,
  detectedAt: MaybeMoment,
});

const Share = z.number().min(0).max(1);
const Giver = z.object({ by: z.enum(['rule', ...ADVISERS]), name: z.string() });
const Mistake = Giver.extend({ said: z.string(), confidence: Share.nullable().default(null), counted: z.boolean() });

const Override = z.object({
  by: z.string(),
  at: Moment,
  from: Value,
  to: Value,
  mistakes: z.array(Mistake).exactOptional(),
});

/** The fields of which a ticket remembers that a person chose them. */
const Overrides = z.object({
  language: Override.exactOptional(),
  category: Override.exactOptional(),
  severity: Override.exactOptional(),
  priority: Override.exactOptional(),
  queue: Override.exactOptional(),
  assignee: Override.exactOptional(),
  tags: Override.exactOptional(),
  accountable: Override.exactOptional(),
  incident: Override.exactOptional(),
  knownIncident: Override.exactOptional(),
});

const Account = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const Requester = z.object({
  name: z.string(),
  email: MaybeName,
  account: Account.default({}),
  said: Account.exactOptional(),
  identities: z.array(z.object({ kind: z.string().min(1), value: z.string().min(1) })).exactOptional(),
});

const Waiting = z.object({
  queue: z.string().min(1),
  startedAt: Moment,
  step: Count,
});

/** A row of a time without contracts tells of a ticket that moved at once. */
const Handoff = z.object({
  instance: z.int().positive().default(1),
  from: z.string(),
  to: z.string(),
  by: z.string(),
  at: Moment,
  reason: MaybeName,
  assignee: MaybeName,
  way: z.enum(HANDOFF_WAYS).default('transfer'),
  state: z.enum(HANDOFF_STATES).default('accepted'),
  missing: z.array(z.string()).default([]),
  askedAt: MaybeMoment,
  remindedAt: MaybeMoment,
  endedAt: MaybeMoment,
  answeredBy: MaybeName,
  code: MaybeName,
  followers: z.array(z.string()).default([]),
  heard: z.array(z.enum(HANDOFF_NEWS)).default([]),
});

const Suggestion = z.object({ reply: MaybeName, articles: z.array(z.string()).default([]) });
const DraftSource = z.union([
  z.object({ kind: z.enum(['reply', 'article']), name: z.string() }),
  z.object({ kind: z.literal('ticket'), number: z.int().positive() }),
  z.object({ kind: z.literal('answers') }),
]);
const ModelDraft = z.object({
  of: z.string(),
  by: MaybeName,
  text: MaybeName,
  sources: z.array(DraftSource).default([]),
  askedAt: Moment,
  endedAt: MaybeMoment,
  failure: MaybeName,
});
const Reading = z.object({
  severity: z.enum(SEVERITIES).nullable().default(null),
  product: MaybeName,
  language: MaybeName,
  sentiment: z.enum(SENTIMENTS).nullable().default(null),
  frustration: z.enum(FRUSTRATIONS).nullable().default(null),
  intent: MaybeName,
  reason: z.string().default(''),
  summary: MaybeName,
  fields: z.record(z.string(), z.string()).default({}),
});
const Words = z.array(z.string()).default([]);
const Nearest = z.object({ number: z.int().positive(), subject: z.string() }).nullable().default(null);
const Opinion = z.object({
  from: z.enum(ADVISERS),
  name: z.string(),
  categories: z.array(z.object({ value: z.string(), confidence: Share })).default([]),
  threshold: Share,
  words: Words,
  nearest: Nearest,
  reading: Reading.nullable().default(null),
});
const Proposal = z.object({
  field: z.enum(PROPOSED_FIELDS),
  value: z.string(),
  confidence: Share,
  threshold: Share,
  words: Words,
  nearest: Nearest,
  name: z.string(),
});
const Advice = z.object({
  of: z.string(),
  by: MaybeName,
  category: MaybeName,
  askedAt: Moment,
  endedAt: MaybeMoment,
  failure: MaybeName,
});
const Clarification = z.object({
  rule: z.string(),
  asked: z.array(z.object({ field: z.string(), question: z.string() })).default([]),
  askedAt: Moment,
  remindedAt: MaybeMoment,
  endedAt: MaybeMoment,
  how: z.enum(CLARIFICATION_ENDS).nullable().default(null),
});

const SelfService = z.object({
  template: z.string(),
  article: z.object({ name: z.string(), title: z.string() }).nullable().default(null),
  sentAt: Moment,
  endedAt: MaybeMoment,
  how: z.enum(SELF_SERVICE_ENDS).nullable().default(null),
});

const Temper = z.object({
  level: z.enum(['annoyed', 'angry']),
  quotes: z.array(z.string()).default([]),
  isOfRequest: z.boolean().default(true),
});

const Mute = z.object({ why: z.enum(['machine', 'bounced']), address: z.string(), evidence: z.string(), at: Moment });

const Conversation = z.object({ channel: z.string(), to: z.string(), thread: MaybeName, name: MaybeName, at: Moment });

const Letters = z.object({ firstAt: Moment, count: Count });
const Level = z.int().min(0).max(HIGHEST_LEVEL);

const Escalation = z.object({
  episode: Count,
  raised: z
    .array(
      z.object({
        kind: z.enum(['definition', 'person']),
        name: z.string(),
        level: Level,
        startedAt: Moment,
        endedAt: MaybeMoment,
      }),
    )
    .default([]),
  told: z.array(z.object({ to: z.string(), level: Level })).default([]),
  letters: z.array(z.string()).default([]),
  priorityBefore: z.enum(PRIORITIES).nullable().default(null),
});

const Progress = z.object({ idleSinceAt: MaybeMoment, ownerChanges: Count, settledContacts: Count });
const IncidentReport = z.object({ isTold: z.boolean().default(false), endedAt: MaybeMoment });

const RelatedTicket = z.object({
  number: z.int().positive(),
  by: z.enum(['text', 'requester', 'account']),
  status: z.enum(STATUSES),
  subject: z.string().default(''),
});

const Predecessor = z.object({ key: z.string(), number: z.int().positive() });

const Silence = z.object({ startedAt: Moment, remindedAt: MaybeMoment });

const CheckIn = z.object({ name: z.string(), dueAt: Moment });

/** What people chose in the columns of a row, as far as a ticket can hold it. */
export const Chosen = z.object({
  status: z.enum(STATUSES).exactOptional(),
  category: z.string().exactOptional(),
  severity: z.enum(SEVERITIES).exactOptional(),
  priority: z.enum(PRIORITIES).exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  queue: z.string().exactOptional(),
  assignee: z.string().exactOptional(),
  collaborators: z.array(z.string()).exactOptional(),
  stepsDone: z.array(z.string()).exactOptional(),
  escalationLevel: Level.exactOptional(),
  accountable: z.string().exactOptional(),
  resolution: z.string().exactOptional(),
});

/**
 * What a row remembers of its ticket, as it stands in the cell `Tabledesk data`. What is empty is left
 * out; what was left out because the cell would have become too long is named in `cut`.
 */
export const Memory = z.object({
  v: z.literal(1),
  cut: z.array(z.string()).default([]),
  replyKey: MaybeName,
  key: z.string(),
  number: z.int().positive(),
  subject: z.string().default(''),
  requester: Requester.default({ name: '', email: null, account: {} }),
  channel: z.string(),
  externalId: MaybeName,
  fields: z.record(z.string(), z.string()).default({}),
  language: MaybeName,
  temper: Temper.nullable().default(null),
  status: z.enum(STATUSES),
  category: MaybeName,
  severity: z.enum(SEVERITIES).nullable().default(null),
  priority: z.enum(PRIORITIES),
  tags: z.array(z.string()).default([]),
  queue: z.string().min(1),
  assignee: z.string().min(1).nullable().default(null),
  needsReview: z.boolean().default(false),
  stepsDone: z.array(z.string()).default([]),
  escalationLevel: Level.default(0),
  accountable: MaybeName,
  confidence: Share.nullable().default(null),
  categoryFrom: Giver.nullable().default(null),
  opinions: z.array(Opinion).default([]),
  proposals: z.array(Proposal).default([]),
  advice: Advice.nullable().default(null),
  summary: MaybeName,
  clocks: z.array(Clock).default([]),
  firstResponseDueAt: MaybeMoment,
  resolutionDueAt: MaybeMoment,
  slaState: z.enum(SLA_STATES),
  waiting: Waiting.nullable().default(null),
  givenAt: MaybeMoment,
  declinedBy: z.array(z.string()).default([]),
  handoff: Handoff.nullable().default(null),
  collaborators: z.array(z.string()).default([]),
  suggestion: Suggestion.nullable().default(null),
  draft: ModelDraft.nullable().default(null),
  clarification: Clarification.nullable().default(null),
  selfService: SelfService.nullable().default(null),
  isLight: z.boolean().default(false),
  conversation: Conversation.nullable().default(null),
  mute: Mute.nullable().default(null),
  letters: Letters.nullable().default(null),
  escalation: Escalation.nullable().default(null),
  progress: Progress.nullable().default(null),
  incident: z.int().positive().nullable().default(null),
  incidentReport: IncidentReport.nullable().default(null),
  knownIncident: z.boolean().default(false),
  incidentMessage: MaybeName,
  linkedCount: Count,
  related: z.array(RelatedTicket).default([]),
  resolution: MaybeName,
  satisfaction: z.literal(SCORES).nullable().default(null),
  surveyComment: MaybeName,
  followUpOf: Predecessor.nullable().default(null),
  silence: Silence.nullable().default(null),
  summaryDueAt: MaybeMoment,
  checkIns: z.array(CheckIn).default([]),
  surveyedAt: MaybeMoment,
  overrides: Overrides.default({}),
  openedAt: Moment,
  createdAt: Moment,
  firstRespondedAt: MaybeMoment,
  resolvedAt: MaybeMoment,
  closedAt: MaybeMoment,
  lastCustomerMessageAt: Moment,
  lastAgentMessageAt: MaybeMoment,
  reopenCount: Count,
  contactCount: Count,
  assignmentCount: Count,
});
export type Memory = z.output<typeof Memory>;
