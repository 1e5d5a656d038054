import type { SentCells } from '../db/schema.ts';
import { isErased } from '../domain/erasure.ts';
import type { Problem } from '../domain/problem.ts';
import { type Cells, ROW_GONE, type WriteOutcome } from '../ports/ticket-store.ts';
import { detach, withoutEdits } from './careful.ts';
import { deskColumns } from './columns.ts';
import type { Owed } from './compare.ts';
import { createLockLog } from './lock-log.ts';
import {
  type MirrorRow,
  notePutOff,
  noteRefused,
  noteSent,
  noteWritten,
  oweRefusedAgain,
  oweWithheld,
} from './mirror.ts';
import { restfully, secondsToRest, storedProblem } from './rest.ts';
import { nextRound, type Pacing } from './rounds.ts';
import { createRounds } from './rounds-under-way.ts';
import { shadowColumns } from './shadow-columns.ts';
import type { SyncParts } from './take-row.ts';
import { emptyTeamCells, teamColumns } from './team-columns.ts';

/** A run ends after so long, well before its lane counts it as stuck; the next tick goes on. */
const LONGEST_RUN = { minutes: 5 };

/** For what is due within so many milliseconds a run waits; ticks come too seldom for it. */
const LONGEST_WAIT = 3000;

/** Milliseconds after which a run that waits looks whether a request is full. */
const MOMENT = 250;

/**
 * Rounds under way at once at a store that has a pace: while one is sent the next is made ready, so that no
 * moment of the pace goes by unused.
 */
const OVERLAPPING = 2;

/** Rows that are owed again at a time after a column was unlocked: as many as a round takes. */
const UNLOCKED_AT_ONCE = 100;

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

/** The way from our tickets to the base. Runs in the lane `flush`, so that a base has one writer. */
export function createFlush(parts: SyncParts): Flush {
  const pacing: Pacing = { readAgainAt: null, isGathering: false, putOff: new Set() };
  const locks = createLockLog(parts);
  return {
    run: () => run(parts, pacing).finally(() => locks.tell()),
    retryRefused: () => oweRefusedAgain(parts.connection, parts.now()),
  };
}

async function run(parts: SyncParts, pacing: Pacing): Promise<Flushed> {
  const total = { written: 0, refused: 0 };
  await restfully(parts, 'flush', () => writeRounds(parts, { pacing, total }));
  return total;
}

async function writeRounds(parts: SyncParts, { pacing, total }: { pacing: Pacing; total: Flushed }): Promise<void> {
  const end = parts.now().add(LONGEST_RUN);
  const isToGoOn = () => parts.isStopping?.() !== true && Temporal.Instant.compare(parts.now(), end) <= 0;
  const rounds = createRounds(parts.store.abilities.requestsPerSecond === null ? 1 : OVERLAPPING);
  await oweUnlocked(parts);
  try {
    while (isToGoOn() && (await rounds.haveRoom())) {
      const round = await nextRound(parts, { pacing, busy: rounds.busy });
      if (round.kind === 'write') rounds.begin(await madeReady(parts, round.owed), (owed) => send(parts, owed, total));
      else if (round.kind === 'wait' && !(await isWorthWaiting(parts, round.until))) break;
      else if (round.kind === 'done' && !(await rounds.anyEnds()) && !(await oweUnlocked(parts))) break;
    }
  } finally {
    await rounds.allEnd();
  }
}

/**
 * Owes again what a column is behind in since the base does not keep us out of it any more. While that is still to
 * be tried, so many rows as one request takes are enough to find out.
 */
async function oweUnlocked({ connection, store, policy, isInShadow, now }: SyncParts): Promise<boolean> {
  const locked = store.locked?.() ?? [];
  const held = isInShadow?.() === true ? shadowColumns(deskColumns(policy()), { isNew: false }) : [];
  const shut = [...locked.filter(({ isToBeTried }) => !isToBeTried).map(({ name }) => name), ...held];
  const limit = locked.every(({ isToBeTried }) => !isToBeTried) ? UNLOCKED_AT_ONCE : store.abilities.writeBatch;
  return oweWithheld(connection, { locked: shut, limit, now: now() });
}

/** Lets a moment pass, no more, as others may fill a request meanwhile. What is due much later, a tick wakes. */
async function isWorthWaiting({ now, pause }: SyncParts, until: Temporal.Instant): Promise<boolean> {
  const left = Math.ceil(now().until(until).total('milliseconds'));
  if (left > LONGEST_WAIT) return false;
  await pause(Math.max(1, Math.min(left, MOMENT)));
  return true;
}

/** Leaves out what a person changed meanwhile, and notes what is about to be sent. */
async function madeReady(parts: SyncParts, owed: readonly Owed[]): Promise<readonly Owed[]> {
  const free = await withoutEdits(parts, owed);
  await noteSent(parts.connection, free.flatMap(sentOf(parts)));
  return free;
}

async function send(parts: SyncParts, owed: readonly Owed[], total: Flushed): Promise<void> {
  const outcomes = await parts.store.write(owed.map(({ row, cells }) => ({ id: row.rowId, key: row.key, cells })));
  await record(parts, { owed, outcomes, total });
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
  const written = owed.flatMap(({ row, cells, withheld }) => {
    const outcome = outcomeOf.get(row.key);
    if (outcome === undefined || !('id' in outcome)) return [];
    const { key, version, syncedSeq } = row;
    const { id: rowId, left = [] } = outcome;
    const begun = row.rowId === null ? emptyTeamCells(teamColumns(parts.policy())) : {};
    const sure = withoutColumns(cells, left);
    // What was read of an erased ticket before is written over here, too.
    const taken = { ...begun, ...(isErased(row.ticket) ? sure : watchedCells(parts, sure)), key };
    return [{ key, version, syncedSeq, rowId, cells: taken, withheld: [...withheld, ...left] }];
  });
  await noteWritten(parts.connection, written);
  total.written += written.length;
  for (const { row } of owed) {
    const outcome = outcomeOf.get(row.key);
    if (outcome !== undefined && 'refused' in outcome) total.refused += await refuse(parts, row, outcome.refused);
    if (outcome !== undefined && 'postponed' in outcome && outcome.alone) await putOff(parts, row, outcome.postponed);
  }
  const postponed = outcomes.find((outcome) => 'postponed' in outcome && !outcome.alone);
  if (postponed !== undefined && 'postponed' in postponed) throw postponed.postponed;
}

/** What is written once is not compared again, so that long texts are not kept twice. */
function watchedCells({ policy }: SyncParts, cells: Cells): Cells {
  return withoutColumns(
    cells,
    deskColumns(policy()).flatMap(({ name, edits }) => (edits === 'left' ? [name] : [])),
  );
}

function withoutColumns(cells: Cells, names: readonly string[]): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => !names.includes(name)));
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

/** The base is well, and takes the others meanwhile. */
async function putOff(parts: SyncParts, row: MirrorRow, problem: Problem): Promise<void> {
  parts.log.warn({ ticketKey: row.key, code: problem.code }, 'the row of a ticket is written later');
  const at = parts.now().add({ seconds: secondsToRest(problem, 1) });
  await notePutOff(parts.connection, row, { problem: storedProblem(problem), at });
}
