import { activeIn, levelOf, NEVER_ESCALATED, type Raised, type Verdict } from '../../domain/escalation.ts';
import type { Turn } from '../turn.ts';

/** Who asks, and what they say of the escalation that they end. */
interface Asker {
  by: string;
  verdict: Verdict | null;
}

/**
 * A person takes a ticket up or down. What stood above the level ends; a definition whose condition holds all the
 * same does not fire again. The level is theirs until something else escalates further.
 */
export function setLevel(turn: Turn, level: number, { by, verdict }: Asker): void {
  const escalation = turn.ticket.escalation ?? NEVER_ESCALATED;
  const was = turn.ticket.escalationLevel;
  const isOngoing = activeIn(escalation).length > 0;
  const kept = escalation.raised.map((raised) =>
    raised.endedAt === null && raised.level > level ? { ...raised, endedAt: turn.now } : raised,
  );
  const own: Raised = { kind: 'person', name: by, level, startedAt: turn.now, endedAt: null };
  const raised = levelOf(kept) === level ? kept : [...kept, own];
  const episode = isOngoing || level === 0 ? escalation.episode : escalation.episode + 1;
  turn.keep('escalation', { ...escalation, raised, episode });
  const ended = activeIn(escalation).filter((each) => each.level > level);
  const minutes = ended.map(({ startedAt }) => Math.floor(turn.now.since(startedAt).total('minutes')));
  turn.accept('escalationLevel', level, {
    stage: 'escalate',
    code: level > was ? 'escalate.raised_by_hand' : 'escalate.lowered_by_hand',
    params: { by, level, was, verdict, names: ended.map(({ name }) => name), minutes: Math.max(0, ...minutes) },
    evidence: [],
    source: { kind: 'person', name: by },
  });
}
