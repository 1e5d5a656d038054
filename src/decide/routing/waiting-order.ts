import { isVip } from '../../domain/requester.ts';
import { PRIORITIES, type Ticket } from '../../domain/ticket.ts';
import { compareInstants } from '../sla/moment.ts';

/** What the order of waiting tickets looks at. */
export type Waiter = Pick<
  Ticket,
  'requester' | 'priority' | 'firstResponseDueAt' | 'resolutionDueAt' | 'openedAt' | 'number'
>;

/**
 * Who goes first when room appears: VIPs, then the highest priority, then the earliest due time, then the
 * oldest. For sorting; never 0 for two tickets, so that the order is the same every time.
 */
export function compareWaiting(one: Waiter, other: Waiter): number {
  return (
    Number(isVip(other.requester)) - Number(isVip(one.requester)) ||
    PRIORITIES.indexOf(other.priority) - PRIORITIES.indexOf(one.priority) ||
    compareDue(dueOf(one), dueOf(other)) ||
    compareInstants(one.openedAt, other.openedAt) ||
    one.number - other.number
  );
}

/** The sooner of the two due times that the ticket still has. */
function dueOf({ firstResponseDueAt, resolutionDueAt }: Waiter): Temporal.Instant | null {
  return compareDue(firstResponseDueAt, resolutionDueAt) <= 0 ? firstResponseDueAt : resolutionDueAt;
}

/** Without a due time comes last. */
function compareDue(one: Temporal.Instant | null, other: Temporal.Instant | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareInstants(one, other);
}
