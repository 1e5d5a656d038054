import { eq } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { marks } from './schema.ts';

/** From when to when the desk only looked on, the last time that it did. */
export interface ShadowMark {
  from: Temporal.Instant;
  /** Null while it does. */
  endedAt: Temporal.Instant | null;
}

const MARK = 'shadow';

export async function readShadowMark(queries: Queries): Promise<ShadowMark | null> {
  const [row] = await queries.select().from(marks).where(eq(marks.name, MARK));
  if (row === undefined) return null;
  const { from, endedAt } = row.value as { from: string; endedAt: string | null };
  return { from: Temporal.Instant.from(from), endedAt: endedAt === null ? null : Temporal.Instant.from(endedAt) };
}

export async function keepShadowMark(queries: Queries, { from, endedAt }: ShadowMark): Promise<void> {
  const value = { from: from.toString(), endedAt: endedAt?.toString() ?? null };
  await queries.insert(marks).values({ name: MARK, value }).onConflictDoUpdate({ target: marks.name, set: { value } });
}
