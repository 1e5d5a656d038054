import { type Held, recount, type ReplayDesk } from './desk.ts';
import type { PastTicket } from './past.ts';

/** Begins a ticket, if it is one. */
export function begin(desk: ReplayDesk, past: PastTicket, now: Temporal.Instant): Held | { leftOut: string } {
  const opened = desk.judge.open(past, now);
  if ('leftOut' in opened) return opened;
  const { ticket } = opened;
  const { key, number } = ticket;
  const held: Held = {
    past,
    ticket,
    wakeAt: null,
    deedsLeft: past.deeds.length,
    found: null,
    internalNotes: 0,
    before: {},
    escalatedTo: 0,
    because: new Map(),
    messages: [],
    rules: new Set(),
  };
  desk.held.set(key, held);
  desk.keys.set(number, key);
  recount(desk, { before: null, after: ticket, now });
  return held;
}
