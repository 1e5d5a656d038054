import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import type { Desk } from './desk.ts';
import { hold } from './desk.ts';
import { takeTurn } from './take-turn.ts';

/** So many waiting tickets are offered a place that has become free; those behind them wait for the sweep. */
const OFFERED = 50;

/** Tickets that wait for a person, as they are to be served: most urgent, then soonest due, then oldest. */
const SERVED_FIRST = [desc(tickets.urgency), asc(tickets.dueAt), asc(tickets.number)];

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

/** Gives the places that a turn has freed to those who wait for them. */
export async function giveRoom(desk: Desk): Promise<void> {
  const waiting = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(eq(tickets.isWaiting, true))
    .orderBy(...SERVED_FIRST)
    .limit(OFFERED);
  await lookAgain(
    desk,
    waiting.map((row) => row.key),
  );
}

async function lookAgain(desk: Desk, keys: readonly string[]): Promise<void> {
  await hold(desk, keys);
  for (const key of keys) {
    const held = desk.held.get(key);
    // A turn of this very transaction may have found a person for it already.
    if (held?.ticket.waiting) takeTurn(desk, held, { kind: 'due' });
  }
}
