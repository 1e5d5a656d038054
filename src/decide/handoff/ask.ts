import { type Handoff, isPending } from '../../domain/handoff.ts';
import type { HandoffAsked } from '../../domain/occasion.ts';
import { statusWords } from '../../domain/status-names.ts';
import { isOpen } from '../../domain/ticket.ts';
import type { Turn } from '../turn.ts';
import { comeToNothing, proceed } from './go.ts';
import { type Actor, byPerson, trailOf } from './reason.ts';

/** So many characters of the reason stay with the ticket, where every write of its row carries them. */
const LONGEST_KEPT = 300;

/**
 * A person hands a ticket off to another queue, as far as the contract of the two queues lets it go. The queue is
 * the person's choice, as after an edit of it. Choosing the queue where it is takes back what still waits. What
 * can't be is answered with a reason, and nothing moves.
 */
export function takeHandoff(turn: Turn, asked: HandoffAsked, asker: Pick<Actor, 'by' | 'at'>): void {
  const { to, key } = asked;
  const actor: Actor = { ...asker, key, says: asked.reason };
  const pending = pendingOf(turn);
  if (to === null || isOnceMore(turn, asked)) return addReason(turn, asked, actor);
  if (to === turn.ticket.queue && pending !== null) return comeToNothing(turn, pending, { code: 'taken_back', actor });
  const why = whyNot(turn, to);
  if (why !== null) return refuse(turn, { ...asked, to, why }, actor);
  if (pending === null) return proceed(turn, begun(turn, { ...asked, to }, actor), actor);
  if (pending.to === to) return proceed(turn, renewed(pending, asked, actor), actor);
  comeToNothing(turn, pending, { code: 'superseded', actor });
  proceed(turn, begun(turn, { ...asked, to }, actor), actor);
}

function pendingOf({ ticket: { handoff } }: Turn): Handoff | null {
  return handoff !== null && isPending(handoff) ? handoff : null;
}

/** The same queue once more, with the reason that was wanting. */
function isOnceMore({ ticket: { handoff, queue } }: Turn, { to, reason }: HandoffAsked): boolean {
  if (handoff === null || to !== handoff.to || handoff.reason !== null || reason === null) return false;
  if (handoff.state === 'accepted') return to === queue || handoff.way === 'collaborate';
  return handoff.state === 'asked';
}

type WhyNot = 'ended' | 'unknown' | 'same' | 'asked';

function whyNot({ ticket, policy }: Turn, to: string): WhyNot | null {
  const { handoff, queue, status, collaborators } = ticket;
  if (!isOpen(status)) return 'ended';
  if (!Object.hasOwn(policy.queues, to)) return 'unknown';
  if (to === queue) return 'same';
  const isAsked = (handoff?.state === 'asked' && handoff.to === to) || isHelping({ handoff, collaborators }, to);
  return isAsked ? 'asked' : null;
}

function isHelping({ handoff, collaborators }: Pick<Turn['ticket'], 'handoff' | 'collaborators'>, to: string): boolean {
  return handoff?.way === 'collaborate' && handoff.to === to && collaborators.includes(to);
}

function refuse(turn: Turn, asked: HandoffAsked & { to: string; why: WhyNot }, actor: Actor): void {
  const { queue, status } = turn.ticket;
  const { to, reason, why } = asked;
  const allowed = Object.keys(turn.policy.queues).filter((name) => name !== queue);
  const words = statusWords(turn.policy.desk.statuses, status);
  turn.note(byPerson('handoff.refused', actor, { why, to, queue, status: words, allowed, reason }));
}

function begun({ ticket }: Turn, { to, reason }: HandoffAsked & { to: string }, { by, at }: Actor): Handoff {
  return {
    instance: (ticket.handoff?.instance ?? 0) + 1,
    from: ticket.queue,
    to,
    by,
    at,
    reason: kept(reason),
    assignee: ticket.assignee,
    way: 'transfer',
    state: 'held',
    missing: [],
    askedAt: null,
    remindedAt: null,
    endedAt: null,
    answeredBy: null,
    code: null,
    followers: ticket.handoff?.followers ?? [],
    heard: ticket.handoff?.heard ?? [],
  };
}

/** Who asks again while it is held means the same hand-off. */
function renewed(pending: Handoff, { reason }: HandoffAsked, { by, at }: Actor): Handoff {
  return { ...pending, by, at, reason: kept(reason) ?? pending.reason };
}

/** Bases save cell by cell, so the reason may come after the queue; it goes where the hand-off led. */
function addReason(turn: Turn, { reason }: HandoffAsked, actor: Actor): void {
  const { handoff } = turn.ticket;
  if (handoff === null || reason === null || handoff.reason === kept(reason)) return;
  turn.keep('handoff', { ...handoff, reason: kept(reason) });
  const { by: handedBy, state, way } = handoff;
  turn.note(byPerson('handoff.reason_added', actor, { ...trailOf(handoff), state, way, handedBy, reason }));
}

function kept(reason: string | null): Handoff['reason'] {
  return reason === null ? null : reason.slice(0, LONGEST_KEPT).replace(/[\uD800-\uDBFF]$/, '');
}
