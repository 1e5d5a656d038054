import { inArray } from 'drizzle-orm';
import { tickets } from '../db/schema.ts';
import type { Facts } from '../decide/facts.ts';
import type { Judgement } from '../decide/index.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type Desk, hold } from './desk.ts';
import { ticketsNumbered } from './incidents.ts';
import { noteReport } from './similar.ts';

/** So many tickets that turns wake are looked at in their transaction; the rest have their turn with the next sweep. */
const AT_ONCE = 20;

/** Notes whom a turn wakes, and what it did to links. */
export function noteWoken(
  { links }: Desk,
  { before, after, similar }: { before: Ticket; after: Ticket; similar: Facts['similar'] },
  { wakes }: Judgement,
): void {
  for (const key of wakes) links.woken.add(key);
  if (before.incident === after.incident) return;
  noteReport({ links }, after.key, { from: before.incident, to: after.incident });
  for (const number of [before.incident, after.incident]) if (number !== null) links.relinked.add(number);
  noteFound({ links }, after, similar);
}

/** What was found together is linked together, though a part of it may resemble another part less than the whole. */
function noteFound({ links }: Pick<Desk, 'links'>, { incident }: Ticket, similar: Facts['similar']): void {
  const group = similar?.group ?? [];
  if (incident === null || !group.some(({ number }) => number === incident)) return;
  for (const { key, number, score } of group) {
    if (number === incident) continue;
    links.woken.add(key);
    links.foundTogether.set(key, { number: incident, score });
  }
}

/**
 * Gives a turn to those whom turns have woken, and then to the incidents whose reports have changed. All is one
 * transaction, so that no crash leaves half of an incident; of hundreds of reports most are left to the sweep.
 */
export async function lookAtWoken(desk: Desk, look: (key: string) => Promise<unknown>): Promise<void> {
  const { woken, relinked } = desk.links;
  for (let looked = 0; looked < AT_ONCE && woken.size > 0; looked += 1) {
    const [key = ''] = woken;
    woken.delete(key);
    await hold(desk, [key]);
    if (desk.held.has(key)) await look(key);
  }
  for (const { key, number } of await ticketsNumbered(desk, [...relinked])) {
    await look(key);
    relinked.delete(number);
  }
  if (woken.size > 0) await leaveToSweep(desk, [...woken]);
}

/** Being due is all that they need: what they are to see stands in tables by then. */
async function leaveToSweep(desk: Desk, keys: readonly string[]): Promise<void> {
  desk.links.isSweepOwed = true;
  desk.links.woken.clear();
  for (const held of keys.flatMap((key) => desk.held.get(key) ?? []))
    Object.assign(held, { wakeAt: desk.now, touched: true });
  const unheld = keys.filter((key) => !desk.held.has(key));
  if (unheld.length > 0) await desk.tx.update(tickets).set({ wakeAt: desk.now }).where(inArray(tickets.key, unheld));
}
