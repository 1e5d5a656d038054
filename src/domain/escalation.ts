import type { Priority } from './priority.ts';

/** How far up a ticket can be taken. 0 is not at all. */
export const HIGHEST_LEVEL = 3;

/** What people say of an escalation when it is over, so that definitions can be made better. */
export const VERDICTS = ['necessary', 'premature', 'too_late'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One definition, or one person, that escalated a ticket. */
export interface Raised {
  kind: 'definition' | 'person';
  name: string;
  /** 1 to `HIGHEST_LEVEL`. */
  level: number;
  startedAt: Temporal.Instant;
  /**
   * Null while it lasts. What a definition raised and has ended stays until its condition holds no more, so that it
   * fires once and not again.
   */
  endedAt: Temporal.Instant | null;
}

/**
 * What is remembered of a ticket's escalations. An episode lasts from the first that raises it to the end of the
 * last; within one nobody hears twice of the same level.
 */
export interface Escalation {
  /** Counts from 1; tells the notices of one episode from those of the next. */
  episode: number;
  raised: readonly Raised[];
  /** Who heard of the episode, and of which level; empty between episodes. */
  told: readonly { to: string; level: number }[];
  /** Templates of the letters that the requester had in the episode. */
  letters: readonly string[];
  /** The priority as it was; null where no escalation holds it up. */
  priorityBefore: Priority | null;
}

/** Before the first. */
export const NEVER_ESCALATED: Escalation = { episode: 0, raised: [], told: [], letters: [], priorityBefore: null };

/** Those that last. */
export function activeIn(escalation: Escalation | null): readonly Raised[] {
  return escalation === null ? [] : escalation.raised.filter(({ endedAt }) => endedAt === null);
}

/** The highest level of those that last; 0 when none does. */
export function levelOf(raised: readonly Raised[]): number {
  return Math.max(0, ...raised.filter(({ endedAt }) => endedAt === null).map(({ level }) => level));
}
