import type { BaseWatch } from '../../src/sync/base-watch.ts';

/** A base of which nothing is to be said. */
export function aQuietBase(changes: Partial<BaseWatch> = {}): BaseWatch {
  return {
    requestsSpent: () => null,
    locked: () => [],
    calls: async () => null,
    openCalls: async () => undefined,
    writeRefused: async () => 0,
    makeRoom: async () => undefined,
    ...changes,
  };
}
