import type { SwitchedOff } from '../domain/ticket-event.ts';
import { compose } from './compose.ts';
import { type Desk, heldTicket } from './desk.ts';

/** On the ticket of which it was told last, as there is none of the subscription itself. Once each time. */
export async function tellOfSwitchedOff(desk: Desk, off: SwitchedOff): Promise<void> {
  const { subscription, at, reason, ticketKey, to } = off;
  const { ticket } = await heldTicket(desk, ticketKey);
  const params = {
    Subscription: subscription,
    Reason: reason,
    'What to do':
      'mend the receiver, then switch the subscription on again on the page Events; what happened meanwhile is kept for 30 days',
  };
  const key = `events_off:${subscription}:${at.toString()}`;
  desk.records.outbox.push(...compose(desk, ticket, { kind: 'notify', key, notice: 'events_off', to, params }));
}
