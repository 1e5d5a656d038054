import type { Because, Turn } from '../turn.ts';

/** Tells people that a ticket stands without anybody to work it. With nobody to tell, the log says it. */
export function alert(
  turn: Turn,
  { key, to, because }: { key: string; to: readonly string[]; because: Because },
): void {
  if (to.length === 0) return turn.note(because);
  turn.send({ kind: 'notify', key, notice: 'unowned', to, params: { Queue: turn.ticket.queue } }, because);
}
