import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

/** Random bytes are drawn so many at a time: one by one, as `ulid` would, they cost more than all else of an id. */
const POOL_BYTES = 4096;

/** Makes ULIDs: they sort by time, and nobody can guess one from another. */
export function createIds(): (at: Temporal.Instant) => string {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  function random(): number {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  }
  return (at) => ulid(at.epochMilliseconds, random);
}
