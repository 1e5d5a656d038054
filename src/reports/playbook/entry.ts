import type { Condition } from '../../decide/condition.ts';
import type { Stage } from '../../domain/decision.ts';

/** By what a rule is known in the decisions that it made: the stage, and the name that stands in their source. */
export interface EntryKey {
  stage: Stage;
  name: string;
}

/** One rule, as the playbook tells of it. */
export interface Entry extends EntryKey {
  /** What it is for; null for what the config switches on without saying so. */
  why: string | null;
  /** Whom to ask about it; null where the config names nobody. */
  owner: string | null;
  /** When it has its say, in words. */
  trigger: string;
  /** What happens then, one sentence each. */
  logic: readonly string[];
  /** What happens when it does not apply, or fails. */
  exception: string;
  /** Where it stands: `triage.yaml:12`. */
  place: string;
  /** Whether no decision names it when it has its say, so that nobody knows how often it did. */
  isUncounted?: boolean;
}

/** A rule of a policy, as far as all of them are alike. */
interface Ruled {
  name: string;
  why: string;
  owner: string;
  place: string;
  when: Condition;
}

/** What all rules say of themselves. */
export function saidBy({
  name,
  why,
  owner,
  place,
}: Omit<Ruled, 'when'>): Pick<Entry, 'name' | 'why' | 'owner' | 'place'> {
  return { name, why, owner, place };
}

/** As one text, to look entries up by. */
export function keyText({ stage, name }: EntryKey): string {
  return `${stage}\n${name}`;
}
