import { Problem } from '../../src/domain/problem.ts';
import { rowGone } from '../../src/kit/store/row-refusals.ts';
import type { RowWrite } from '../../src/ports/ticket-store.ts';
import { rowAddress } from './base.ts';
import { rowsById, rowsByKey } from './formula.ts';
import { type AirtableProblem, isRefusal, isType, mayBeGone } from './problems.ts';
import { readRows } from './read.ts';
import { rowRefused } from './refusals.ts';
import { insistOnColumns, keyFieldOf } from './schema.ts';
import { sendUnlocked } from './send-unlocked.ts';
import { type Sending, settle } from './settle.ts';

/** Rows to a request (developers/web/api/update-multiple-records). */
export const WRITE_BATCH = 10;

/** Requests under way at once: at the full pace, with answers that take a second. */
const IN_FLIGHT = 5;

/** Answers by which Airtable says that the table is not what we take it for. */
const TABLE_CHANGED = ['UNKNOWN_FIELD_NAME', 'INVALID_MULTIPLE_CHOICE_OPTIONS'];

/**
 * Sends rows ten to a request. After a failure that is not the rows' own nothing more is begun: what was
 * written is told, and all else is postponed.
 */
export async function sendRows(sending: Sending, rows: readonly RowWrite[]): Promise<void> {
  const { outcomes } = sending;
  const batches = batchesOf(rows);
  const stop: { problem: Problem | null } = { problem: null };

  async function work(): Promise<void> {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      if (stop.problem === null) await sendBatch(sending, batch).catch(halt);
      const postponed = stop.problem;
      if (postponed === null) continue;
      for (const { key } of batch) if (!outcomes.has(key)) outcomes.set(key, { key, postponed });
    }
  }

  function halt(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    stop.problem = error;
  }

  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

function batchesOf(rows: readonly RowWrite[]): (readonly RowWrite[])[] {
  const batches: (readonly RowWrite[])[] = [];
  for (let start = 0; start < rows.length; start += WRITE_BATCH) batches.push(rows.slice(start, start + WRITE_BATCH));
  return batches;
}

/** A batch is taken or refused as a whole; what is wrong with it is found out, and the rest goes again. */
async function sendBatch(sending: Sending, batch: readonly RowWrite[], isSecondTry = false): Promise<void> {
  if (batch.length === 0) return;
  try {
    await sendUnlocked(sending, batch);
  } catch (error) {
    if (!isSecondTry && isType(error, ...TABLE_CHANGED)) {
      sending.schema = await sending.base.schema.refresh(sending.schema);
      insistOnColumns(sending.schema);
      return sendBatch(sending, await settle(sending, batch), true);
    }
    if (mayBeGone(error)) return sendWithoutGone(sending, batch, error);
    if (!isRefusal(error)) throw error;
    const [only] = batch;
    if (only !== undefined && batch.length === 1) return sendAlone(sending, only, error);
    const half = Math.ceil(batch.length / 2);
    await sendBatch(sending, batch.slice(0, half), isSecondTry);
    await sendBatch(sending, batch.slice(half), isSecondTry);
  }
}

/** Which rows are gone only a look tells: the same answers are given to a token that may not see them. */
async function sendWithoutGone(sending: Sending, batch: readonly RowWrite[], error: unknown): Promise<void> {
  const ids = batch.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) throw error;
  const found = new Set((await readRows(sending.base, () => rowsById(ids))).map(({ id }) => id));
  const gone = batch.filter(({ id }) => id !== null && !found.has(id));
  if (gone.length === 0) throw error;
  for (const row of gone) sending.outcomes.set(row.key, { key: row.key, refused: rowGone(row, 'the table') });
  await sendBatch(
    sending,
    batch.filter((row) => !gone.includes(row)),
  );
}

/**
 * A row that is refused though it stands alone. A new one may have two rows already, which Airtable refuses
 * without saying so: then the older one is ours.
 */
async function sendAlone(sending: Sending, row: RowWrite, error: AirtableProblem): Promise<void> {
  const { base, schema, outcomes } = sending;
  const twins = row.id === null ? await readRows(base, (known) => rowsByKey(keyFieldOf(known), [row.key])) : [];
  const [first, second] = twins.toSorted((one, other) => Temporal.Instant.compare(one.createdAt, other.createdAt));
  if (first === undefined || second === undefined) {
    outcomes.set(row.key, { key: row.key, refused: rowRefused(row, error, schema) });
    return;
  }
  base.learnt.twins.set(row.key, rowAddress(base.settings, schema.table.id, second.id));
  await sendBatch(sending, [{ ...row, id: first.id }]);
}
