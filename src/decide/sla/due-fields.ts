import type { Metric } from '../../domain/clock.ts';
import type { Ticket, TicketField } from '../../domain/ticket.ts';
import { latestClock } from './event-map.ts';

/** A ticket shows one time by which it is to be resolved: that of the first of these that its policy has. */
const RESOLUTION: readonly Metric[] = ['total_resolution', 'requester_wait', 'agent_work'];

/** The field in which the due time of a metric is shown; null for those that only the clocks know. */
export function fieldOf(ticket: Ticket, metric: Metric): TicketField | null {
  if (metric === 'first_reply') return 'firstResponseDueAt';
  const shown = RESOLUTION.find((candidate) => isPromised(ticket, candidate));
  const isShown = shown === undefined ? RESOLUTION.includes(metric) : metric === shown;
  return isShown ? 'resolutionDueAt' : null;
}

function isPromised(ticket: Ticket, metric: Metric): boolean {
  return latestClock(ticket, metric)?.droppedAt === null;
}
