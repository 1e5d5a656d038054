import { bigint, date, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Stage } from '../domain/decision.ts';
import { instant } from './typed-columns.ts';

/** The tables of the playbook, part of those in `schema.ts`. */

export const ruleDays = pgTable('rule_days', {
  day: date().notNull(),
  stage: text().$type<Stage>().notNull(),
  rule: text().notNull(),
  fired: integer().notNull(),
});

export const ruleStandings = pgTable('rule_standings', {
  stage: text().$type<Stage>().notNull(),
  rule: text().notNull(),
  print: text(),
  since: instant(),
  changedAt: instant('changed_at'),
  firstAt: instant('first_at'),
  lastAt: instant('last_at'),
  remindedLogicAt: instant('reminded_logic_at'),
  remindedExceptionsAt: instant('reminded_exceptions_at'),
});

export const ruleMarks = pgTable('rule_marks', {
  stage: text().$type<Stage>().notNull(),
  rule: text().notNull(),
  kind: text().$type<'also' | 'override'>().notNull(),
  at: instant().notNull(),
  ticketKey: text('ticket_key').notNull(),
});

export const ruleAskers = pgTable('rule_askers', {
  stage: text().$type<Stage>().notNull(),
  rule: text().notNull(),
  kind: text().$type<'channel' | 'tier'>().notNull(),
  value: text().notNull(),
  firstAt: instant('first_at').notNull(),
  fired: integer().notNull(),
});

export const ruleReviews = pgTable('rule_reviews', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  stage: text().$type<Stage>().notNull(),
  rule: text().notNull(),
  part: text().$type<'logic' | 'exceptions'>().notNull(),
  at: instant().notNull(),
  by: text().notNull(),
  note: text().notNull(),
});
