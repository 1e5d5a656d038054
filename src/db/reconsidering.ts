import { eq } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { marks } from './schema.ts';

/** The mark under which stands when tickets in review are to be judged again. */
export const RECONSIDERING = 'reconsidering';

/** When the next of them have their turn; null when nobody has asked for more. */
export async function readReconsidering(queries: Queries): Promise<Temporal.Instant | null> {
  const [mark] = await queries.select().from(marks).where(eq(marks.name, RECONSIDERING));
  return typeof mark?.value === 'string' ? Temporal.Instant.from(mark.value) : null;
}

export async function reconsiderAgainAt(queries: Queries, at: Temporal.Instant | null): Promise<void> {
  if (at === null) return void (await queries.delete(marks).where(eq(marks.name, RECONSIDERING)));
  const value = at.toString();
  await queries
    .insert(marks)
    .values({ name: RECONSIDERING, value })
    .onConflictDoUpdate({ target: marks.name, set: { value } });
}
