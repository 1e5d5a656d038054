import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Role } from '../kit/role.ts';
import { instant } from './typed-columns.ts';

/** Processes that share the database, part of the tables in `schema.ts`. */
export const instances = pgTable('instances', {
  id: text().primaryKey(),
  role: text().$type<Role>().notNull(),
  host: text().notNull(),
  pid: integer().notNull(),
  secretsPrint: text('secrets_print').notNull(),
  configVersion: text('config_version').notNull(),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
});
