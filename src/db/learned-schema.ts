import { bigint, doublePrecision, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { ProposedField } from '../domain/proposal.ts';
import { bytes, instant } from './typed-columns.ts';

export const learnedModels = pgTable('learned_models', {
  version: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  learnedAt: instant('learned_at').notNull(),
  inForceAt: instant('in_force_at').notNull(),
  tickets: integer().notNull(),
  promise: doublePrecision().notNull(),
  threshold: doublePrecision().notNull(),
  report: jsonb().notNull(),
  model: bytes().notNull(),
  joined: bytes(),
  vectors: jsonb(),
});

export const learnedProposals = pgTable('learned_proposals', {
  field: text().$type<ProposedField>().primaryKey(),
  learnedAt: instant('learned_at').notNull(),
  promise: doublePrecision().notNull(),
  outcome: jsonb().notNull(),
  model: bytes(),
});

export const textVectors = pgTable('text_vectors', {
  name: text().primaryKey(),
  vector: bytes().notNull(),
  at: instant().notNull(),
});
