import type { JudgedText } from '../domain/opinion.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withoutQuotes } from './conditions/quoted.ts';
import { hashOf } from './hash.ts';

/** What models read of a ticket: the requester's own words. Whoever learns from closed tickets reads the same. */
export function judgedText({ subject, description }: Pick<Ticket, 'subject' | 'description'>): JudgedText {
  return { subject, description: withoutQuotes(description) };
}

/** Tells one text from another, in 16 hexadecimal digits. */
export function textName({ subject, description }: JudgedText): string {
  const text = `${subject}\n${description}`;
  return [hashOf(text, 0), hashOf(text, 1)].map((half) => half.toString(16).padStart(8, '0')).join('');
}
