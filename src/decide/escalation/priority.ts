import { activeIn, type Raised } from '../../domain/escalation.ts';
import { PRIORITIES, type Priority } from '../../domain/ticket.ts';
import type { EscalationDefinition } from '../policy.ts';
import type { Turn } from '../turn.ts';
import { because, definitionNamed, foremost } from './definition.ts';

/**
 * Holds the priority up for as long as an escalation asks for it, and gives back what it was. What triage says
 * meanwhile counts from then on; what a person chose stays.
 */
export function keepPriority(turn: Turn, begun: readonly Raised[]): void {
  const { escalation, overrides, priority } = turn.ticket;
  if (escalation === null) return;
  if (overrides.priority !== undefined) return leaveAsChosen(turn, begun);
  const isMoved = priority !== turn.before.priority;
  const base = isMoved ? priority : (escalation.priorityBefore ?? priority);
  const asked = activeIn(escalation).map((raised) => ({ raised, least: leastOf(turn, raised, base) }));
  const highest = asked.reduce((most, { least }) => higher(most, least), base);
  if (highest !== priority) {
    const by = asked.find(({ least }) => least === highest)?.raised ?? null;
    if (by !== null)
      turn.change(
        'priority',
        highest,
        because(turn.policy, by, { code: 'escalate.priority_raised', params: { name: by.name, was: priority } }),
      );
    else giveBack(turn, base);
  }
  const before = highest === base ? null : base;
  if (before !== escalation.priorityBefore) turn.keep('escalation', { ...escalation, priorityBefore: before });
}

function leaveAsChosen(turn: Turn, begun: readonly Raised[]): void {
  const { escalation, overrides, priority } = turn.ticket;
  const wishing = foremost(begun.filter((raised) => leastOf(turn, raised, priority) !== priority));
  if (wishing !== null) {
    const params = { name: wishing.name, priority, by: overrides.priority?.by ?? null };
    turn.note(because(turn.policy, wishing, { code: 'escalate.priority_kept', params }));
  }
  if (escalation !== null && escalation.priorityBefore !== null) {
    turn.keep('escalation', { ...escalation, priorityBefore: null });
  }
}

function giveBack(turn: Turn, base: Priority): void {
  turn.change('priority', base, {
    stage: 'escalate',
    code: 'escalate.priority_given_back',
    params: {},
    evidence: [],
    source: { kind: 'policy', name: 'escalation' },
  });
}

/** The least priority that an escalation asks for. */
function leastOf({ policy }: Turn, raised: Raised, base: Priority): Priority {
  const wish: EscalationDefinition['priority'] = definitionNamed(policy, raised)?.priority ?? 'unchanged';
  if (wish === 'unchanged') return base;
  if (wish !== 'raise_by_one') return higher(wish, base);
  return PRIORITIES[PRIORITIES.indexOf(base) + 1] ?? base;
}

function higher(one: Priority, other: Priority): Priority {
  return PRIORITIES.indexOf(one) > PRIORITIES.indexOf(other) ? one : other;
}
