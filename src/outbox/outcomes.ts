import { sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import type { outbox, StoredProblem } from '../db/schema.ts';
import { Problem } from '../domain/problem.ts';
import { noSuchAddress } from '../kit/dead-address.ts';
import type { Log } from '../kit/log.ts';
import type { Delivery } from '../ports/notifier.ts';
import type { Now } from '../ports/now.ts';
import { nextAttempt } from '../kit/back-off.ts';

export type OutboxRow = typeof outbox.$inferSelect;

/** What a run did. */
export interface Performed {
  sent: number;
  notSent: number;
  /** Failed for now; tried again later. */
  putOff: number;
  dead: number;
  /** True no more when their time came, or gone by mail instead. */
  leftOut: number;
}

/** What became of one attempt, as it goes into the table. */
export interface Outcome {
  key: string;
  attempts: number;
  state: OutboxRow['state'];
  nextAt: Temporal.Instant;
  /** Whether it waits for others to go with. */
  held: boolean;
  finishedAt: Temporal.Instant | null;
  receipt: string | null;
  problem: StoredProblem | null;
  counted: keyof Performed;
}

export interface OutcomeParts {
  now: Now;
  log: Log;
}

export function delivered({ now }: OutcomeParts, row: OutboxRow, delivery: Delivery): Outcome {
  const sent = done(row, now());
  switch (delivery.kind) {
    case 'sent':
      return { ...sent, state: 'sent', receipt: delivery.id, problem: null, counted: 'sent' };
    case 'no_such_address':
      return {
        ...sent,
        state: 'dead',
        receipt: null,
        problem: noSuchAddress(delivery.reason, whoseOf(row)),
        counted: 'dead',
      };
    case 'not_configured':
      return unsent({ now }, row, notConfigured(delivery));
  }
}

function whoseOf({ kind }: OutboxRow): 'requester' | 'team' {
  return kind === 'message' ? 'requester' : 'team';
}

/** Not sent, for a person to send who thinks that it is worth it. */
export function unsent({ now }: Pick<OutcomeParts, 'now'>, row: OutboxRow, problem: StoredProblem): Outcome {
  return { ...done(row, now()), state: 'not_sent', receipt: null, problem, counted: 'notSent' };
}

/** Never to be sent, as nobody misses it. */
export function leftOut({ now }: OutcomeParts, row: OutboxRow, problem: StoredProblem): Outcome {
  return { ...done(row, now()), state: 'left_out', receipt: null, problem, counted: 'leftOut' };
}

export function failed(parts: OutcomeParts, row: OutboxRow, error: unknown): Outcome {
  const { key, attempts } = row;
  const problem = problemOf(error);
  const ours = error instanceof Problem ? {} : { err: error };
  parts.log.warn({ outboxKey: key, attempts, code: problem.code, ...ours }, 'a message could not be sent');
  const now = parts.now();
  const again = tryAgainAt(attempts, { error, now });
  if (again === null) return { ...done(row, now), state: 'dead', receipt: null, problem, counted: 'dead' };
  const putOff = { state: 'waiting', nextAt: again, finishedAt: null, receipt: null } as const;
  return { ...done(row, now), ...putOff, problem, counted: 'putOff' };
}

function done({ key, attempts, nextAt, held }: OutboxRow, finishedAt: Temporal.Instant) {
  return { key, attempts, nextAt, held, finishedAt };
}

/** Null when trying again cannot help, or was tried often enough. */
function tryAgainAt(attempts: number, { error, now }: { error: unknown; now: Temporal.Instant }) {
  const advice = error instanceof Problem ? error.retry : 'later';
  if (advice === 'never') return null;
  return nextAttempt(attempts, { now, atLeastSeconds: advice === 'later' ? 0 : advice.afterSeconds });
}

function notConfigured({ reason, fix }: Extract<Delivery, { kind: 'not_configured' }>): StoredProblem {
  return {
    code: 'outbox.not-configured',
    message: reason,
    fix: fix ?? 'Set it, start again, and send this message from the console if it is still worth sending.',
  };
}

/** What is stored of a failure. */
export function problemOf(error: unknown): StoredProblem {
  if (error instanceof Problem) return { code: error.code, message: error.message, fix: error.fix };
  return {
    code: 'outbox.failed',
    message: 'Something went wrong in Tabledesk while it sent this message.',
    fix: 'It is tried again by itself; if it stays, report the error of the log.',
  };
}

/**
 * Records what became of each message as soon as it is known, so that few of them can go out twice: one that is
 * slow to leave keeps none waiting. What is known in the meantime is recorded together.
 */
export function createRecords(connection: Connection) {
  const known: Outcome[] = [];
  let recording: Promise<void> = Promise.resolve();
  async function recordKnown(): Promise<void> {
    const outcomes = known.splice(0);
    if (outcomes.length > 0) await record(connection, outcomes);
  }
  return {
    async keep(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
      known.push(...outcomes);
      recording = recording.then(recordKnown);
      await recording;
      return outcomes;
    },
  };
}

/** Only the attempt that was taken last has a say, should a message ever be in two hands. */
async function record({ queries }: Connection, outcomes: readonly Outcome[]): Promise<void> {
  await queries.execute(sql`
    update outbox
    set state = made.state, next_at = made."nextAt", held = made.held, finished_at = made."finishedAt",
        receipt = made.receipt, problem = made.problem
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as made (
      key text, attempts int, state text, "nextAt" timestamptz, held boolean, "finishedAt" timestamptz, receipt text,
      problem jsonb
    )
    where outbox.key = made.key and outbox.state = 'waiting' and outbox.attempts = made.attempts
  `);
}
