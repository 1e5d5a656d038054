import { isBefore } from '../sla/moment.ts';
import type { Because, Turn } from '../turn.ts';
import { closesAt } from './next-steps.ts';

/** Closes a resolved ticket when its waiting period is over. */
export function close(turn: Turn): void {
  const { closing } = turn.policy.followUp;
  const closeAt = closesAt(turn.ticket, turn.policy);
  if (closing === null || closeAt === null || isBefore(turn.now, closeAt)) return;
  const because: Because = {
    stage: 'follow_up',
    code: 'follow_up.closed',
    params: { minutes: closing.minutes, calendar: closing.calendar },
    evidence: [],
    source: { kind: 'policy', name: 'closing' },
  };
  turn.change('status', 'closed', because);
  turn.change('closedAt', turn.now, because);
}
