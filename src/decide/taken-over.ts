import type { Turn } from './turn.ts';

/** Fields of which a person's edit says that the ticket is in their hands. */
const TAKEN_OVER_BY: ReadonlySet<string> = new Set(['status', 'assignee', 'queue', 'category']);

/** Whether somebody of the team took the ticket in hand just now: whatever we wait for, a person sees to it. */
export function isTakenOver({ occasion }: Turn): boolean {
  if (occasion.kind === 'asked' || (occasion.kind === 'replied' && occasion.by === 'agent')) return true;
  if (occasion.kind !== 'edited') return false;
  return occasion.handoff !== undefined || occasion.changes.some(({ field }) => TAKEN_OVER_BY.has(field));
}
