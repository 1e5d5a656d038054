import { latestClock } from '../../decide/sla/event-map.ts';
import type { Clock, Metric } from '../../domain/clock.ts';
import type { Reason } from '../../domain/decision.ts';
import type { Ticket } from '../../domain/ticket.ts';

/** What two runs are compared by, of each ticket. */
export const COMPARED = [
  'category',
  'priority',
  'queue',
  'assignee',
  'firstResponseDueAt',
  'resolutionDueAt',
  'tags',
  'escalationLevel',
] as const satisfies readonly (keyof Ticket)[];
export type Compared = (typeof COMPARED)[number];

export type Values = Pick<Ticket, Compared>;

/** How a promise ended, or how it stands. */
export type SlaResult = 'met' | 'breached' | 'at_risk' | 'running' | 'none';

/** What a run made of one ticket. */
export interface Outcome {
  key: string;
  number: number;
  subject: string;
  /** The name of what left it out at intake; null for a ticket. */
  leftOut: string | null;
  /** What Tabledesk made of it by itself: as it stood before a person changed a field, or else at the end. */
  own: Values;
  /** As it stands at the end, people's edits included. */
  final: Ticket | null;
  /** The latest reason of each field, of those that were ours; and of each promise, how it stands. */
  because: ReadonlyMap<string, Reason>;
  /** Letters to the requester and notices to the team that would have gone out, by template or kind. */
  messages: readonly string[];
  sla: Readonly<Record<'firstResponse' | 'resolution', SlaResult>>;
  /** Names of the rules that spoke. */
  rules: ReadonlySet<string>;
  /** Whether a language model would be asked of whose answer nothing is recorded. */
  awaitsModel: boolean;
}

/** What of a ticket was promised. */
export type Promised = keyof Outcome['sla'];

/** Codes that say how a promise ended, or how it stands. */
const TOLD: ReadonlySet<string> = new Set([
  'sla.met',
  'sla.missed',
  'sla.warned',
  'sla.breached',
  'sla.target_tightened',
]);

const RESOLUTION: readonly Metric[] = ['total_resolution', 'requester_wait', 'agent_work'];

/** Of a ticket's first reply and of its resolution, given the replies as they came. */
export function slaOf(ticket: Ticket): Outcome['sla'] {
  const counted = RESOLUTION.map((metric) => latestClock(ticket, metric)).find((clock) => clock?.droppedAt === null);
  return { firstResponse: resultOf(latestClock(ticket, 'first_reply')), resolution: resultOf(counted ?? null) };
}

/** The promise of which a reason tells; null for any other. */
export function promiseTold({ code, params }: Reason): Promised | null {
  if (!TOLD.has(code) || params['kind'] === 'promise') return null;
  const metric = RESOLUTION.find((each) => each === params['metric']);
  if (metric !== undefined) return 'resolution';
  return params['metric'] === 'first_reply' ? 'firstResponse' : null;
}

function resultOf(clock: Clock | null): SlaResult {
  if (clock === null || clock.droppedAt !== null) return 'none';
  if (clock.breachedAt !== null) return 'breached';
  if (clock.events.findLast(({ type }) => type !== 'set_target')?.type === 'stop') return 'met';
  return clock.warnedAt === null ? 'running' : 'at_risk';
}

export function valuesOf(ticket: Ticket): Values {
  const { category, priority, queue, assignee, firstResponseDueAt, resolutionDueAt, tags, escalationLevel } = ticket;
  return { category, priority, queue, assignee, firstResponseDueAt, resolutionDueAt, tags, escalationLevel };
}
