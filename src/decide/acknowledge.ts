import type { Turn } from './turn.ts';

/** Tells the requester that the request has arrived. */
export function acknowledge(turn: Turn): void {
  void turn;
}
