import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

/** Random bytes are drawn so many at a time: one by one, as `ulid` would, they cost more than all else of an id. */
const POOL_BYTES = 4096;

/** Makes ULIDs: they sort by time, and nobody can guess one from another; for a story of chance that is the same each time. */
export function createIds(random = strongRandom()): (at: Temporal.Instant) => string {
  return (at) => ulid(at.epochMilliseconds, random);
}

function strongRandom(): () => number {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  };
}
