import { eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { marks, type StoredProblem } from '../db/schema.ts';

/** Calls by which the base said that something changed. Moments are ISO strings. */
export interface Calls {
  /** When the last one came; null before the first. */
  calledAt: string | null;
  /** When a reading began, of those that followed a call, the last one that came to its end. */
  heardAt: string | null;
  /** When a change was found for which no call had come. */
  missedAt: string | null;
  /** Why the base could not be asked to call, the last time that we did. */
  problem: StoredProblem | null;
}

/** The name under which they are kept. */
export const CALLS_MARK = 'calls';

/** As if the base had never called. */
export const NO_CALLS: Calls = { calledAt: null, heardAt: null, missedAt: null, problem: null };

export async function callsOf({ connection }: { connection: Connection }): Promise<Calls> {
  const [mark] = await connection.queries.select().from(marks).where(eq(marks.name, CALLS_MARK));
  return { ...NO_CALLS, ...(mark?.value as Partial<Calls> | undefined) };
}

/** Keeps what is given; what is left out stays, as calls come while others are looked at. */
export async function keepCalls({ connection }: { connection: Connection }, calls: Partial<Calls>): Promise<void> {
  await connection.queries
    .insert(marks)
    .values({ name: CALLS_MARK, value: calls })
    .onConflictDoUpdate({ target: marks.name, set: { value: sql`${marks.value} || excluded.value` } });
}

/** Whether a call came since the last reading that followed one had begun. */
export function isCalled({ calledAt, heardAt }: Calls): boolean {
  return calledAt !== null && (heardAt === null || !isBefore(calledAt, heardAt));
}

/**
 * Whether calls can be relied on: one has come, so they do get through to us, and nothing was found since
 * that should have brought another. An address that only people reach is never relied on.
 */
export function isTrusted({ calledAt, missedAt }: Pick<Calls, 'calledAt' | 'missedAt'>): boolean {
  return calledAt !== null && (missedAt === null || isBefore(missedAt, calledAt));
}

function isBefore(one: string, other: string): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}
