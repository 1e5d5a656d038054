import type { SyncParts } from './take-row.ts';

/** Tells the log of each column that the base does not let us write, once, and of its end. */
export interface LockLog {
  tell(): void;
}

export function createLockLog({ store, log }: Pick<SyncParts, 'store' | 'log'>): LockLog {
  const told = new Set<string>();
  return {
    tell() {
      const locked = store.locked?.() ?? [];
      for (const { name, message, fix } of locked) {
        if (!told.has(name)) log.warn({ column: name }, `${message} ${fix}`);
        told.add(name);
      }
      for (const name of told.difference(new Set(locked.map((column) => column.name)))) {
        log.info({ column: name }, 'the base lets us write the column again');
        told.delete(name);
      }
    },
  };
}
