import type { ProposedField } from '../../domain/proposal.ts';
import { isOpen, type Ticket, type TicketField } from '../../domain/ticket.ts';
import { TEST_TAG } from '../tags.ts';

/** What a ticket tells of a field that is proposed. */
export interface Evidence {
  value: string;
  /** Whether a person chose it. */
  isChosen: boolean;
}

/** All of a ticket that tells how it ended, and who had a hand in it. */
export type Ended = Pick<
  Ticket,
  'priority' | 'queue' | 'status' | 'overrides' | 'needsReview' | 'tags' | 'incident' | 'escalation'
>;

/** Whoever chose one of these saw the others. */
const SEEN_TOGETHER = [
  'category',
  'severity',
  'priority',
  'queue',
  'assignee',
  'tags',
] as const satisfies TicketField[];

/**
 * What a ticket teaches of its priority or queue; null where it teaches nothing.
 *
 * What a person chose is evidence, from that moment on. What rules gave and nobody touched is not: a model that learned
 * it would say our own rules back, those of last year, too. It counts only where a person had a hand in the ticket, so
 * that they saw it and let it stand until the ticket was solved; and even then it can but hold a proposal back, since
 * only values are proposed that people chose themselves. Without such tickets, though, those that people changed would
 * look like all there are. Time raises the priority of what was escalated, and its words say nothing of that.
 */
export function evidenceOf(field: ProposedField, ended: Ended): Evidence | null {
  const { overrides, status, needsReview, tags, incident, escalation } = ended;
  const value = ended[field];
  if (incident !== null || tags.includes(TEST_TAG)) return null;
  if (overrides[field] !== undefined) return { value, isChosen: true };
  if (isOpen(status) || needsReview || !SEEN_TOGETHER.some((each) => overrides[each] !== undefined)) return null;
  return field === 'priority' && escalation !== null ? null : { value, isChosen: false };
}
