import { activeIn, type Raised } from '../../domain/escalation.ts';
import { isOpen } from '../../domain/ticket.ts';
import { lastAnswerAt } from '../sla/event-map.ts';
import type { Turn } from '../turn.ts';
import { definitionNamed, untilOf } from './definition.ts';

/** An escalation that is over, and why. */
export interface Ended {
  raised: Raised;
  cause: 'answered' | 'resolved' | 'closed' | 'cleared' | 'undefined';
}

/** Those of the ticket's escalations that are over now. */
export function endedIn(turn: Turn, holds: (name: string) => boolean): readonly Ended[] {
  return activeIn(turn.ticket.escalation).flatMap((raised) => {
    const cause = causeOf(turn, raised, holds);
    return cause === null ? [] : [{ raised, cause }];
  });
}

/** Whatever a definition says, nothing is escalated beyond the ticket's end, nor beyond the definition's own. */
function causeOf(turn: Turn, raised: Raised, holds: (name: string) => boolean): Ended['cause'] | null {
  const { policy, ticket } = turn;
  if (ticket.status === 'closed') return 'closed';
  if (raised.kind === 'definition' && definitionNamed(policy, raised) === null) return 'undefined';
  const until = untilOf(policy, raised);
  const answeredAt = lastAnswerAt(turn);
  const isAnswered = answeredAt !== null && Temporal.Instant.compare(answeredAt, raised.startedAt) > 0;
  if (until.includes('answered') && isAnswered) return 'answered';
  if (until.includes('resolved') && !isOpen(ticket.status)) return 'resolved';
  if (!until.includes('condition_clears') || holds(raised.name)) return null;
  return isOpen(ticket.status) ? 'cleared' : 'resolved';
}
