import type { Ticket } from './ticket.ts';

/** What stands in place of what somebody wrote, once it was erased. */
export const ERASED = '[erased]';

/** What stands in place of a name: another for each person, so that reports still count how many there were. */
export function erasedName(token: string): string {
  return `[erased person ${token}]`;
}

/** Whether who asked, and what they wrote, was erased. */
export function isErased({ description }: Pick<Ticket, 'description'>): boolean {
  return description === ERASED;
}
