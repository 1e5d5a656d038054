import { recipientOf } from '../../domain/ticket.ts';
import { NEVER_ESCALATED, type Raised } from '../../domain/escalation.ts';
import { type Obstacle, obstacleTo } from '../letters.ts';
import type { Turn } from '../turn.ts';
import { because, definitionNamed, foremost } from './definition.ts';

/**
 * Tells the requester what the highest of those that begin has for them: the same letter once an episode. Says
 * whether a letter goes.
 */
export function writeToRequester(turn: Turn, begun: readonly Raised[]): boolean {
  const { ticket, policy } = turn;
  const speaking = foremost(begun.filter((raised) => letterOf(turn, raised) !== null));
  const template = speaking === null ? null : letterOf(turn, speaking);
  if (speaking === null || template === null) return withhold(turn, begun, 'none');
  const escalation = ticket.escalation ?? NEVER_ESCALATED;
  const to = recipientOf(ticket);
  const obstacle = obstacleTo(ticket);
  if (to === null || obstacle !== null) return withhold(turn, begun, obstacle ?? 'no_address');
  if (escalation.letters.includes(template)) return withhold(turn, begun, 'told_before');
  turn.keep('escalation', { ...escalation, letters: [...escalation.letters, template] });
  return turn.send(
    {
      kind: 'message',
      key: `escalation:${ticket.key}:${escalation.episode}:${template}`,
      template,
      to,
      gaps: {
        'escalation.accountable': ticket.accountable ?? '',
        'escalation.since': turn.now,
      },
    },
    because(policy, speaking, { code: 'escalate.requester_told', params: { to, template } }),
  );
}

function letterOf({ policy }: Turn, raised: Raised): string | null {
  return definitionNamed(policy, raised)?.customer ?? null;
}

/** Silence is a decision too. */
function withhold(turn: Turn, begun: readonly Raised[], why: Obstacle | 'none' | 'told_before'): false {
  const most = foremost(begun);
  if (most !== null) turn.note(because(turn.policy, most, { code: 'escalate.requester_not_told', params: { why } }));
  return false;
}
