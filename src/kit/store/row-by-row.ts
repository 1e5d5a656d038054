import type { RowWrite, WriteOutcome } from '../../ports/ticket-store.ts';

type Write = (writes: readonly RowWrite[]) => Promise<readonly WriteOutcome[]>;

/** Lets calls overlap, but no row is ever in two at once: the later call waits for the earlier. */
export function rowByRow(write: Write): Write {
  const underWay = new Map<string, Promise<unknown>>();
  return async (writes) => {
    const before = writes.flatMap(({ key }) => underWay.get(key) ?? []);
    const writing = Promise.allSettled(before).then(() => write(writes));
    for (const { key } of writes) underWay.set(key, writing);
    try {
      return await writing;
    } finally {
      for (const { key } of writes) if (underWay.get(key) === writing) underWay.delete(key);
    }
  };
}
