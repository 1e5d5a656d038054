import { and, inArray, isNotNull, max } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { addressesOf } from '../domain/requester.ts';
import type { Desk } from './desk.ts';

/** Reads when the requesters of held tickets were last asked how it was, about whatever ticket and at whatever address. */
export async function readSurveys(desk: Desk, keys: readonly string[]): Promise<void> {
  if (desk.config.policy.followUp.survey === null) return;
  const addresses = keys.flatMap((key) => {
    const held = desk.held.get(key);
    return held === undefined ? [] : addressesOf(held.ticket.requester);
  });
  const unknown = [...new Set(addresses)].filter((address) => !desk.surveyed.has(address));
  if (unknown.length === 0) return;
  const rows = await desk.tx
    .select({ address: tickets.requesterEmail, at: max(tickets.surveyedAt) })
    .from(tickets)
    .where(and(inArray(tickets.requesterEmail, unknown), isNotNull(tickets.surveyedAt)))
    .groupBy(tickets.requesterEmail);
  for (const address of unknown) desk.surveyed.set(address, null);
  for (const { address, at } of rows) {
    if (address !== null && at !== null) desk.surveyed.set(address, Temporal.Instant.from(at));
  }
}
