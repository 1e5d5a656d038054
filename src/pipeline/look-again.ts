import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import { atDesk, type PipelineParts } from './at-desk.ts';
import { type Desk, heldTicket, hold } from './desk.ts';
import { takeTurn } from './take-turn.ts';

/** Tickets to one transaction, for the same reasons as in `drain.ts`. */
const BATCH = 20;

/** Looks again at every ticket whose time has come. Returns how many it looked at. */
export function wakeDue(parts: PipelineParts): Promise<number> {
  return lookAtAll(parts, dueKeys);
}

/** Looks at every open ticket, whatever its time. Returns how many there were. */
export function reviewAll(parts: PipelineParts): Promise<number> {
  const seen = { key: '' };
  return lookAtAll(parts, async (desk) => {
    const keys = await openKeysAfter(desk, seen.key);
    seen.key = keys.at(-1) ?? seen.key;
    return keys;
  });
}

async function lookAtAll(parts: PipelineParts, next: (desk: Desk) => Promise<string[]>): Promise<number> {
  for (let looked = 0; ;) {
    const keys = await atDesk(parts, async (desk) => {
      const found = await next(desk);
      await hold(desk, found);
      for (const key of found) takeTurn(desk, await heldTicket(desk, key), { kind: 'due' });
      return found;
    });
    looked += keys.length;
    if (keys.length < BATCH) return looked;
  }
}

/** Who was to be woken first, first: for those who wait for a person that is when their turn came. */
async function dueKeys(desk: Desk): Promise<string[]> {
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(lte(tickets.wakeAt, desk.now))
    .orderBy(asc(tickets.wakeAt))
    .limit(BATCH);
  return rows.map((row) => row.key);
}

async function openKeysAfter(desk: Desk, key: string): Promise<string[]> {
  const rows = await desk.tx
    .select({ key: tickets.key })
    .from(tickets)
    .where(and(eq(tickets.isOpen, true), gt(tickets.key, key)))
    .orderBy(asc(tickets.key))
    .limit(BATCH);
  return rows.map((row) => row.key);
}
