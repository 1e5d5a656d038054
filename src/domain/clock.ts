/** What an SLA policy can set targets for. The event map in `docs/sla.md` says what starts, pauses and stops each. */
export const POLICY_METRICS = [
  'first_reply',
  'next_reply',
  'periodic_update',
  'pausable_update',
  'requester_wait',
  'agent_work',
  'total_resolution',
] as const;
export type PolicyMetric = (typeof POLICY_METRICS)[number];

/** Everything that is timed; how soon a hand-off is to be answered stands in its contract. */
export const METRICS = [...POLICY_METRICS, 'handoff_accept'] as const;
export type Metric = (typeof METRICS)[number];

/** Whom a clock counts for: the team, which aims to be quicker, or the requester, to whom something was promised. */
export const CLOCK_KINDS = ['target', 'promise'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

export type ClockEvent =
  | { type: 'start' | 'pause' | 'resume' | 'reopen'; at: Temporal.Instant }
  | { type: 'stop'; at: Temporal.Instant; result?: ClockResult }
  /** `countedMinutes`, where given, is what had been counted under another calendar, and is kept. */
  | { type: 'set_target'; at: Temporal.Instant; targetMinutes: number; countedMinutes?: number };

/** How it stood when a clock stopped, written down so that no later edit of a calendar changes it. */
export interface ClockResult {
  countedMinutes: number;
  /** What was due at that moment; null when the clock stood still. */
  dueAt: Temporal.Instant | null;
}

/**
 * One clock of one ticket: a log of events from which due time, elapsed minutes and breach are
 * computed at any moment. Nothing that can be computed is stored, except what must happen once.
 */
export interface Clock {
  metric: Metric;
  /** A metric may have a clock of each kind at a time. */
  kind: ClockKind;
  /** 1 for the first; `next_reply` has one for each unanswered spell. */
  instance: number;
  /** Name of the SLA policy that set the target. */
  policy: string;
  /** Name of the calendar whose open minutes count; null counts every minute. */
  calendar: string | null;
  /** Minutes promised when the clock started; `set_target` events change it. */
  targetMinutes: number;
  events: readonly ClockEvent[];
  /** As computed last, so that a due time that moved is noticed and explained; null while paused. */
  dueAt: Temporal.Instant | null;
  /** Share of the target at which to warn, 0..1. */
  warnShare: number;
  /** Since when no policy has a target for it; it stands still and is not shown. Null for a clock that counts. */
  droppedAt: Temporal.Instant | null;
  /** When the warning went out; it goes out once. */
  warnedAt: Temporal.Instant | null;
  /**
   * First instant at which the target was used up unfulfilled; computed, never moves, never clears.
   * Only news that reaches us late, of something done before it, can correct it.
   */
  breachedAt: Temporal.Instant | null;
  /** When we noticed the breach. */
  detectedAt: Temporal.Instant | null;
}
