import type { RequestMeter } from '../kit/connector.ts';
import type { Now } from '../ports/now.ts';
import type { LockedColumn, TicketStore } from '../ports/ticket-store.ts';
import { type Spending, spendingOf } from './budget.ts';
import type { Pull } from './pull.ts';

/** How we and the base get on, for the console and the API. */
export interface BaseWatch {
  /** What the base has cost this month, and what it will; null when nobody counts. */
  requestsSpent(): Spending | null;
  /** Columns that the base does not let us write. */
  locked(): readonly LockedColumn[];
  /** Another process of ours looks at the base now, so that what it mends there is noticed at once. */
  makeRoom(): Promise<void>;
}

interface WatchParts {
  store: Pick<TicketStore, 'abilities' | 'locked' | 'makeRoom'>;
  pull: Pick<Pull, 'pace'>;
  meter: Pick<RequestMeter, 'spentThisMonth' | 'spend'>;
  lanes: { wake(lane: 'flush'): Promise<unknown> };
  now: Now;
}

export function createBaseWatch({ store, pull, meter, lanes, now }: WatchParts): BaseWatch {
  return {
    requestsSpent: () => spendingOf(store.abilities, { meter, pace: pull.pace(), now: now() }),
    locked: () => store.locked?.() ?? [],
    async makeRoom() {
      store.makeRoom?.();
      await lanes.wake('flush');
    },
  };
}
