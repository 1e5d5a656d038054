import type { SentCells } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { type Cells, ROW_GONE, type WriteOutcome } from '../ports/ticket-store.ts';
import type { ActivityLine } from './activity.ts';
import { deskColumns } from './columns.ts';
import {
  activityOfTickets,
  dirtyRows,
  type MirrorRow,
  noteDetachedSettled,
  noteGone,
  noteRefused,
  noteSent,
  noteSettled,
  noteWritten,
  oweRefusedAgain,
} from './mirror.ts';
import { owedCells } from './owed.ts';
import { goToRest, isResting, restOf, storedProblem, wakeUp } from './rest.ts';
import { limitsOf } from './shown-cell.ts';
import { type SyncParts, takeRow } from './take-row.ts';

/**
 * Tickets to one round: ten full requests to Airtable, two seconds at its pace, after which what was
 * written is recorded. A store with larger batches gets one of them.
 */
const ROUND = 100;

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

/** What a run did. */
export interface Flushed {
  written: number;
  refused: number;
}

/** Writes our changes into the base. */
export interface Flush {
  /** Writes everything that is owed, in as few requests as can be. Rests after a failure of the base. */
  run(): Promise<Flushed>;
  /** Owes again what the base refused, after a column or an option was mended. Returns how many rows. */
  retryRefused(): Promise<number>;
}

/** What is to be written of one ticket. */
interface Owed {
  row: MirrorRow;
  cells: Cells;
}

/** The way from our tickets to the base. Runs in the lane `flush`, so that a base has one writer. */
export function createFlush(parts: SyncParts): Flush {
  return {
    run: () => run(parts),
    retryRefused: () => oweRefusedAgain(parts.connection, parts.now()),
  };
}

async function run(parts: SyncParts): Promise<Flushed> {
  const before = await restOf(parts.connection, 'flush');
  if (isResting(before, parts.now())) return { written: 0, refused: 0 };
  const total = { written: 0, refused: 0 };
  try {
    await writeRounds(parts, total);
    if (before !== null) await wakeUp(parts.connection, 'flush');
  } catch (error) {
    const rest = await goToRest(parts.connection, 'flush', { error, before, now: parts.now() });
    if (!(error instanceof Problem)) throw error;
    parts.log.warn({ code: error.code, until: rest.until.toString() }, `writing to the base rests: ${error.message}`);
  }
  return total;
}

async function writeRounds(parts: SyncParts, total: Flushed): Promise<void> {
  const end = parts.now().add(LONGEST_RUN);
  const size = Math.max(ROUND, parts.store.abilities.writeBatch);
  await noteDetachedSettled(parts.connection);
  for (;;) {
    const rows = await dirtyRows(parts.connection, size);
    if (rows.length === 0) return;
    await writeRound(parts, rows, total);
    if (Temporal.Instant.compare(parts.now(), end) > 0) return;
  }
}

async function writeRound(parts: SyncParts, rows: readonly MirrorRow[], total: Flushed): Promise<void> {
  const owed = await whatIsOwed(parts, rows);
  const free = await withoutEdits(parts, owed);
  if (free.length === 0) return;
  await noteSent(parts.connection, free.flatMap(sentOf(parts)));
  const outcomes = await parts.store.write(free.map(({ row, cells }) => ({ id: row.rowId, key: row.key, cells })));
  await record(parts, { owed: free, outcomes, total });
}

/** Compares tickets with their rows; what differs in nothing is settled without a request. */
async function whatIsOwed(parts: SyncParts, rows: readonly MirrorRow[]): Promise<Owed[]> {
  const { connection, store, policy } = parts;
  const activity = await activityOfTickets(
    connection,
    rows.map(({ key }) => key),
  );
  const given = { columns: deskColumns(policy()), limits: limitsOf(store) };
  const compared = rows.map((row) => ({ row, cells: owedCells({ row, activity: linesOf(activity, row) }, given) }));
  await noteSettled(
    connection,
    compared.filter(({ cells }) => cells === null).map(({ row }) => row),
  );
  return compared.flatMap(({ row, cells }) => (cells === null ? [] : [{ row, cells }]));
}

function linesOf(activity: ReadonlyMap<string, readonly ActivityLine[]>, { key }: MirrorRow): readonly ActivityLine[] {
  return activity.get(key) ?? [];
}

/**
 * No base can compare and set. So a row is read again just before a write touches a cell that people may
 * edit; what they did meanwhile is taken over, and their row waits for the next round. Milliseconds
 * remain in which an edit can still be written over.
 */
async function withoutEdits(parts: SyncParts, owed: readonly Owed[]): Promise<Owed[]> {
  const touching = owed.flatMap(({ row, cells }) =>
    row.rowId !== null && touchesPeople(parts, cells) ? [{ row, rowId: row.rowId }] : [],
  );
  if (touching.length === 0) return [...owed];
  const found = new Map((await parts.store.read(touching.map(({ rowId }) => rowId))).map((row) => [row.id, row]));
  const busy = new Set<string>();
  for (const { row, rowId } of touching) {
    const stored = found.get(rowId);
    if (stored === undefined) await detach(parts, row);
    if (stored === undefined || (await takeRow(parts, stored, row)) !== 'same') busy.add(row.key);
  }
  return owed.filter(({ row }) => !busy.has(row.key));
}

function touchesPeople({ policy }: SyncParts, cells: Cells): boolean {
  return deskColumns(policy()).some(({ name, edits }) => edits === 'taken' && cells[name] !== undefined);
}

/** Only cells that people may edit have echoes worth knowing. */
function sentOf({ policy }: SyncParts): (owed: Owed) => { key: string; sent: SentCells }[] {
  const watched = deskColumns(policy()).filter(({ edits }) => edits === 'taken');
  return ({ row, cells }) => {
    const going = watched.flatMap(({ name }) => {
      const cell = cells[name];
      return cell === undefined ? [] : [[name, [...(row.sent[name] ?? []), cell]] as const];
    });
    return going.length === 0 ? [] : [{ key: row.key, sent: { ...row.sent, ...Object.fromEntries(going) } }];
  };
}

async function record(
  parts: SyncParts,
  { owed, outcomes, total }: { owed: readonly Owed[]; outcomes: readonly WriteOutcome[]; total: Flushed },
): Promise<void> {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  const written = owed.flatMap(({ row, cells }) => {
    const outcome = outcomeOf.get(row.key);
    if (outcome === undefined || !('id' in outcome)) return [];
    const { key, version, syncedSeq } = row;
    return [{ key, version, syncedSeq, rowId: outcome.id, cells: { ...watchedCells(parts, cells), key } }];
  });
  await noteWritten(parts.connection, written);
  total.written += written.length;
  for (const { row } of owed) {
    const outcome = outcomeOf.get(row.key);
    if (outcome !== undefined && 'refused' in outcome) total.refused += await refuse(parts, row, outcome.refused);
  }
  const postponed = outcomes.find((outcome) => 'postponed' in outcome);
  if (postponed !== undefined && 'postponed' in postponed) throw postponed.postponed;
}

/** What is written once is not compared again, so that long texts are not kept twice. */
function watchedCells({ policy }: SyncParts, cells: Cells): Cells {
  const left = new Set(deskColumns(policy()).flatMap(({ name, edits }) => (edits === 'left' ? [name] : [])));
  return Object.fromEntries(Object.entries(cells).filter(([name]) => !left.has(name)));
}

async function refuse(parts: SyncParts, row: MirrorRow, problem: Problem): Promise<number> {
  if (problem.code === ROW_GONE) {
    await detach(parts, row);
    return 0;
  }
  parts.log.warn({ ticketKey: row.key, code: problem.code }, 'the base refuses a row');
  await noteRefused(parts.connection, row, storedProblem(problem));
  return 1;
}

async function detach({ connection, now, log }: SyncParts, { key, rowId }: MirrorRow): Promise<void> {
  if (rowId !== null) await noteGone(connection, [rowId], now());
  log.info({ ticketKey: key }, 'the row of a ticket was deleted in the base; the ticket stays, detached');
}
