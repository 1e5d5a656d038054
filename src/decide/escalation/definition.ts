import type { ReasonParams, Source } from '../../domain/decision.ts';
import type { Raised } from '../../domain/escalation.ts';
import type { Ending, EscalationDefinition, Policy } from '../policy.ts';
import type { Because } from '../turn.ts';

/** The definition of a name; null when the config has it no more. */
export function definitionNamed(policy: Policy, { kind, name }: Raised): EscalationDefinition | null {
  if (kind === 'person') return null;
  return policy.escalation.definitions.find((definition) => definition.name === name) ?? null;
}

/** What ends it by itself. What a person began lasts until the work is done. */
export function untilOf(policy: Policy, raised: Raised): readonly Ending[] {
  return definitionNamed(policy, raised)?.until ?? ['resolved'];
}

/** A reason of this stage, from whoever escalated. */
export function because(policy: Policy, raised: Raised, given: { code: string; params: ReasonParams }): Because {
  return { stage: 'escalate', evidence: [], source: sourceOf(policy, raised), ...given };
}

/** The definition or the person behind it. */
function sourceOf(policy: Policy, raised: Raised): Source {
  if (raised.kind === 'person') return { kind: 'person', name: raised.name };
  const owner = definitionNamed(policy, raised)?.owner;
  return owner === undefined ? { kind: 'policy', name: raised.name } : { kind: 'rule', name: raised.name, owner };
}

/** The one that counts among several: the highest level, and of these the first. */
export function foremost(raised: readonly Raised[]): Raised | null {
  return raised.reduce<Raised | null>((most, one) => (most === null || one.level > most.level ? one : most), null);
}
