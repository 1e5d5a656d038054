import { statusWords } from '../domain/status-names.ts';
import type { HandoffAsked } from '../domain/occasion.ts';
import { type Handoff, isOpen } from '../domain/ticket.ts';
import type { Because, ByPerson, Turn } from './turn.ts';

/** So many characters of the reason stay with the ticket, where every write of its row carries them. */
const LONGEST_KEPT = 300;

interface Asker {
  by: string;
  at: Temporal.Instant;
}

/**
 * Moves a ticket to the queue to which a person hands it off, and frees whoever had it, so that routing finds
 * somebody there. The queue is the person's choice, as after an edit of it. What can't be is answered with a
 * reason, and nothing moves.
 */
export function takeHandoff(turn: Turn, asked: HandoffAsked, asker: Asker): void {
  const { to, reason, key } = asked;
  const { queue, status, handoff } = turn.ticket;
  const isAgain = to === queue && to === handoff?.to && handoff.reason === null && reason !== null;
  if (to === null || isAgain) return addReason(turn, asked, asker);
  const why = whyNot(turn, to);
  if (why === null) return move(turn, { ...asked, to }, asker);
  const allowed = Object.keys(turn.policy.queues).filter((name) => name !== queue);
  turn.note(
    because('handoff.refused', asker.by, {
      why,
      to,
      queue,
      status: statusWords(turn.policy.desk.statuses, status),
      allowed,
      reason,
      key,
    }),
  );
}

type WhyNot = 'ended' | 'unknown' | 'same';

function whyNot({ ticket, policy }: Turn, to: string): WhyNot | null {
  if (!isOpen(ticket.status)) return 'ended';
  if (!Object.hasOwn(policy.queues, to)) return 'unknown';
  return to === ticket.queue ? 'same' : null;
}

function move(turn: Turn, { to, reason, key }: HandoffAsked & { to: string }, { by, at }: Asker): void {
  const { queue: from, assignee } = turn.ticket;
  turn.keep('handoff', { from, to, by, at, reason: kept(reason), assignee });
  const trail = { from, to, at: at.toString(), reason, assignee, key };
  turn.accept('queue', to, because('handoff.moved', by, trail));
  if (assignee === null) return;
  const params = { agent: assignee, queue: to, why: 'queue' };
  turn.accept('assignee', null, { ...because('route.unassigned', by), stage: 'route', params });
}

/** Bases save cell by cell, so the reason may come after the queue; it goes where the hand-off led. */
function addReason(turn: Turn, { reason, key }: HandoffAsked, { by }: Asker): void {
  const { handoff } = turn.ticket;
  if (handoff === null || reason === null || handoff.reason === kept(reason)) return;
  turn.keep('handoff', { ...handoff, reason: kept(reason) });
  const { from, to, by: handedBy, at } = handoff;
  turn.note(because('handoff.reason_added', by, { handedBy, from, to, at: at.toString(), reason, key }));
}

function kept(reason: string | null): Handoff['reason'] {
  return reason === null ? null : reason.slice(0, LONGEST_KEPT).replace(/[\uD800-\uDBFF]$/, '');
}

function because(code: string, by: string, params: Because['params'] = {}): ByPerson {
  return { stage: 'handoff', code, params: { by, ...params }, evidence: [], source: { kind: 'person', name: by } };
}
