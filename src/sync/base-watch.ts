import type { Connection } from '../db/connection.ts';
import type { StoredProblem } from '../db/schema.ts';
import type { RequestMeter } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';
import type { LockedColumn, TicketStore } from '../ports/ticket-store.ts';
import { type Spending, spendingOf } from './budget.ts';
import { type Calls, callsOf, isTrusted } from './calls.ts';
import type { Comments } from './comments.ts';
import type { Flush } from './flush.ts';
import type { News } from './news.ts';
import type { Pull } from './pull.ts';

/** How we and the base get on, for the console and the API. */
export interface BaseWatch {
  /** What the base has cost this month, and what it will; null when nobody counts. */
  requestsSpent(): Spending | null;
  /** Columns that the base does not let us write. */
  locked(): readonly LockedColumn[];
  /** How the base's calls stand; null for a base that calls nobody. */
  calls(): Promise<CallState | null>;
  /** A person is about to set the calls up: one secret of the base is taken within the hour. */
  openCalls(): Promise<void>;
  /** Writes again what the base refused, after a column, an option or room was made. Returns how many rows. */
  writeRefused(): Promise<number>;
  /** Another process of ours looks at the base now, so that what it mends there is noticed at once. */
  makeRoom(): Promise<void>;
}

/** Whether the base calls us when something changes, and if not, why. */
export interface CallState {
  /** Whether there is an address of ours that it could call. */
  hasAddress: boolean;
  /** Null while the base has not agreed; `until` is null where that has no end. */
  agreement: { until: Temporal.Instant | null } | null;
  /** When it called last. */
  calledAt: Temporal.Instant | null;
  /** When a change was found that no call had told; null when a call has come since. */
  missedAt: Temporal.Instant | null;
  /** Why it could not be asked to call. */
  problem: StoredProblem | null;
  /** For the person who sets the calls up; null where nobody has to, or there is no address. */
  byHand: CallsByHand | null;
}

/** Setting the calls up, as far as it has come. */
export interface CallsByHand {
  /** What is entered in the base. */
  address: string;
  /** Where the address is entered, and where the secret. */
  steps: { enter: string; paste: string };
  /** Until when a secret is waited for; null while none is. */
  openUntil: Temporal.Instant | null;
  /** What is to be brought to the base; null before it came, and once a call was signed with it. */
  secret: string | null;
}

interface WatchParts {
  connection: Connection;
  store: Pick<TicketStore, 'abilities' | 'locked' | 'makeRoom' | 'news'>;
  news: News | null;
  comments: Pick<Comments, 'tryAgain'>;
  flush: Pick<Flush, 'retryRefused'>;
  pull: Pick<Pull, 'pace'>;
  meter: Pick<RequestMeter, 'spentThisMonth' | 'spend'>;
  lanes: { wake(lane: 'flush'): Promise<unknown> };
  now: Now;
}

export function createBaseWatch(parts: WatchParts): BaseWatch {
  const { store, comments, flush, pull, meter, lanes, now } = parts;
  return {
    calls: () => callState(parts),
    openCalls: async () => store.news?.byHand?.open(),
    requestsSpent: () => spendingOf(store.abilities, { meter, pace: pull.pace(), now: now() }),
    locked: () => store.locked?.() ?? [],
    async writeRefused() {
      const count = await flush.retryRefused();
      await lanes.wake('flush');
      return count;
    },
    async makeRoom() {
      await store.makeRoom?.();
      await comments.tryAgain();
      await lanes.wake('flush');
    },
  };
}

async function callState({ connection, store, news }: WatchParts): Promise<CallState | null> {
  if (store.news === undefined) return null;
  const calls = await callsOf({ connection });
  return {
    hasAddress: news !== null,
    agreement: news === null ? null : await store.news.agreement(),
    calledAt: momentOf(calls.calledAt),
    missedAt: isTrusted(calls) ? null : momentOf(calls.missedAt),
    problem: calls.problem,
    byHand: await callsByHand({ store, news }, calls),
  };
}

async function callsByHand(
  { store, news }: Pick<WatchParts, 'store' | 'news'>,
  { calledAt }: Calls,
): Promise<CallsByHand | null> {
  const byHand = store.news?.byHand;
  if (byHand === undefined || news === null) return null;
  const { openUntil, secret } = await byHand.state();
  return { address: news.address, steps: byHand.steps, openUntil, secret: calledAt === null ? secret : null };
}

function momentOf(written: string | null): Temporal.Instant | null {
  return written === null ? null : Temporal.Instant.from(written);
}
