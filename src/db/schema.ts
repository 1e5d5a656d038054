import { sql } from 'drizzle-orm';
import { bigint, boolean, date, doublePrecision, integer, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import type { Evidence, ReasonParams, Reason, Source, Stage } from '../domain/decision.ts';
import type { Attachment, Author } from '../domain/message.ts';
import type { AccountFields, Gap, Identity } from '../domain/requester.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { EventType } from '../domain/ticket-event.ts';
import type { Cell, Cells } from '../ports/ticket-store.ts';
import { bytes, instant, noun } from './typed-columns.ts';

export * from './learned-schema.ts';
export * from './playbook-schema.ts';

/**
 * The tables, for typed queries. The migrations make them; a test compares the two.
 */

/** Marks a column that the database derives from `ticket`; how is the migration's business. */
const FROM_TICKET = sql``;

/** A default that the migration has. */
const MADE_BY_DATABASE = sql`default`;

/** A problem as it is stored. */
export interface StoredProblem {
  code: string;
  message: string;
  fix: string;
  /** Of what belongs to no ticket: names of messages to whose ticket it would belong; left out of everything else. */
  awaits?: readonly string[];
}

/** What a look-up said of a person: nothing of who is unknown there. */
export interface LookUpAnswer {
  fields: AccountFields;
  /** Other addresses of the same person. */
  identities: readonly Identity[];
}

/** Values that were sent to the base and not confirmed, by column. */
export type SentCells = Readonly<Record<string, readonly Cell[]>>;

export const inbox = pgTable('inbox', {
  id: text().primaryKey(),
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  channel: text().notNull(),
  deliveryId: text('delivery_id').notNull(),
  receivedAt: instant('received_at').notNull(),
  headers: jsonb().$type<Record<string, string>>().notNull(),
  body: bytes().notNull(),
  state: text().$type<'waiting' | 'done' | 'ignored' | 'lost'>().notNull().default('waiting'),
  attempts: integer().notNull().default(0),
  insisted: boolean().notNull().default(false),
  problem: jsonb().$type<StoredProblem>(),
  ticketKey: text('ticket_key'),
  finishedAt: instant('finished_at'),
  sender: text(),
});

export const tickets = pgTable('tickets', {
  key: text().primaryKey(),
  ticket: noun<Ticket>('ticket').notNull(),
  number: bigint({ mode: 'number' }).notNull().generatedAlwaysAs(FROM_TICKET),
  status: text().notNull().generatedAlwaysAs(FROM_TICKET),
  category: text().generatedAlwaysAs(FROM_TICKET),
  priority: text().notNull().generatedAlwaysAs(FROM_TICKET),
  urgency: smallint().notNull().generatedAlwaysAs(FROM_TICKET),
  queue: text().notNull().generatedAlwaysAs(FROM_TICKET),
  assignee: text().generatedAlwaysAs(FROM_TICKET),
  requesterEmail: text('requester_email').generatedAlwaysAs(FROM_TICKET),
  slaState: text('sla_state').notNull().generatedAlwaysAs(FROM_TICKET),
  needsReview: boolean('needs_review').notNull().generatedAlwaysAs(FROM_TICKET),
  escalationLevel: smallint('escalation_level').notNull().generatedAlwaysAs(FROM_TICKET),
  isOpen: boolean('is_open').notNull().generatedAlwaysAs(FROM_TICKET),
  isWaiting: boolean('is_waiting').notNull().generatedAlwaysAs(FROM_TICKET),
  askedQueue: text('asked_queue').generatedAlwaysAs(FROM_TICKET),
  helpers: jsonb().$type<readonly string[]>().generatedAlwaysAs(FROM_TICKET),
  incident: bigint({ mode: 'number' }).generatedAlwaysAs(FROM_TICKET),
  isIncident: boolean('is_incident').notNull().generatedAlwaysAs(FROM_TICKET),
  followUpOf: text('follow_up_of').generatedAlwaysAs(FROM_TICKET),
  surveyedAt: text('surveyed_at').generatedAlwaysAs(FROM_TICKET),
  fingerprint: text().notNull(),
  dueAt: instant('due_at'),
  openedAt: instant('opened_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  version: bigint({ mode: 'number' }).notNull().default(1),
  wakeAt: instant('wake_at'),
  judgedVersion: bigint('judged_version', { mode: 'number' }),
  judgedModel: text('judged_model'),
  rowId: text('row_id'),
  synced: jsonb().$type<Cells>().notNull().default({}),
  dirtySince: instant('dirty_since'),
  writeAt: instant('write_at'),
  rowProblem: jsonb('row_problem').$type<StoredProblem>(),
  detachedAt: instant('detached_at'),
  withheld: jsonb().$type<readonly string[]>().notNull().default([]),
  sent: jsonb().$type<SentCells>().notNull().default({}),
  syncedSeq: bigint('synced_seq', { mode: 'number' }).notNull().default(0),
  replyKey: text('reply_key'),
  handoffKey: text('handoff_key'),
});

export const messages = pgTable('messages', {
  id: text().primaryKey(),
  ticketKey: text('ticket_key').notNull(),
  author: text().$type<Author>().notNull(),
  authorName: text('author_name').notNull(),
  visibility: text().$type<'public' | 'internal'>().notNull(),
  text: text().notNull(),
  attachments: jsonb().$type<readonly Attachment[]>().notNull().default([]),
  at: instant().notNull(),
  inboxId: text('inbox_id'),
});

export const attachments = pgTable('attachments', {
  id: text().primaryKey(),
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  ticketKey: text('ticket_key').notNull(),
  messageId: text('message_id').notNull(),
  position: integer().notNull(),
  name: text().notNull(),
  contentType: text('content_type').notNull(),
  size: bigint({ mode: 'number' }).notNull(),
  inboxId: text('inbox_id'),
  part: integer(),
  url: text(),
  state: text().$type<'waiting' | 'kept' | 'attached' | 'linked' | 'failed'>().notNull(),
  attempts: integer().notNull().default(0),
  nextAt: instant('next_at'),
  problem: jsonb().$type<StoredProblem>(),
  token: text().notNull().default(MADE_BY_DATABASE),
  createdAt: instant('created_at').notNull(),
});

export const attachmentBytes = pgTable('attachment_bytes', {
  attachmentId: text('attachment_id').notNull(),
  seq: integer().notNull(),
  bytes: bytes().notNull(),
});

export const decisions = pgTable('decisions', {
  id: text().primaryKey(),
  ticketKey: text('ticket_key').notNull(),
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  at: instant().notNull(),
  stage: text().$type<Stage>().notNull(),
  code: text().notNull(),
  params: jsonb().$type<ReasonParams>().notNull(),
  field: text(),
  fromValue: jsonb('from_value'),
  toValue: jsonb('to_value'),
  sentence: text().notNull(),
  evidence: jsonb().$type<readonly Evidence[]>().notNull(),
  source: jsonb().$type<Source>().notNull(),
  opinion: jsonb().$type<Reason['opinion']>(),
  configVersion: text('config_version').notNull(),
});

export const messageNames = pgTable('message_names', {
  name: text().primaryKey(),
  ticketKey: text('ticket_key').notNull(),
  at: instant().notNull(),
});

export const outbox = pgTable('outbox', {
  key: text().primaryKey(),
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  ticketKey: text('ticket_key').notNull(),
  kind: text().$type<'message' | 'notify' | 'rows'>().notNull(),
  recipient: text().notNull(),
  via: text(),
  thread: text(),
  way: text(),
  told: jsonb().$type<readonly string[]>(),
  held: boolean().notNull().default(false),
  subject: text().notNull(),
  text: text().notNull(),
  html: text(),
  link: text(),
  rows: jsonb().$type<readonly Cells[]>(),
  template: text().notNull(),
  state: text().$type<'waiting' | 'sent' | 'not_sent' | 'dead' | 'left_out'>().notNull().default('waiting'),
  attempts: integer().notNull().default(0),
  nextAt: instant('next_at').notNull(),
  createdAt: instant('created_at').notNull(),
  finishedAt: instant('finished_at'),
  receipt: text(),
  problem: jsonb().$type<StoredProblem>(),
  heardAt: instant('heard_at'),
  insisted: boolean().notNull().default(false),
});

export const undeliverable = pgTable('undeliverable', {
  address: text().primaryKey(),
  since: instant().notNull(),
  reason: text().notNull(),
  ticketKey: text('ticket_key').notNull(),
});

export const events = pgTable('events', {
  id: text().primaryKey(),
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  subscription: text().notNull(),
  ticketKey: text('ticket_key').notNull(),
  type: text().$type<EventType | 'test'>().notNull(),
  body: text().notNull(),
  state: text().$type<'waiting' | 'sent' | 'dead'>().notNull().default('waiting'),
  attempts: integer().notNull().default(0),
  nextAt: instant('next_at'),
  createdAt: instant('created_at').notNull(),
  triedAt: instant('tried_at'),
  status: integer(),
  milliseconds: integer(),
  answer: text(),
  problem: jsonb().$type<StoredProblem>(),
  finishedAt: instant('finished_at'),
});

export const subscriptions = pgTable('subscriptions', {
  name: text().primaryKey(),
  failures: integer().notNull().default(0),
  nextAt: instant('next_at'),
  offAt: instant('off_at'),
  offBy: text('off_by'),
  problem: jsonb().$type<StoredProblem>(),
});

export const commentLooks = pgTable('comment_looks', {
  ticketKey: text('ticket_key').primaryKey(),
  readAt: instant('read_at'),
  dueAt: instant('due_at'),
  isCalled: boolean('is_called').notNull().default(false),
});

export const agents = pgTable('agents', {
  name: text().primaryKey(),
  open: integer().notNull().default(0),
  lastAssignedAt: instant('last_assigned_at'),
  away: boolean().notNull().default(false),
  awayBy: text('away_by'),
  awayAt: instant('away_at'),
});

export const identities = pgTable('identities', {
  kind: text().notNull(),
  value: text().notNull(),
  requesterId: text('requester_id').notNull(),
});

export const lookups = pgTable('lookups', {
  name: text().notNull(),
  url: text().notNull(),
  answer: jsonb().$type<LookUpAnswer>(),
  answeredAt: instant('answered_at'),
  gap: text().$type<Gap>(),
  triedAt: instant('tried_at').notNull(),
  attempts: integer().notNull(),
});

export const marks = pgTable('marks', {
  name: text().primaryKey(),
  value: jsonb().notNull(),
});

export const modelDays = pgTable('model_days', {
  day: text().notNull(),
  model: text().notNull(),
  requests: integer().notNull().default(0),
  inputTokens: bigint('input_tokens', { mode: 'number' }).notNull().default(0),
  outputTokens: bigint('output_tokens', { mode: 'number' }).notNull().default(0),
  cost: doublePrecision().notNull().default(0),
  readings: integer().notNull().default(0),
  kept: integer().notNull().default(0),
  failures: integer().notNull().default(0),
  milliseconds: bigint({ mode: 'number' }).notNull().default(0),
  problem: jsonb().$type<StoredProblem>(),
  failedAt: instant('failed_at'),
});

export const modelAnswers = pgTable('model_answers', {
  key: text().primaryKey(),
  answer: jsonb().notNull(),
  at: instant().notNull(),
});

export const configVersions = pgTable('config_versions', {
  version: text().primaryKey(),
  loadedAt: instant('loaded_at').notNull(),
  files: jsonb().$type<Record<string, string>>().notNull(),
  decisions: bigint({ mode: 'number' }).notNull().default(0),
});

export const deskRows = pgTable('desk_rows', {
  id: text().primaryKey(),
  key: text(),
  cells: jsonb().$type<Cells>().notNull(),
  createdAt: instant('created_at').notNull(),
  editedBy: text('edited_by'),
  revision: bigint({ mode: 'number' }).notNull(),
  writeId: text('write_id'),
});

export const baseRows = pgTable('base_rows', {
  tableName: text('table_name').notNull(),
  rowId: text('row_id').notNull(),
  cells: jsonb().$type<Cells>().notNull(),
  readAt: instant('read_at').notNull(),
});

export const articleUses = pgTable('article_uses', {
  article: text().notNull(),
  day: date().notNull(),
  opened: integer().notNull().default(0),
  answered: integer().notNull().default(0),
});

export const deskRowsGone = pgTable('desk_rows_gone', {
  id: text().primaryKey(),
  revision: bigint({ mode: 'number' }).notNull(),
});

export { audit, sessions, signInFailures } from './access-tables.ts';
export { instances } from './instance-tables.ts';
export { outcomes, stays } from './outcome-tables.ts';
export { baselineTickets, shadowChoices } from './value-tables.ts';
