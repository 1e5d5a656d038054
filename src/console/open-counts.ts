import type { Queries } from '../db/connection.ts';
import type { Now } from '../ports/now.ts';
import { countOpen, type OpenCount } from './queue-rows.ts';

/** A count that took so long is shown for so many times as long before counting again: a twentieth of the time. */
const PATIENCE = 20;

/**
 * The open tickets, counted. With a hundred thousand of them a count takes a third of a second; then the
 * figures are a few seconds old at most, and with a thousand they are always fresh.
 */
export function createOpenCounts(queries: Queries, now: Now): () => Promise<readonly OpenCount[]> {
  const held = { counts: [] as readonly OpenCount[], freshUntil: -Infinity };
  return async () => {
    const began = now().epochMilliseconds;
    if (began < held.freshUntil) return held.counts;
    held.counts = await countOpen(queries);
    const ended = now().epochMilliseconds;
    held.freshUntil = ended + (ended - began) * PATIENCE;
    return held.counts;
  };
}
