import { PROPOSED_FIELDS, type ProposedField, type Proposal } from '../../domain/proposal.ts';
import { isOpen, PRIORITIES, type Ticket, type TicketField } from '../../domain/ticket.ts';
import type { Policy } from '../policy.ts';

/** What a field can be proposed to hold. In a review queue of its own a ticket waits, and belongs nowhere yet. */
export function proposable(field: ProposedField, { queues, routing, triage }: Policy): readonly string[] {
  if (field === 'priority') return PRIORITIES;
  const isToWait = (name: string) => name === triage.reviewQueue && name !== routing.defaultQueue;
  return Object.keys(queues).filter((name) => !isToWait(name));
}

/** What is proposed to people now: nothing that stands there already, and nothing against what a person chose. */
export function openProposals(ticket: Ticket, policy: Policy): readonly Proposal[] {
  if (!isOpen(ticket.status)) return [];
  return ticket.proposals.filter(
    ({ field, value }) =>
      policy.triage.proposes.includes(field) &&
      ticket[field] !== value &&
      ticket.overrides[field] === undefined &&
      proposable(field, policy).includes(value),
  );
}

/** The proposal that a change by a person takes; null where it takes none. */
export function proposalTaken(
  { ticket, policy }: { ticket: Ticket; policy: Policy },
  field: TicketField,
  to: unknown,
): Proposal | null {
  const isField = PROPOSED_FIELDS.some((each) => each === field);
  if (!isField) return null;
  return openProposals(ticket, policy).find((each) => each.field === field && each.value === to) ?? null;
}
