import { type NoTicket, whyNoTicket } from '../../decide/not-ticket.ts';
import type { Policy } from '../../decide/policy.ts';
import { ticketSaid } from '../../decide/ticket-said.ts';
import { TYPED_CHANNELS, type Ticket } from '../../domain/ticket.ts';
import type { PastTicket } from './past.ts';

const BY_HAND: ReadonlySet<string> = new Set(TYPED_CHANNELS);

/** A ticket as it came in, or the name of what leaves it out where it is none by a policy. */
export type Opened = { ticket: Ticket } | { leftOut: string };

/** What a policy makes of a message, as the pipeline begins a ticket. */
export function openedBy(policy: Policy, past: PastTicket, now: Temporal.Instant): Opened {
  const { key, number, row, followUpOf, typed } = past;
  const said = ticketSaid(past.opening, past, { policy, now });
  const why = isAsked(past) ? whyNone(policy, { past, ticket: said, now }) : null;
  if (why !== null) return { leftOut: why.kind === 'rule' ? why.rule.name : why.kind };
  return { ticket: { ...said, key, number, row, followUpOf, ...typed } };
}

function isAsked({ isSurelyTicket, followUpOf, channel }: PastTicket): boolean {
  return !isSurelyTicket && followUpOf === null && !BY_HAND.has(channel);
}

function whyNone(
  policy: Policy,
  { past, ticket, now }: { past: PastTicket; ticket: Ticket; now: Temporal.Instant },
): NoTicket | null {
  const placement = { kind: 'new', reason: null } as const;
  // That it belongs to no other ticket, and that its sender had not written too much, is taken as it was found then.
  const { mustBelong: _, ...thread } = past.opening.thread;
  const message = { ...past.opening, thread };
  return whyNoTicket({ message, ticket, placement, policy, now, isTooMuch: false });
}
