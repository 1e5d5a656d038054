import type { ChangedRows, RowWrite, StoredRow, TicketStore } from '../../src/ports/ticket-store.ts';

type Call = 'write' | 'changesSince' | 'read' | 'find';

/** A store that counts what it is asked, and fails when it is told to. */
export interface WatchedStore extends TicketStore {
  /** What was asked since the last `forget`, with the rows of each write. */
  calls: { call: Call; writes: readonly RowWrite[] }[];
  /** Forgets what was asked, and what is planned below. */
  forget(): void;
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
  /** The next such call fails: before it reaches the store, or after, when only the answer is lost. */
  failNext(call: Call, when: 'before' | 'after', error: unknown): void;
  /** Runs once, just before or after the next such call reaches the store. */
  meanwhile(call: Call, when: 'before' | 'after', work: () => Promise<void>): void;
}

interface Plan {
  call: Call;
  when: 'before' | 'after';
  work: () => Promise<void>;
}

export function aWatchedStore(store: TicketStore, change: Partial<TicketStore> = {}): WatchedStore {
  const calls: WatchedStore['calls'] = [];
  const plans: Plan[] = [];
  const underWay = new Set<Promise<unknown>>();

  async function pass(call: Call, when: Plan['when']): Promise<void> {
    const index = plans.findIndex((plan) => plan.call === call && plan.when === when);
    if (index < 0) return;
    const [plan] = plans.splice(index, 1);
    await plan?.work();
  }

  async function passed<Answer>(call: Call, ask: () => Promise<Answer>): Promise<Answer> {
    await pass(call, 'before');
    const answer = await ask();
    await pass(call, 'after');
    return answer;
  }

  function watched<Answer>(call: Call, writes: readonly RowWrite[], ask: () => Promise<Answer>): Promise<Answer> {
    calls.push({ call, writes });
    const asking = passed(call, ask).finally(() => underWay.delete(asking));
    underWay.add(asking);
    return asking;
  }

  return {
    ...store,
    ...change,
    calls,
    forget() {
      calls.splice(0);
      plans.splice(0);
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
    failNext(call, when, error) {
      plans.push({ call, when, work: () => Promise.reject(error) });
    },
    meanwhile(call, when, work) {
      plans.push({ call, when, work });
    },
    write: (writes) => watched('write', writes, () => (change.write ?? store.write)(writes)),
    changesSince: (watermark, hint): Promise<ChangedRows> =>
      watched('changesSince', [], () => (change.changesSince ?? store.changesSince)(watermark, hint)),
    read: (ids): Promise<StoredRow[]> => watched('read', [], async () => [...(await store.read(ids))]),
    find: (keys): Promise<StoredRow[]> => watched('find', [], async () => [...(await store.find(keys))]),
  };
}
