import type { ReasonParams } from '../../domain/decision.ts';
import type { Handoff } from '../../domain/handoff.ts';
import type { HandoffContract } from '../policy.ts';
import type { Because, ByPerson } from '../turn.ts';

/** Who does something with a hand-off. */
export interface Actor {
  by: string;
  at: Temporal.Instant;
  /** Of the asking; null for what goes on without one. */
  key: string | null;
  /** What the person says of it, in full; null for nothing. */
  says: string | null;
}

/** What the trail says of every step. */
export function trailOf({ instance, from, to, at }: Handoff): ReasonParams {
  return { instance, from, to, at: at.toString() };
}

/** A reason for what a person did. */
export function byPerson(code: string, { by, key }: Actor, params: ReasonParams = {}): ByPerson {
  const source = { kind: 'person' as const, name: by };
  return { stage: 'handoff', code, params: { by, ...params, key }, evidence: [], source };
}

/** A reason for what follows from a contract, and from its being kept or not. */
export function byContract(code: string, contract: HandoffContract | null, params: ReasonParams): Because {
  const source: Because['source'] = contract === null ? { kind: 'default' } : { kind: 'policy', name: contract.name };
  return { stage: 'handoff', code, params, evidence: [], source };
}
