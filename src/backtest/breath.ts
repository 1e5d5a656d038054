/** So long others have at the least; whoever has anything to do begins with it. */
const MOMENT_MILLISECONDS = 1;

/** So long they have where they use it: as long as a slice of a backtest. */
const BREATH_MILLISECONDS = 10;

/** A process that has nothing to do looks at its timers now and then. */
const BUSY_SHARE = 0.3;

export interface BreathGiven {
  /** Lets time pass. */
  pause(milliseconds: number): Promise<unknown>;
  /** Begins to measure; the answer tells which share of the time since then this process had something to do. */
  watchBusyness(): () => number;
}

/**
 * Lets others have their turn between two slices of work: half of the time where they need it, and next to nothing of
 * it on a desk on which nobody does anything.
 */
export function createBreath({ pause, watchBusyness }: BreathGiven): () => Promise<void> {
  return async () => {
    const busyShare = watchBusyness();
    await pause(MOMENT_MILLISECONDS);
    if (busyShare() > BUSY_SHARE) await pause(BREATH_MILLISECONDS - MOMENT_MILLISECONDS);
  };
}

/** Of the process that runs this. */
export function watchEventLoop(): () => number {
  const begun = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(begun).utilization;
}
