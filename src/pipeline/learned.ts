import { readVector } from '../db/text-vectors.ts';
import type { Facts } from '../decide/facts.ts';
import { judgedText } from '../decide/judged-text.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Desk } from './desk.ts';

/** What the learned classifier makes of a ticket, with the vector of its text where one was made in time. */
export async function hearLearned({ classifier, tx }: Desk, ticket: Ticket): Promise<Facts['opinions']> {
  if (classifier === null) return [];
  const text = judgedText(ticket);
  const vector = classifier.vectors === undefined ? null : await readVector(tx, classifier.vectors.nameOf(text));
  const opinion = classifier.opinionOf(text, vector ?? undefined);
  return opinion === null ? [] : [opinion];
}
