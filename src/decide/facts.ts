import type { Occasion } from '../domain/occasion.ts';
import type { AgentLoad } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';

/** What the judgement must be told, because it cannot look. */
export interface Facts {
  /** Of every agent of the policy, at this moment. */
  loads: readonly AgentLoad[];
  /** Acknowledgements sent to the requester's address in the last 24 hours. */
  acknowledgementsToday: number;
}

export type FactName = keyof Facts;

/** Names what is to be gathered before `decide` is asked, so that nothing is read in vain. */
export function factsNeeded(ticket: Ticket, occasion: Occasion): readonly FactName[] {
  const needed: FactName[] = [];
  if (ticket.assignee === null || occasion.kind === 'edited' || occasion.kind === 'asked') needed.push('loads');
  if (occasion.kind === 'received' && ticket.requester.email !== null) needed.push('acknowledgementsToday');
  return needed;
}
