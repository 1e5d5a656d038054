import type { Stage } from '../domain/decision.ts';

/** Which rule, in an address: by its stage and its name. */
export interface RuleNamed {
  stage: Stage;
  name: string;
}

/** The page of a rule: what it says, and the tickets behind a count. */
export function ruleAddress({ stage, name }: RuleNamed, more: Readonly<Record<string, string>> = {}): string {
  return `/playbook/rule?${new URLSearchParams({ stage, name, ...more }).toString()}`;
}

/** A version of the config, with the lines of a rule marked. */
export function ruleInVersion(version: string, { stage, name }: RuleNamed): string {
  return `/playbook/versions/${encodeURIComponent(version)}/rule?${new URLSearchParams({ stage, name }).toString()}#marked`;
}

export function versionAddress(version: string): string {
  return `/playbook/versions/${encodeURIComponent(version)}`;
}
