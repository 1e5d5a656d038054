import { and, eq, inArray } from 'drizzle-orm';
import { inbox, type StoredProblem } from '../db/schema.ts';
import { isOutage } from '../db/outage.ts';
import { Problem } from '../domain/problem.ts';
import { askAhead } from './ask-ahead.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { batchSize } from './batch.ts';
import type { Desk } from './desk.ts';
import { stillWaiting, takeIn, ticketsSaid, waitingRows } from './intake.ts';
import { type InboxRow, type ReadRow, readRows } from './read-rows.ts';
import { serveWhoWaited } from './waiting.ts';

/** A request that fails so often by itself is set aside, so that it does not hold up those behind it. */
const ATTEMPTS = 3;

/** Makes tickets of everything that waits in the inbox. */
export async function drainInbox(parts: PipelineParts): Promise<void> {
  for (;;) {
    const size = batchSize(parts.connection);
    const { taken, calledBack } = await takeBatch(parts, size);
    if (taken < size && calledBack === 0) return;
  }
}

/**
 * Takes in the next rows; when the batch fails, each by itself, so that one bad row harms no other. A database that
 * fails is no fault of any: all wait until it is back. Whatever another service has to be asked for is asked before the
 * lane is taken, in which nobody may wait for it.
 */
async function takeBatch(parts: PipelineParts, size: number): Promise<{ taken: number; calledBack: number }> {
  const rows = await waitingRows(parts.connection.queries, size);
  const taken = rows.length;
  if (taken === 0) return { taken, calledBack: 0 };
  const read = await readRows(rows, parts);
  const config = parts.config.current();
  await askAhead(parts, () => ticketsSaid(read, { config, now: parts.now() }));
  try {
    return { taken, calledBack: await atDesk(parts, (desk) => takeWaiting(desk, read)) };
  } catch (error) {
    if (isOutage(error)) throw error;
    parts.log.error({ err: error }, 'a batch of requests could not be taken in; each is tried by itself');
    return { taken, calledBack: await takeOneByOne(parts, read) };
  }
}

async function takeWaiting(desk: Desk, read: readonly ReadRow[]): Promise<number> {
  await serveWhoWaited(desk);
  return takeIn(desk, await stillWaiting(desk, read));
}

async function takeOneByOne(parts: PipelineParts, read: readonly ReadRow[]): Promise<number> {
  let calledBack = 0;
  for (const each of read) {
    try {
      calledBack += await atDesk(parts, async (desk) => takeIn(desk, await stillWaiting(desk, [each])));
    } catch (error) {
      if (isOutage(error)) throw error;
      await noteFailure(parts, each.row, error);
    }
  }
  return calledBack;
}

/** Counts the failure; the last one sends the request to lost and found, where a person can try again. */
async function noteFailure({ connection, now, log }: PipelineParts, row: InboxRow, error: unknown): Promise<void> {
  const attempts = row.attempts + 1;
  const given = attempts >= ATTEMPTS;
  log.error({ err: error, inboxId: row.id, attempts }, given ? 'a request was set aside' : 'a request failed');
  await connection.queries
    .update(inbox)
    .set({
      attempts,
      problem: failureOf(error),
      ...(given ? { state: 'lost' as const, finishedAt: now() } : {}),
    })
    .where(eq(inbox.id, row.id));
}

function failureOf(error: unknown): StoredProblem {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'inbox.failed',
    message: 'Tabledesk failed on this request; that is a fault of ours.',
    fix: 'Try it again after the next update, and report the error of the log.',
  };
}

/** Puts an item of lost and found back in line, as it is, or as a ticket because a person says that it is one. */
export async function retryInbox(
  { connection, wake }: PipelineParts,
  id: string,
  { insisted }: { insisted: boolean },
): Promise<void> {
  await connection.queries
    .update(inbox)
    .set({ state: 'waiting', attempts: 0, insisted, problem: null, finishedAt: null })
    .where(and(eq(inbox.id, id), inArray(inbox.state, ['lost', 'ignored'])));
  await wake('inbox');
}
