import type { Turn } from './turn.ts';

/** Who answers for a ticket: its owner, or while it has none the people of its queue. */
export function answerableFor(turn: Pick<Turn, 'ticket' | 'policy'>): readonly string[] {
  const { assignee } = turn.ticket;
  return assignee === null ? peopleOfQueue(turn) : [assignee];
}

/** Those whom the queue names for news, or else everybody in it. */
export function peopleOfQueue({ policy, ticket }: Pick<Turn, 'ticket' | 'policy'>): readonly string[] {
  const queue = policy.queues[ticket.queue];
  if (queue === undefined) return [];
  return queue.notify.length > 0 ? queue.notify : queue.members;
}
