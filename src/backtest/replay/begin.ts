import { type NoTicket, whyNoTicket } from '../../decide/not-ticket.ts';
import { ticketSaid } from '../../decide/ticket-said.ts';
import { TYPED_CHANNELS, type Ticket } from '../../domain/ticket.ts';
import { type Held, recount, type ReplayDesk } from './desk.ts';
import type { PastTicket } from './past.ts';

const BY_HAND: ReadonlySet<string> = new Set(TYPED_CHANNELS);

/** Begins a ticket as the pipeline does; the name of what leaves it out where it is none by this policy. */
export function begin(desk: ReplayDesk, past: PastTicket, now: Temporal.Instant): Held | { leftOut: string } {
  const { key, number, row, followUpOf, typed } = past;
  const said = ticketSaid(past.opening, past, { policy: desk.policy, now });
  const why = isAsked(past) ? whyNone(desk, { past, ticket: said, now }) : null;
  if (why !== null) return { leftOut: why.kind === 'rule' ? why.rule.name : why.kind };
  const ticket: Ticket = { ...said, key, number, row, followUpOf, ...typed };
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

function isAsked({ isSurelyTicket, followUpOf, channel }: PastTicket): boolean {
  return !isSurelyTicket && followUpOf === null && !BY_HAND.has(channel);
}

function whyNone(
  { policy }: ReplayDesk,
  { past, ticket, now }: { past: PastTicket; ticket: Ticket; now: Temporal.Instant },
): NoTicket | null {
  const placement = { kind: 'new', reason: null } as const;
  // That it belongs to no other ticket, and that its sender had not written too much, is taken as it was found then.
  const { mustBelong: _, ...thread } = past.opening.thread;
  const message = { ...past.opening, thread };
  return whyNoTicket({ message, ticket, placement, policy, now, isTooMuch: false });
}
