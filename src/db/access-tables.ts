import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import type { Access } from '../kit/access.ts';
import { instant } from './typed-columns.ts';

/** Who came in, and what they may do, part of the tables in `schema.ts`. */
export const sessions = pgTable('sessions', {
  id: text().primaryKey(),
  csrfToken: text('csrf_token').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  person: text(),
  access: text().$type<Access>().notNull().default('admin'),
});

export const audit = pgTable('audit', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: instant('at').notNull(),
  act: text().notNull(),
  by: text().$type<'console' | 'api' | 'command'>().notNull(),
  person: text(),
  access: text().$type<Access>(),
  target: text(),
  address: text(),
});

export const signInFailures = pgTable('sign_in_failures', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  origin: text().notNull(),
  at: instant('at').notNull(),
});
