import { bigint, boolean, doublePrecision, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import type { Outcome } from '../domain/outcome.ts';
import type { Priority, Status } from '../domain/ticket.ts';
import { instant } from './typed-columns.ts';

/** One narrow row for each ticket: what reports count of it. */
export const outcomes = pgTable('outcomes', {
  ticketKey: text('ticket_key').primaryKey(),
  number: bigint({ mode: 'number' }).notNull(),
  openedAt: instant('opened_at').notNull(),
  channel: text().notNull(),
  language: text(),
  segment: text(),
  customer: text().notNull(),
  category: text(),
  givenBy: text('given_by').$type<Outcome['givenBy']>(),
  priority: text().$type<Priority>().notNull(),
  queue: text().notNull(),
  assignee: text(),
  status: text().$type<Status>().notNull(),
  isOpen: boolean('is_open').notNull(),
  needsReview: boolean('needs_review').notNull(),
  isLight: boolean('is_light').notNull(),
  firstRespondedAt: instant('first_responded_at'),
  firstReplyOpenMinutes: doublePrecision('first_reply_open_minutes'),
  resolvedAt: instant('resolved_at'),
  resolutionOpenMinutes: doublePrecision('resolution_open_minutes'),
  closedAt: instant('closed_at'),
  firstReplySettledAt: instant('first_reply_settled_at'),
  firstReplyKept: boolean('first_reply_kept'),
  resolutionSettledAt: instant('resolution_settled_at'),
  resolutionKept: boolean('resolution_kept'),
  breachedAt: instant('breached_at'),
  escalatedAt: instant('escalated_at'),
  reopenCount: integer('reopen_count').notNull(),
  contactCount: integer('contact_count').notNull(),
  assignmentCount: integer('assignment_count').notNull(),
  surveyedAt: instant('surveyed_at'),
  score: smallint(),
  followUpOf: text('follow_up_of'),
  incident: bigint({ mode: 'number' }),
  /** The customer had one of the same category resolved in the days before. */
  isRepeat: boolean('is_repeat').notNull().default(false),
  /** Where rules and models said that it belongs, and what people made of it, as `placingOf` tells it. */
  firstCategory: text('first_category'),
  firstCategoryBy: text('first_category_by'),
  firstCategoryFrom: text('first_category_from'),
  machineCategory: text('machine_category'),
  firstQueue: text('first_queue'),
  firstQueueBy: text('first_queue_by'),
  firstQueueFrom: text('first_queue_from'),
  movedTo: text('moved_to'),
  isPassedOn: boolean('is_passed_on').notNull().default(false),
});

/** One row for each time that a ticket spent in one status, queue and pair of hands. */
export const stays = pgTable('stays', {
  ticketKey: text('ticket_key').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  status: text().$type<Status>().notNull(),
  queue: text().notNull(),
  assignee: text(),
  isOpen: boolean('is_open').notNull(),
  opens: smallint().$type<-1 | 0 | 1>().notNull(),
});
