import { addressOf } from '../config/addressees.ts';
import type { Policy } from '../decide/policy.ts';
import type { NoticeKind } from '../domain/effect.ts';
import { isPending } from '../domain/handoff.ts';
import { isOpen, ownerOf, type Ticket } from '../domain/ticket.ts';
import type { OutboxRow } from './outcomes.ts';

/** News that is worth hearing when the ticket is done, too. */
const ALSO_WHEN_DONE: ReadonlySet<string> = new Set<NoticeKind>([
  'breaker',
  'deescalated',
  'events_off',
  'handoff_answered',
  'handoff_returned',
  'handoff_update',
  'incident',
  'undelivered',
]);

/** Why a notice that had to wait is not true any more; null when it is. */
export function outdatedBy(
  { template, told, recipient }: Pick<OutboxRow, 'template' | 'told' | 'recipient'>,
  ticket: Ticket,
  policy: Policy,
): string | null {
  if (!isOpen(ticket.status) && !ALSO_WHEN_DONE.has(template)) return `the ticket is ${ticket.status} by now`;
  const { assignee, escalationLevel, handoff } = ticket;
  switch (template) {
    case 'assigned': {
      const people = told ?? [recipient];
      const isTheirs = assignee !== null && [assignee, addressOf(policy, assignee)].some((who) => has(people, who));
      return isTheirs ? null : `the ticket is with ${ownerOf(ticket)} by now`;
    }
    case 'unowned':
      return assignee === null ? null : `${assignee} has the ticket by now`;
    case 'escalated':
      return escalationLevel > 0 ? null : 'the ticket is escalated no longer';
    case 'handoff_asked':
    case 'handoff_reminder':
      return handoff !== null && isPending(handoff) ? null : 'the hand-off is settled by now';
    default:
      return null;
  }
}

function has(people: readonly string[], who: string | null): boolean {
  return who !== null && people.includes(who);
}
