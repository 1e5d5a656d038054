import type { Handoff } from '../../domain/handoff.ts';
import { isEmpty, readField } from '../conditions/fields.ts';
import type { HandoffContract, Policy } from '../policy.ts';
import type { Turn } from '../turn.ts';

/** The name under which a ticket holds that something stands in the column `Internal notes` of its row. */
export const NOTES_IN_ROW = 'internal notes';

/** Needs that are no fields. */
export const OTHER_NEEDS = ['reason', 'note'] as const;

/** The first contract that is for a pair of queues; null where a hand-off needs none. */
export function contractOf(
  { routing }: Pick<Policy, 'routing'>,
  { from, to }: Pick<Handoff, 'from' | 'to'>,
): HandoffContract | null {
  return routing.handoffs.find((each) => isAmong(from, each.from) && isAmong(to, each.to)) ?? null;
}

function isAmong(queue: string, names: readonly string[] | null): boolean {
  return names?.includes(queue) ?? true;
}

/** What a contract asks for and the ticket does not have, by the contract's names. */
export function missingOf(turn: Turn, contract: HandoffContract | null, { reason }: Handoff): readonly string[] {
  return (contract?.needs ?? []).filter((need) => {
    if (need === 'reason') return reason === null;
    if (need === 'note') return turn.facts.internalNotes === 0 && turn.ticket.row[NOTES_IN_ROW] !== true;
    return isEmpty(readField(turn.ticket, need));
  });
}
