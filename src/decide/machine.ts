import type { Occasion } from '../domain/occasion.ts';
import type { Turn } from './turn.ts';

/**
 * A machine answered in the requester's stead. It is noted and nothing more: no clock stops for it and nothing opens
 * again. After a letter that came back no other goes to that address.
 */
export function hearMachine(turn: Turn, { automatic, at }: Extract<Occasion, { kind: 'machine' }>): void {
  const { email } = turn.ticket.requester;
  const isBounce = automatic.kind === 'bounce' && email !== null;
  if (isBounce) {
    turn.keep('mute', { why: 'bounced', address: email.toLowerCase(), evidence: automatic.evidence, at });
  }
  turn.note({
    stage: 'intake',
    code: isBounce ? 'intake.bounced' : 'intake.machine_answered',
    params: { address: email, sign: automatic.evidence },
    evidence: [],
    source: { kind: 'policy', name: 'leaveOut' },
  });
}

/** Who writes from an address can be reached there. */
export function hearAlive(turn: Turn): void {
  if (turn.ticket.mute?.why === 'bounced') turn.keep('mute', null);
}
