import type { Clock, ClockKind, Metric } from '../../domain/clock.ts';
import type { Ticket, TicketField } from '../../domain/ticket.ts';
import { latestClock } from './event-map.ts';

/** A ticket shows one time by which it is to be resolved: that of the first of these that its policy has. */
const RESOLUTION: readonly Metric[] = ['total_resolution', 'requester_wait', 'agent_work'];

/** The field in which the due time of a clock is shown; null for those that only the clocks know. */
export function fieldOf(ticket: Ticket, { metric, kind }: Pick<Clock, 'metric' | 'kind'>): TicketField | null {
  if (kind === 'promise') return null;
  if (metric === 'first_reply') return 'firstResponseDueAt';
  const shown = RESOLUTION.find((candidate) => isCounted(ticket, candidate, kind));
  const isShown = shown === undefined ? RESOLUTION.includes(metric) : metric === shown;
  return isShown ? 'resolutionDueAt' : null;
}

function isCounted(ticket: Ticket, metric: Metric, kind: ClockKind): boolean {
  return latestClock(ticket, metric, kind)?.droppedAt === null;
}

/** What the requester was promised and may be told: by when somebody answers, and by when it is resolved. */
export const PROMISED = { first_reply: ['first_reply'], resolution: RESOLUTION } as const satisfies Readonly<
  Record<string, readonly Metric[]>
>;

/** By when something is promised; null when it is not, or while its clock stands still. */
export function promisedAt(ticket: Ticket, what: keyof typeof PROMISED): Temporal.Instant | null {
  const metric = PROMISED[what].find((candidate) => isCounted(ticket, candidate, 'promise'));
  return metric === undefined ? null : (latestClock(ticket, metric, 'promise')?.dueAt ?? null);
}
