import type { Undelivered } from '../domain/occasion.ts';
import { isOpen, type Ticket } from '../domain/ticket.ts';
import { answerableFor } from './answerable.ts';
import type { Because, Turn } from './turn.ts';

/** An address at which nothing arrives, and since when. */
export interface DeadAddress {
  address: string;
  since: Temporal.Instant;
  /** What the mail system says. */
  reason: string;
}

/**
 * What we wrote did not arrive: the log says so, and whoever answers for the ticket is told, of a letter that nobody
 * wrote once. After that, no other letter goes to an address at which nothing arrives.
 */
export function hearUndelivered(turn: Turn, letter: Undelivered): void {
  const wasKnown = turn.ticket.mute?.why === 'bounced';
  const isDead = letter.isAddressDead && letter.to.toLowerCase() === turn.ticket.requester.email?.toLowerCase();
  if (isDead && !wasKnown) turn.keep('mute', muteOf({ address: letter.to, since: turn.now, reason: letter.says }));
  const because = { ...reasonOf(letter), params: { ...paramsOf(letter), isDead } };
  const isNews = letter.isAnswer || (!wasKnown && isOpen(turn.ticket.status));
  const to = answerableFor(turn);
  if (letter.outcome === 'delayed' || !isNews || to.length === 0) return turn.note(because);
  const params = { To: letter.to, Why: letter.says };
  turn.send({ kind: 'notify', key: `undelivered:${letter.key}`, notice: 'undelivered', to, params }, because);
}

function reasonOf({ outcome }: Undelivered): Omit<Because, 'params'> {
  const code = outcome === 'delayed' ? 'respond.delayed' : 'respond.undelivered';
  return { stage: 'respond', code, evidence: [], source: { kind: 'policy', name: 'undelivered' } };
}

function paramsOf({ to, says, isAnswer }: Undelivered) {
  return { to, says, isAnswer };
}

/** The ticket as it stands, now that it is known whether anything arrives at its requester's address. */
export function asReached(ticket: Ticket, dead: DeadAddress | null): Ticket {
  if (dead === null) return ticket.mute?.why === 'bounced' ? { ...ticket, mute: null } : ticket;
  return ticket.mute === null ? { ...ticket, mute: muteOf(dead) } : ticket;
}

function muteOf({ address, since, reason }: DeadAddress): Ticket['mute'] {
  return { why: 'bounced', address: address.toLowerCase(), evidence: reason, at: since };
}
