import type { Transaction } from '../change.ts';
import { payloadFor } from './payload.ts';
import { isExpired } from './webhook.ts';

/** Payloads are kept for seven days (section 8). */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Tells every webhook of the base that wants to know, and has it pinged. An expired one hears nothing more. */
export function recordPayloads(transaction: Transaction): void {
  const { base, at } = transaction;
  for (const webhook of base.webhooks) {
    const payload = isExpired(webhook, at) ? null : payloadFor(webhook, transaction);
    if (payload === null) continue;
    webhook.payloads = webhook.payloads.filter((kept) => kept.at > at - KEPT_MS);
    webhook.payloads.push({ at, cursor: webhook.nextCursor, payload });
    webhook.nextCursor += 1;
    // A ping that waits already will do for this change too.
    webhook.ping ??= { dueAt: at, failures: 0 };
  }
}
