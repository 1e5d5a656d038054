import type { Evidence } from '../../domain/decision.ts';
import { frustrationOf, isMore } from '../../domain/frustration.ts';
import { readingOf } from '../../domain/opinion.ts';
import { PRIORITIES, type Priority, type Ticket } from '../../domain/ticket.ts';
import { isFresh } from '../clarify/state.ts';
import type { Policy } from '../policy.ts';
import type { Because, Turn } from '../turn.ts';

/** Gives a ticket the priority that a rule or the severity found, or the next where its requester has lost patience. */
export function givePriority(turn: Turn, priority: Priority, because: Because): void {
  const raised = raisedFrom(priority, turn);
  if (raised === priority) turn.change('priority', priority, because);
  else turn.change('priority', raised, becauseOf(turn, priority));
}

/** Raises the priority of a ticket that triage leaves as it is, when its requester loses patience. */
export function raise(turn: Turn): void {
  const { ticket, before, policy } = turn;
  if (isFresh(turn) || isToBeRaised(before, policy) || ticket.priority !== before.priority) return;
  turn.change('priority', raisedFrom(ticket.priority, turn), becauseOf(turn, ticket.priority));
}

/** Whether the config raises tickets whose requesters are so impatient. */
function isToBeRaised(ticket: Ticket, { triage }: Policy): boolean {
  return triage.frustration !== null && !isMore(triage.frustration.from, frustrationOf(ticket));
}

/** One up, as far as the config lets it; a person's choice is nobody's to raise. */
function raisedFrom(priority: Priority, { ticket, policy }: Turn): Priority {
  if (!isToBeRaised(ticket, policy) || ticket.overrides.priority !== undefined) return priority;
  const highest = PRIORITIES.indexOf(policy.triage.frustration?.upTo ?? 'high');
  const at = PRIORITIES.indexOf(priority);
  return at >= highest ? priority : (PRIORITIES[at + 1] ?? priority);
}

function becauseOf({ ticket }: Turn, usual: Priority): Because {
  const level = frustrationOf(ticket);
  const isTold = ticket.temper?.level === level;
  return {
    stage: 'triage',
    code: 'triage.priority_raised',
    params: { usual, level, read: isTold ? '' : (readingOf(ticket)?.reason ?? '') },
    evidence: isTold ? (ticket.temper?.quotes ?? []).map((quote): Evidence => ({ kind: 'text', quote })) : [],
    source: { kind: 'policy', name: 'frustration' },
  };
}
