import { ticketOfRequest } from '../db/ticket-queries.ts';
import type { HttpParts } from './parts.ts';

/** A ticket is there within milliseconds as a rule, so it is looked for after each of these, and then every so often. */
const PAUSES = [60, 120, 250];
const LATER_PAUSE = 500;

/** Waits a while for the ticket of a request; null when there is no such request, and no number when it takes longer. */
export async function ticketSoon(
  { connection }: Pick<HttpParts, 'connection'>,
  request: { channel: string; id: string },
  milliseconds: number,
): Promise<{ number: number | null } | null> {
  const end = performance.now() + milliseconds;
  for (let look = 0; ; look += 1) {
    const found = await ticketOfRequest(connection.queries, request);
    const pause = PAUSES[look] ?? LATER_PAUSE;
    if (found === null || found.number !== null || performance.now() + pause > end) return found;
    await new Promise((done) => setTimeout(done, pause));
  }
}
