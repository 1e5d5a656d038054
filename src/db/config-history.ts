import { eq } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { configVersions, marks } from './schema.ts';

const IN_FORCE = 'config_in_force';

/**
 * Keeps a config that comes into force, so that a decision's version can be looked up for ever.
 *
 * @returns whether another one was in force before, and so every open ticket is to be looked at anew
 */
export async function recordConfig(
  queries: Queries,
  { version, files }: { version: string; files: Readonly<Record<string, string>> },
  loadedAt: Temporal.Instant,
): Promise<boolean> {
  await queries.insert(configVersions).values({ version, files, loadedAt }).onConflictDoNothing();
  const [last] = await queries.select().from(marks).where(eq(marks.name, IN_FORCE));
  if (last?.value === version) return false;
  await queries
    .insert(marks)
    .values({ name: IN_FORCE, value: version })
    .onConflictDoUpdate({ target: marks.name, set: { value: version } });
  return last !== undefined;
}
