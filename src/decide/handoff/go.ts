import { type Handoff, isPending } from '../../domain/handoff.ts';
import { ownerOf } from '../../domain/ticket.ts';
import type { HandoffContract } from '../policy.ts';
import type { ByPerson, Turn } from '../turn.ts';
import { contractOf, missingOf } from './contract.ts';
import { type Actor, byContract, byPerson, trailOf } from './reason.ts';
import { receiversOf, sendersOf, tell, tellCustomer } from './tell.ts';

/** Leads a hand-off as far as the contract of its queues lets it go now. */
export function proceed(turn: Turn, handoff: Handoff, actor: Actor): void {
  const contract = contractOf(turn.policy, handoff);
  const missing = handoff.state === 'held' ? missingOf(turn, contract, handoff) : [];
  if (missing.length > 0) return hold(turn, { ...handoff, missing }, { contract, actor });
  const complete = { ...handoff, missing: [] };
  switch (contract?.transfer) {
    case 'accept':
      return ask(turn, complete, { contract, actor });
    case 'collaborate':
      return help(turn, complete, { contract, actor });
    default:
      return move(turn, complete, { contract, actor, because: handed(complete, contract, actor) });
  }
}

interface Going {
  contract: HandoffContract | null;
  actor: Actor;
}

/** Nothing moves, and the row says what is missing; when it is there, the hand-off goes on by itself. */
function hold(turn: Turn, handoff: Handoff, { contract, actor }: Going): void {
  turn.keep('handoff', handoff);
  const { missing } = handoff;
  turn.note(byPerson('handoff.held', actor, { ...trailOf(handoff), missing, contract: contract?.name ?? null }));
}

/** Until the other side has answered, nothing but the asking has happened. */
function ask(turn: Turn, handoff: Handoff, { contract, actor }: Going): void {
  // Whoever was reminded while it was held is reminded of the answer, too.
  const asked: Handoff = { ...handoff, state: 'asked', askedAt: actor.at, remindedAt: null };
  turn.keep('handoff', asked);
  const params = { ...trailOf(handoff), reason: actor.says ?? handoff.reason, contract: contract?.name ?? null };
  const because = byPerson('handoff.asked', actor, params);
  tell(turn, { notice: 'handoff_asked', handoff: asked, to: 'both', except: actor.by }, because);
}

/** The owner and the clocks stay; the other queue is told, and shown beside the owner. */
function help(turn: Turn, handoff: Handoff, { contract, actor }: Going): void {
  const helped: Handoff = { ...handoff, way: 'collaborate', state: 'accepted', endedAt: actor.at };
  turn.keep('handoff', helped);
  const { to } = handoff;
  const params = { ...trailOf(handoff), reason: actor.says ?? handoff.reason, contract: contract?.name ?? null };
  const because = byPerson('handoff.helps', actor, params);
  turn.accept('collaborators', [...new Set([...turn.ticket.collaborators, to])], because);
  tell(turn, { notice: 'handoff_asked', handoff: helped, to: 'both', except: actor.by });
  tellCustomer(turn, handoff, contract);
}

function handed(handoff: Handoff, contract: HandoffContract | null, actor: Actor): ByPerson {
  return byPerson('handoff.moved', actor, {
    ...trailOf(handoff),
    reason: actor.says ?? handoff.reason,
    assignee: handoff.assignee,
    ...(contract !== null && { contract: contract.name }),
  });
}

/** The other queue has it: whoever had it is freed, so that routing finds somebody there. */
export function move(turn: Turn, handoff: Handoff, { contract, actor, because }: Going & { because: ByPerson }): void {
  const { to, state } = handoff;
  const { assignee, collaborators } = turn.ticket;
  const followed = contract === null ? handoff : withFollowers(turn, handoff);
  turn.keep('handoff', { ...followed, state: 'accepted', endedAt: actor.at });
  turn.accept('queue', to, because);
  if (collaborators.includes(to)) {
    turn.change(
      'collaborators',
      collaborators.filter((queue) => queue !== to),
      because,
    );
  }
  if (assignee !== null) {
    const params = { by: actor.by, agent: assignee, queue: to, why: 'queue' };
    turn.accept('assignee', null, { ...because, stage: 'route', code: 'route.unassigned', params });
  }
  if (state === 'asked') tell(turn, { notice: 'handoff_answered', handoff, to: 'both', except: actor.by });
  tellCustomer(turn, handoff, contract);
}

/** Those who give it away hear how it goes on, as do those from whom they had it; whoever has it now knows. */
function withFollowers(turn: Turn, handoff: Handoff): Handoff {
  const members = turn.policy.queues[handoff.to]?.members ?? [];
  const all = [...new Set([...handoff.followers, ...sendersOf(turn, handoff)])];
  return { ...handoff, followers: all.filter((name) => !members.includes(name)), heard: [] };
}

/** Whoever has the ticket now is the one who gives it away, though another had it when that was asked. */
export function asOwnedNow({ ticket: { assignee } }: Turn, handoff: Handoff): Handoff {
  return handoff.assignee === assignee ? handoff : { ...handoff, assignee };
}

/** A hand-off that waited leads nowhere: nothing moves, and those who were asked need not answer any more. */
export function comeToNothing(
  turn: Turn,
  handoff: Handoff,
  { code, actor = null }: { code: string; actor?: Actor | null },
): void {
  if (!isPending(handoff)) return;
  const { state, to } = handoff;
  turn.keep('handoff', { ...handoff, state: 'withdrawn', code, endedAt: actor?.at ?? turn.now });
  const { queue } = turn.ticket;
  const params = { ...trailOf(handoff), code, queue, owner: ownerOf(turn.ticket) };
  const contract = contractOf(turn.policy, handoff);
  const because =
    actor === null ? byContract('handoff.withdrawn', contract, params) : byPerson('handoff.withdrawn', actor, params);
  if (state === 'held' || receiversOf(turn, to).length === 0) return turn.note(because);
  tell(
    turn,
    { notice: 'handoff_returned', handoff: { ...handoff, code }, to: 'both', except: actor?.by ?? null },
    because,
  );
}
