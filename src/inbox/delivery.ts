import { createHash } from 'node:crypto';
import type { RawRequest } from '../ports/channel.ts';

/** The same content within so long is the same delivery, when its sender does not name its deliveries. */
export const REPEAT_WINDOW_SECONDS = 600;

/** Longer ids are kept as their hash: an index entry may have 2,704 bytes. */
const LONGEST_ID = 200;

/** By what a delivery is recognised when it comes again. */
export interface Delivery {
  deliveryId: string;
  /**
   * What the same content was called in the windows before and after; empty when the sender names its deliveries.
   * After, as the clocks of two processes differ, and a clock may be set back.
   */
  nearbyIds: readonly string[];
}

/**
 * Names a delivery: by the sender's own id, else by its content and the window of time it falls in. A
 * repeat just past the edge of a window is found under the name of the one beside it.
 */
export function deliveryOf(request: RawRequest, sendersId: string | null): Delivery {
  if (sendersId !== null) return { deliveryId: `id:${storableId(sendersId)}`, nearbyIds: [] };
  const content = hash(request.headers['content-type'] ?? '', '\n', request.body);
  const window = Math.floor(request.receivedAt.epochMilliseconds / 1000 / REPEAT_WINDOW_SECONDS);
  const named = (each: number) => `sha256:${content}:${each}`;
  return { deliveryId: named(window), nearbyIds: [named(window - 1), named(window + 1)] };
}

function storableId(id: string): string {
  return id.length > LONGEST_ID || id.includes('\0') || !id.isWellFormed() ? `sha256:${hash(id)}` : id;
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
}
