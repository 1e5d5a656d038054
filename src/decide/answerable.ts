import type { Turn } from './turn.ts';

/** Who hears what concerns a ticket: its owner, or those whom the queue names while it has none. */
export function answerableFor({ ticket, policy }: Pick<Turn, 'ticket' | 'policy'>): readonly string[] {
  return ticket.assignee === null ? (policy.queues[ticket.queue]?.notify ?? []) : [ticket.assignee];
}
