import type { Disk } from '../../src/db/durable-files.ts';

/** A disk on which everything is safe at once: to wait for one takes longer than most tests, and few are about that. */
export const NO_FLUSH: Disk = { flushFile: () => undefined, flushFolder: () => undefined };
