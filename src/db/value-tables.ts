import { boolean, doublePrecision, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './typed-columns.ts';

/** A ticket of the time before. Columns are called as in `outcomes`. */
export const baselineTickets = pgTable('baseline_tickets', {
  openedAt: instant('opened_at').notNull(),
  firstRespondedAt: instant('first_responded_at'),
  resolvedAt: instant('resolved_at'),
  assignmentCount: integer('assignment_count'),
  firstReplyKept: boolean('first_reply_kept'),
  category: text(),
  triageMinutes: doublePrecision('triage_minutes'),
});

/** What a person filled in while the desk was in shadow. */
export const shadowChoices = pgTable('shadow_choices', {
  ticketKey: text('ticket_key').notNull(),
  field: text().$type<'category' | 'priority' | 'queue' | 'assignee'>().notNull(),
  at: instant().notNull(),
  byName: text('by_name').notNull(),
  value: text(),
});
