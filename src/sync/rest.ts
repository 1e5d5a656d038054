import { eq } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { marks, type StoredProblem } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import type { Now } from '../ports/now.ts';

/** What can fail as a whole, because the base does not answer or does not let us in. */
export type Way = 'flush' | 'pull' | 'comments' | 'tables';

/** Why a way rests, and until when. */
export interface Rest {
  failures: number;
  until: Temporal.Instant;
  problem: StoredProblem;
}

/** First pause, doubled with each failure: short enough for a hiccup. */
const FIRST_SECONDS = 1;

/** Longest pause: Airtable's penalty is 30 s and Notion's window 60 s, so a minute finds them over. */
const LONGEST_SECONDS = 60;

/** Between looks at what only a person can mend: a token, a permission. */
const MENDING_SECONDS = 300;

/** For the log. */
const DOING: Readonly<Record<Way, string>> = {
  flush: 'writing to the base',
  pull: 'reading the base',
  comments: 'reading comments in the base',
  tables: 'reading tables of the base',
};

interface RestParts {
  connection: Connection;
  meter: { save(): Promise<void> };
  now: Now;
  log: Log;
}

/** Does the work, unless its way rests; a failure of the base sends it to rest, any other is thrown, too. */
export async function restfully(parts: RestParts, way: Way, work: () => Promise<void>): Promise<void> {
  const { connection, meter, now, log } = parts;
  const before = await restOf(connection, way);
  if (isResting(before, now())) return;
  try {
    await work();
    if (before !== null) await wakeUp(connection, way);
  } catch (error) {
    const rest = await goToRest(connection, way, { error, before, now: now() });
    if (!(error instanceof Problem)) throw error;
    log.warn({ code: error.code, until: rest.until.toString() }, `${DOING[way]} rests: ${error.message}`);
  } finally {
    await meter.save();
  }
}

/** The pause that a way is in or was in last; null when all went well last time. */
export async function restOf({ queries }: Pick<Connection, 'queries'>, way: Way): Promise<Rest | null> {
  const [mark] = await queries
    .select()
    .from(marks)
    .where(eq(marks.name, nameOf(way)));
  if (mark === undefined) return null;
  const { failures, until, problem } = mark.value as { failures: number; until: string; problem: StoredProblem };
  return { failures, until: Temporal.Instant.from(until), problem };
}

/** Whether it is too early to try again. */
function isResting(rest: Rest | null, now: Temporal.Instant): boolean {
  return rest !== null && Temporal.Instant.compare(now, rest.until) < 0;
}

/** Goes to rest after a failure; longer after each. */
async function goToRest(
  { queries }: Connection,
  way: Way,
  failed: { error: unknown; before: Rest | null; now: Temporal.Instant },
): Promise<Rest> {
  const failures = (failed.before?.failures ?? 0) + 1;
  const until = failed.now.add({ seconds: secondsToRest(failed.error, failures) });
  const rest = { failures, until, problem: storedProblem(failed.error) };
  const value = { ...rest, until: until.toString() };
  await queries
    .insert(marks)
    .values({ name: nameOf(way), value })
    .onConflictDoUpdate({ target: marks.name, set: { value } });
  return rest;
}

/** All went well. */
export async function wakeUp({ queries }: Connection, way: Way): Promise<void> {
  await queries.delete(marks).where(eq(marks.name, nameOf(way)));
}

/** Seconds until the next try: what the base asked for, or doubling pauses. */
export function secondsToRest(error: unknown, failures: number): number {
  const doubled = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (failures - 1));
  if (!(error instanceof Problem) || error.retry === 'later') return doubled;
  return error.retry === 'never' ? MENDING_SECONDS : Math.max(error.retry.afterSeconds, FIRST_SECONDS);
}

/** A problem as it is kept; what is no problem of ours to name is a fault, and the log has its details. */
export function storedProblem(error: unknown): StoredProblem {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'sync.failed',
    message: 'Something went wrong in Tabledesk while it spoke with the base.',
    fix: 'It is tried again by itself; if it stays, report the error of the log.',
  };
}

function nameOf(way: Way): string {
  return `rest:${way}`;
}

/** The marks under which rests are kept. */
export const REST_MARKS = (['flush', 'pull', 'comments', 'tables'] as const).map(nameOf);
