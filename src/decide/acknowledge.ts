import { recipientOf } from '../domain/ticket.ts';
import { isAsking } from './clarify/state.ts';
import { isOutdated, type Obstacle, obstacleTo } from './letters.ts';
import { isSelfServing } from './self-service.ts';
import type { Because, Turn } from './turn.ts';

/** Tells the requester that the request has arrived: once a ticket, never a machine, and not too often a day. */
export function acknowledge(turn: Turn): void {
  if (turn.occasion.kind !== 'received') return;
  const to = recipientOf(turn.ticket);
  const template = turn.policy.intake.acknowledgement;
  if (template === null) return withhold(turn, 'switched_off');
  if (isAsking(turn.ticket)) return withhold(turn, 'asked');
  if (isSelfServing(turn.ticket)) return withhold(turn, 'self_service');
  const obstacle = obstacleTo(turn.ticket);
  if (to === null || obstacle !== null) return withhold(turn, obstacle ?? 'no_address');
  if (isOutdated(turn.ticket.openedAt, turn.now)) return withhold(turn, 'too_late');
  if (turn.ticket.incidentReport?.isTold === true) return withhold(turn, 'told_of_incident');
  if (turn.facts.acknowledgementsToday >= turn.policy.intake.acknowledgementsPerDay) return withhold(turn, 'capped');
  const because: Because = {
    stage: 'respond',
    code: 'respond.acknowledged',
    params: { to, template },
    evidence: [],
    source: { kind: 'policy', name: 'acknowledgement' },
  };
  turn.send({ kind: 'message', key: `acknowledged:${turn.ticket.key}`, template, to }, because);
}

function withhold(
  turn: Turn,
  why: Obstacle | 'asked' | 'self_service' | 'switched_off' | 'told_of_incident' | 'too_late' | 'capped',
): void {
  const { intake } = turn.policy;
  turn.note({
    stage: 'respond',
    code: 'respond.not_acknowledged',
    params: { why, sentToday: turn.facts.acknowledgementsToday, perDay: intake.acknowledgementsPerDay },
    evidence: [],
    source: { kind: 'policy', name: 'acknowledgement' },
  });
}
