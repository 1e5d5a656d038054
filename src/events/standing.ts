import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { type events, subscriptions } from '../db/schema.ts';
import type { Now } from '../ports/now.ts';
import type { Attempt } from './attempt.ts';

/** How it stands with a subscription. */
export type Standing = Omit<typeof subscriptions.$inferSelect, 'name'>;

const GOOD: Standing = { failures: 0, nextAt: null, offAt: null, offBy: null, problem: null };

/** Of one that never failed there is no row. */
export async function standingOf({ queries }: Pick<Connection, 'queries'>, name: string): Promise<Standing> {
  const [row] = await queries.select().from(subscriptions).where(eq(subscriptions.name, name));
  return row ?? GOOD;
}

/** Whoever takes one event is back, and is told all that waits. */
export async function noteSuccess({ queries }: Connection, name: string): Promise<void> {
  await queries
    .update(subscriptions)
    .set({ failures: 0, nextAt: null, problem: null })
    .where(sql`${subscriptions.name} = ${name} and ${subscriptions.failures} > 0 and ${subscriptions.offAt} is null`);
}

interface Failure {
  name: string;
  row: typeof events.$inferSelect;
  made: Attempt;
  /** When to try again after so many failures in a row; null when that was the last. */
  again(failures: number): Temporal.Instant | null;
}

/** What a failure did to a subscription: nothing but to make it wait, or switched it off; or it was off already. */
export type After = 'waits' | 'switched_off' | 'was_off';

/** Events that fail at the same time are one failure. */
export function noteFailure(
  { connection, now }: { connection: Connection; now: Now },
  { name, row, made: { refusal }, again }: Failure,
): Promise<After> {
  const at = now();
  const problem = refusal === null ? null : { code: refusal.code, message: refusal.message, fix: refusal.fix };
  return connection.queries.transaction(async (tx) => {
    await tx.insert(subscriptions).values({ name }).onConflictDoNothing();
    const [before = { ...GOOD, name }] = await tx
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.name, name))
      .for('update');
    if (before.offAt !== null) return 'was_off';
    const isCounted = before.nextAt !== null && Temporal.Instant.compare(before.nextAt, row.triedAt ?? at) > 0;
    const failures = before.failures + (isCounted ? 0 : 1);
    const nextAt = again(failures);
    const off = nextAt === null ? { offAt: at, offBy: null } : {};
    await tx
      .update(subscriptions)
      .set({ failures, problem, nextAt: isCounted ? before.nextAt : nextAt, ...off })
      .where(eq(subscriptions.name, name));
    return nextAt === null ? 'switched_off' : 'waits';
  });
}
