import type { Occasion } from '../domain/occasion.ts';
import type { Turn } from './turn.ts';

/**
 * A machine answered in the requester's stead. It is noted and nothing more: no clock stops for it and nothing opens
 * again.
 */
export function hearMachine(turn: Turn, { automatic }: Extract<Occasion, { kind: 'machine' }>): void {
  turn.note({
    stage: 'intake',
    code: 'intake.machine_answered',
    params: { sign: automatic.evidence },
    evidence: [],
    source: { kind: 'policy', name: 'leaveOut' },
  });
}
