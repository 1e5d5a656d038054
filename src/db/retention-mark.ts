import { eq } from 'drizzle-orm';
import type { Queries } from './connection.ts';
import { marks } from './schema.ts';

/** How it stands with tickets that are kept for a while only. */
export interface RetentionMark {
  /** For how long they are kept, as the config said it last. */
  kept: string;
  /** Nothing is erased before, so that whoever mistyped it can mend it. */
  begins: Temporal.Instant;
  /** Tickets that were due to be erased when they were last counted. */
  due: number;
  /** Null as long as nothing was looked for. */
  lastRun: { at: Temporal.Instant; erased: number } | null;
  /** Numbers of erased tickets that others may name still by their subjects. */
  named: readonly number[];
}

const MARK = 'retention';

export async function readRetention(queries: Queries): Promise<RetentionMark | null> {
  const [row] = await queries.select().from(marks).where(eq(marks.name, MARK));
  if (row === undefined) return null;
  const { begins, lastRun, ...rest } = row.value as Written;
  const run = lastRun === null ? null : { ...lastRun, at: Temporal.Instant.from(lastRun.at) };
  return { ...rest, begins: Temporal.Instant.from(begins), lastRun: run };
}

/** Null where tickets are kept for ever. */
export async function keepRetention(queries: Queries, mark: RetentionMark | null): Promise<void> {
  if (mark === null) return void (await queries.delete(marks).where(eq(marks.name, MARK)));
  const { begins, lastRun, ...rest } = mark;
  const run = lastRun === null ? null : { ...lastRun, at: lastRun.at.toString() };
  const value: Written = { ...rest, begins: begins.toString(), lastRun: run };
  await queries.insert(marks).values({ name: MARK, value }).onConflictDoUpdate({ target: marks.name, set: { value } });
}

/** As JSON holds it. */
type Written = Omit<RetentionMark, 'begins' | 'lastRun'> & {
  begins: string;
  lastRun: { at: string; erased: number } | null;
};
