import type { JudgedText } from '../domain/opinion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withoutQuotes } from './conditions/quoted.ts';

/** What models read of a ticket: the requester's own words. Whoever learns from closed tickets reads the same. */
export function judgedText({ subject, description }: Pick<Ticket, 'subject' | 'description'>): JudgedText {
  return { subject, description: withoutQuotes(description) };
}
