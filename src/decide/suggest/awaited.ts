/** What an answer is awaited to: the request, or what its requester wrote after we had answered it. */
import { isOpen, isOurTurn } from '../../domain/ticket.ts';
import type { FurtherWords } from '../facts.ts';
import { isOnlyThanks } from '../only-thanks.ts';
import type { Turn } from '../turn.ts';

export type Awaited = { to: 'request' } | { to: 'further'; words: FurtherWords };

/** Null where nobody waits for an answer: the ticket is done, we wrote last, or the requester only thanks. */
export function answerAwaited({ ticket, facts, policy }: Turn): Awaited | null {
  if (!isOpen(ticket.status)) return null;
  if (ticket.firstRespondedAt === null) return { to: 'request' };
  const { further } = facts;
  if (
    further === null ||
    !isOurTurn(ticket.status) ||
    isOnlyThanks(further.text, { from: ticket.requester.name, policy })
  )
    return null;
  return { to: 'further', words: further };
}
