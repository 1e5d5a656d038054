import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { type Desk, hold } from './desk.ts';
import { takeTurn } from './take-turn.ts';

/** So many waiting tickets are offered a place that has become free; those behind them wait for the sweep. */
const OFFERED = 50;

/**
 * Tickets that wait, as they are to be served: VIPs, then the most urgent, then the soonest due, then the
 * oldest. `compareWaiting` in `decide` says the same.
 */
export const SERVED_FIRST = [desc(tickets.urgency), asc(tickets.dueAt), asc(tickets.number)];

/**
 * Before a new ticket is dealt out, those whose time has come while they waited: a shift began a second
 * ago, and whoever has waited all night goes before whoever writes now.
 */
export async function serveWhoWaited(desk: Desk): Promise<void> {
  const due = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(and(eq(tickets.isWaiting, true), lte(tickets.wakeAt, desk.now)))
    .orderBy(...SERVED_FIRST)
    .limit(OFFERED);
  await lookAgain(
    desk,
    due.map((row) => row.key),
  );
}

/** Offers the places that turns have freed to those who wait in the queues of whoever has room now. */
export async function giveRoom(desk: Desk): Promise<void> {
  for (const queue of queuesOf(desk)) {
    const waiting = await desk.tx
      .select({ key: tickets.key })
      .from(tickets)
      .where(and(eq(tickets.isWaiting, true), eq(tickets.queue, queue)))
      .orderBy(...SERVED_FIRST)
      .limit(OFFERED);
    await lookAgain(
      desk,
      waiting.map((row) => row.key),
    );
  }
}

/** Nothing is dealt out of a queue from which people take by hand. */
function queuesOf({ config, freed }: Desk): string[] {
  return Object.values(config.policy.queues)
    .filter(({ method, members }) => method !== 'none' && members.some((name) => freed.has(name)))
    .map(({ name }) => name);
}

async function lookAgain(desk: Desk, keys: readonly string[]): Promise<void> {
  await hold(desk, keys);
  for (const key of keys) {
    const held = desk.held.get(key);
    // A turn of this very transaction may have found a person for it already.
    if (held?.ticket.waiting) await takeTurn(desk, held, { kind: 'due' });
  }
}
