import { type Handoff, isPending } from '../../domain/handoff.ts';
import type { HandoffAnswer } from '../../domain/occasion.ts';
import { ownerOf } from '../../domain/ticket.ts';
import type { Turn } from '../turn.ts';
import { contractOf } from './contract.ts';
import { asOwnedNow, move } from './go.ts';
import { type Actor, byPerson, trailOf } from './reason.ts';
import { tell } from './tell.ts';

/** The queue that was asked takes the ticket over, or says with a code why not, and then it stays where it is. */
export function takeAnswer(turn: Turn, answer: HandoffAnswer, asker: Pick<Actor, 'by' | 'at'>): void {
  const actor: Actor = { ...asker, key: answer.key, says: null };
  const { handoff } = turn.ticket;
  if (handoff === null || handoff.state !== 'asked') return refuse(turn, actor, handoff);
  const owned = asOwnedNow(turn, handoff);
  if (answer.accepts) return accept(turn, owned, actor);
  const codes = contractOf(turn.policy, handoff)?.reasonCodes ?? [];
  const { code } = answer;
  if (code !== null && codes.includes(code)) return reject(turn, owned, { code, actor });
  turn.note(byPerson('handoff.answer_refused', actor, { why: 'code', code, allowed: codes }));
}

function refuse(turn: Turn, actor: Actor, handoff: Handoff | null): void {
  const to = handoff !== null && isPending(handoff) ? handoff.to : null;
  turn.note(byPerson('handoff.answer_refused', actor, { why: to === null ? 'nothing_asked' : 'held', to }));
}

function accept(turn: Turn, handoff: Handoff, actor: Actor): void {
  const contract = contractOf(turn.policy, handoff);
  const { reason, assignee, by: handedBy } = handoff;
  const params = { ...trailOf(handoff), reason, assignee, handedBy, contract: contract?.name ?? null };
  const because = byPerson('handoff.accepted', actor, params);
  move(turn, { ...handoff, answeredBy: actor.by }, { contract, actor, because });
}

function reject(turn: Turn, handoff: Handoff, { code, actor }: { code: string; actor: Actor }): void {
  const rejected: Handoff = { ...handoff, state: 'rejected', code, endedAt: actor.at, answeredBy: actor.by };
  turn.keep('handoff', rejected);
  const params = { ...trailOf(handoff), code, owner: ownerOf(turn.ticket) };
  const because = byPerson('handoff.rejected', actor, params);
  tell(turn, { notice: 'handoff_answered', handoff: rejected, to: 'both', except: actor.by }, because);
}
