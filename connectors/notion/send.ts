import { Problem } from '../../src/domain/problem.ts';
import { rowGone } from '../../src/kit/store/row-refusals.ts';
import type { RowWrite } from '../../src/ports/ticket-store.ts';
import type { Base } from './base.ts';
import { readRow } from './pages.ts';
import { isBlockLimit, isConflict, isNotFound, isRefusal, isUnknownOutcome, type NotionProblem } from './problems.ts';
import { BLOCKS_SPENT_SECONDS, maybeMade, noBlocksLeft, rowRefused } from './refusals.ts';
import { insistOnColumns } from './schema.ts';
import { type Sending, settle } from './settle.ts';
import { mayWriteOver, writePage } from './write-page.ts';

/** Requests under way at once: twenty a second, with answers that take most of one. A window may be spent at any pace. */
const IN_FLIGHT = 16;

/** So many answers in a row that tell nothing are no accident of single rows: Notion is in trouble. */
const MOST_UNKNOWN = 3;

/** Pauses before a request is made again that met another one, in milliseconds: nothing was saved. */
const CONFLICT_PAUSES = [300, 700, 1500, 3000];

/**
 * Sends rows one to a request, as Notion has it. After a failure that is not the rows' own nothing more is begun:
 * what was written is told, and all else is postponed.
 */
export async function sendRows(sending: Sending, rows: readonly RowWrite[]): Promise<void> {
  const left = [...rows];
  const stop: { problem: Problem | null; unknown: number } = { problem: null, unknown: 0 };

  async function work(): Promise<void> {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      const { key } = row;
      if (stop.problem === null) await sendRow(sending, row).then(note, (error: unknown) => postpone(key, error));
      const { problem } = stop;
      if (problem !== null && !sending.outcomes.has(key)) sending.outcomes.set(key, { key, postponed: problem });
    }
  }

  function note(): void {
    stop.unknown = 0;
  }

  function postpone(key: string, error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    const alone = isUnknownOutcome(error) || isConflict(error);
    if (isUnknownOutcome(error)) stop.unknown += 1;
    if (stop.unknown >= MOST_UNKNOWN || !alone) stop.problem ??= error;
    if (!sending.outcomes.has(key)) sending.outcomes.set(key, { key, postponed: error, alone });
  }

  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

/** Writes a row that is there, or makes it. */
async function sendRow(sending: Sending, row: RowWrite, isSecondTry = false): Promise<void> {
  const { recent } = sending.base;
  const id = row.id ?? recent.bearerOf(row.key)?.id ?? null;
  if (id === null && isOutOfBlocks(sending.base)) return putOff(sending, row, noBlocksLeft(row));
  try {
    noteWritten(sending, row, await withoutConflict(sending, row, () => writePage(sending, row, id)));
  } catch (error) {
    if (id !== null && (isRefusal(error) || isNotFound(error)) && (await readRow(sending.base, id)) === null) {
      return withoutRow(sending, row);
    }
    if (isUnknownOutcome(error)) return whetherSaved(sending, { row, id, error });
    if (isBlockLimit(error)) return outOfBlocks(sending, row);
    if (!isRefusal(error)) throw error;
    return isSecondTry ? refuse(sending, row, rowRefused(row, error, sending.schema)) : sendAnew(sending, row, error);
  }
}

function noteWritten({ base, outcomes }: Sending, { key, cells }: RowWrite, id: string): void {
  base.recent.give(key, id);
  base.recent.wrote(id, cells);
  outcomes.set(key, { key, id });
}

function refuse({ outcomes }: Sending, { key }: RowWrite, refused: Problem): void {
  outcomes.set(key, { key, refused });
}

/** The others need not wait for it. */
function putOff({ outcomes }: Sending, { key }: RowWrite, postponed: Problem): void {
  outcomes.set(key, { key, postponed, alone: true });
}

/** Who met us may have written into the very cells, which the flush looks at first; with our own there is no harm. */
async function withoutConflict(sending: Sending, row: RowWrite, write: () => Promise<string>): Promise<string> {
  for (const milliseconds of mayWriteOver(sending, row) ? CONFLICT_PAUSES : []) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error)) throw error;
      await sending.base.given.pause(milliseconds);
    }
  }
  return write();
}

/** A row that we remembered is gone: one that was to be made is made, and any other is not. */
async function withoutRow(sending: Sending, row: RowWrite): Promise<void> {
  if (row.id !== null) return refuse(sending, row, rowGone(row, 'the database'));
  sending.base.recent.forget(row.key);
  await sendRow(sending, row);
}

/** Some errors say what was saved all the same; of a page that may be there nobody makes another without a look. */
function whetherSaved(
  sending: Sending,
  { row, id, error }: { row: RowWrite; id: string | null; error: NotionProblem },
): void {
  const { savedId } = error.answer;
  if (savedId !== null) return noteWritten(sending, row, savedId);
  if (id === null) {
    sending.base.recent.noteUnsure(row.key);
    putOff(sending, row, maybeMade(row, error));
  }
  throw error;
}

function outOfBlocks(sending: Sending, row: RowWrite): void {
  sending.base.learnt.blocksSpentAt = sending.base.given.now();
  putOff(sending, row, noBlocksLeft(row));
}

function isOutOfBlocks({ learnt: { blocksSpentAt }, given }: Base): boolean {
  return (
    blocksSpentAt !== null &&
    Temporal.Instant.compare(given.now(), blocksSpentAt.add({ seconds: BLOCKS_SPENT_SECONDS })) < 0
  );
}

/** What is refused may be so since the database was changed; then it goes once more, as the database is now. */
async function sendAnew(sending: Sending, row: RowWrite, error: NotionProblem): Promise<void> {
  const before = sending.schema;
  sending.schema = await sending.base.schema.refresh(before);
  insistOnColumns(sending.schema);
  if (JSON.stringify(before.dataSource) === JSON.stringify(sending.schema.dataSource)) {
    return refuse(sending, row, rowRefused(row, error, sending.schema));
  }
  for (const settled of await settle(sending, [row])) await sendRow(sending, settled, true);
}
