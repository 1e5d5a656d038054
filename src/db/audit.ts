import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { actsOf, type AuditAct, type AuditKind } from '../domain/audit.ts';
import type { Access } from '../kit/access.ts';
import { storable } from '../kit/storable-text.ts';
import type { Queries } from './connection.ts';
import { audit } from './schema.ts';

/** A year, so that what comes round once a year can be held against the last time, and a month to do that in. */
export const AUDIT_KEPT = { hours: 400 * 24 };

/** Longest thing that is named; what is longer is cut. */
const LONGEST_TARGET = 200;

/** What somebody did. Never what they wrote, and never a secret. */
export interface AuditEntry {
  at: Temporal.Instant;
  act: AuditAct;
  /** Through what. */
  by: 'console' | 'api' | 'command';
  /** The name by which they went, or which their machine said of them; null where nobody said one. */
  person: string | null;
  /** Null for those who were not let in. */
  access: Access | null;
  /** What it was done to, by its name. */
  target: string | null;
  /** Whence it came; null for a command. */
  address: string | null;
}

/** An entry as it was read, with what was noted by a later version, too. */
export type NotedEntry = Omit<AuditEntry, 'act'> & { id: number; act: string };

/** Notes it before it is done, so that nothing is done without an entry. */
export async function noteAct(queries: Queries, entry: AuditEntry): Promise<void> {
  const { target } = entry;
  await queries
    .insert(audit)
    .values({ ...entry, target: target === null ? null : storable(target).slice(0, LONGEST_TARGET) });
}

/** What to read of the log. */
export interface AuditAsked {
  /** Of whom; null for everybody. */
  person: string | null;
  kind: AuditKind | null;
  /** Only what was noted before that entry; null for the latest. */
  before: number | null;
}

/** The newest first. */
export function readAudit(
  queries: Queries,
  { person, kind, before }: AuditAsked,
  most: number,
): Promise<readonly NotedEntry[]> {
  const conditions = [
    person === null ? undefined : eq(audit.person, person),
    kind === null ? undefined : inArray(audit.act, actsOf(kind)),
    before === null ? undefined : lt(audit.id, before),
  ];
  return queries
    .select()
    .from(audit)
    .where(and(...conditions))
    .orderBy(desc(audit.id))
    .limit(most);
}

/** Forgets what is too old. */
export async function dropAudit(queries: Queries, before: Temporal.Instant): Promise<void> {
  await queries.delete(audit).where(lt(audit.at, before));
}
