import type { Effect } from '../../domain/effect.ts';
import { isOpen, STATUSES, type Ticket } from '../../domain/ticket.ts';

/** Whether what was decided gave somebody a place back, so that a waiting ticket may be taken. */
export function frees(effects: readonly Effect[], before: Pick<Ticket, 'assignee' | 'status'>): boolean {
  if (before.assignee === null || !isOpen(before.status)) return false;
  let assignee: string | null = before.assignee;
  let { status } = before;
  for (const effect of effects) {
    if (effect.kind !== 'change') continue;
    if (effect.field === 'assignee') assignee = typeof effect.to === 'string' ? effect.to : null;
    if (effect.field === 'status') status = STATUSES.find((known) => known === effect.to) ?? status;
  }
  return assignee !== before.assignee || !isOpen(status);
}
