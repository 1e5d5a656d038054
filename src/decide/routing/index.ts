import type { Turn } from '../turn.ts';

/** Finds the queue of a ticket, and the person. */
export function route(turn: Turn): void {
  void turn;
}
