import type { Turn } from './turn.ts';

/** What the occasion itself does to the ticket, before anything is judged. */
export function takeOccasion(turn: Turn): void {
  void turn;
}
