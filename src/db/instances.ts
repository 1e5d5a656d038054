import { eq, gt, lt } from 'drizzle-orm';
import type { Role } from '../kit/role.ts';
import type { Queries } from './connection.ts';
import { instances } from './schema.ts';

/** A process that shares the database, as it last said of itself. */
export interface Instance {
  id: string;
  role: Role;
  /** The name of its machine. */
  host: string;
  pid: number;
  /** The same for two processes whose secrets are the same; tells nothing of them. */
  secretsPrint: string;
  configVersion: string;
  startedAt: Temporal.Instant;
  seenAt: Temporal.Instant;
}

/** How often each says that it is there. */
export const BEAT_SECONDS = 10;

/** Whoever missed three beats is taken for gone. */
const SILENT = { seconds: 3 * BEAT_SECONDS + 5 };

/** The row of one that was killed is of no use after so long. */
const FORGOTTEN = { hours: 1 };

/** Says that an instance is there, and drops those that have long been gone. */
export async function sayPresent(queries: Queries, instance: Instance): Promise<void> {
  await queries.insert(instances).values(instance).onConflictDoUpdate({ target: instances.id, set: instance });
  await queries.delete(instances).where(lt(instances.seenAt, instance.seenAt.subtract(FORGOTTEN)));
}

export async function sayGone(queries: Queries, id: string): Promise<void> {
  await queries.delete(instances).where(eq(instances.id, id));
}

/** Those that were heard of lately, the oldest first. */
export function livingInstances(queries: Queries, now: Temporal.Instant): Promise<readonly Instance[]> {
  return queries
    .select()
    .from(instances)
    .where(gt(instances.seenAt, now.subtract(SILENT)))
    .orderBy(instances.startedAt, instances.id);
}
