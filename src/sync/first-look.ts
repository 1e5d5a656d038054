import type { Lane } from '../db/queues.ts';

/** Has lanes that decide wait for what must be known first, and no longer than for that. */
export interface FirstLook {
  /** Does the work of a lane; not before all is known, and then the lane is woken as soon as it is. */
  after(lane: Lane, work: () => Promise<unknown>): Promise<void>;
  /** Looks, and wakes the lanes that waited for what it found. */
  look(work: () => Promise<unknown>): Promise<void>;
}

/** Left to the next look at what is due, a request that came right after a start would wait for it in vain. */
export function createFirstLook({
  isKnown,
  wake,
}: {
  isKnown: () => Promise<boolean>;
  wake: (lane: Lane) => Promise<void>;
}): FirstLook {
  const waiting = new Set<Lane>();
  return {
    async after(lane, work) {
      // Noted before it is asked: a look that ends meanwhile finds it.
      waiting.add(lane);
      if (!(await isKnown())) return;
      waiting.delete(lane);
      await work();
    },
    async look(work) {
      await work();
      if (waiting.size === 0 || !(await isKnown())) return;
      const lanes = [...waiting];
      waiting.clear();
      for (const lane of lanes) await wake(lane);
    },
  };
}
