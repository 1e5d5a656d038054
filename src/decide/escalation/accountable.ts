import { activeIn } from '../../domain/escalation.ts';
import { ownerOf } from '../../domain/ticket.ts';
import type { Because, Turn } from '../turn.ts';
import { because, definitionNamed, foremost } from './definition.ts';

/** Whom the highest escalation makes answer for it; the owner where it names nobody, whoever that comes to be. */
export function keepAccountable(turn: Turn): void {
  const foremostRaised = foremost(activeIn(turn.ticket.escalation));
  if (foremostRaised === null) return release(turn);
  const named = definitionNamed(turn.policy, foremostRaised)?.accountable ?? null;
  const name = named ?? ownerOf(turn.ticket);
  const params = { name, isOwner: named === null };
  turn.change('accountable', name, because(turn.policy, foremostRaised, { code: 'escalate.accountable', params }));
}

/** Whom a person chose answers for the escalation that lasted then, and for none that is to come. */
function release(turn: Turn): void {
  const { accountable: name } = turn.ticket;
  const why: Because = {
    stage: 'escalate',
    code: 'escalate.accountable_released',
    params: { name },
    evidence: [],
    source: { kind: 'policy', name: 'escalation' },
  };
  const isOver = activeIn(turn.before.escalation).length > 0;
  if (isOver && name !== null) turn.release('accountable', why);
  else turn.change('accountable', null, why);
}
