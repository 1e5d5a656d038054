import { PROPOSED_FIELDS } from '../../domain/proposal.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import { TEST_TAG } from '../tags.ts';
import { type Ended, evidenceOf } from './evidence.ts';

/** What a ticket teaches: that its text is of this category. */
export interface Lesson {
  category: string;
  /** Whether a person said so against what a rule or a model had said. */
  isCorrected: boolean;
}

/** All of a ticket that tells whether people know what it is about. */
export type Known = Pick<Ticket, 'category' | 'status' | 'overrides' | 'needsReview' | 'tags' | 'incident'>;

/**
 * What is learned from a ticket; null where nobody knows what it is about. People know it when one of them chose or
 * accepted the category, or let it stand until the ticket was solved. Tests teach nothing, and of the reports of one
 * incident the first stands for all: a hundred that say the same would drown the others.
 */
export function lessonOf({ category, status, overrides, needsReview, tags, incident }: Known): Lesson | null {
  if (category === null || incident !== null || tags.includes(TEST_TAG)) return null;
  const chosen = overrides.category;
  if (chosen !== undefined) return { category, isCorrected: (chosen.mistakes ?? []).length > 0 };
  return isOpen(status) || needsReview ? null : { category, isCorrected: false };
}

/** Whether a ticket teaches something else than before. */
export function isNewLesson(before: Known & Ended, after: Known & Ended): boolean {
  const [was, is] = [before, after].map((ticket) =>
    JSON.stringify([lessonOf(ticket), ...PROPOSED_FIELDS.map((field) => evidenceOf(field, ticket))]),
  );
  return was !== is;
}
