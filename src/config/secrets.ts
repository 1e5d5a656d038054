import type { Environment } from '../kit/connector.ts';
import { environmentName } from './written/words.ts';

/** While a secret is changed, the one before goes on counting under a name of its own. */
export function nameBefore(variable: string): string {
  return `${variable}_BEFORE`;
}

/**
 * The secrets behind references such as `env:NAME`, the newest first: with that our own requests are signed. And the names
 * of those variables that are not set.
 */
export function secretsNamed(
  references: readonly string[],
  environment: Environment,
): { found: readonly string[]; missing: readonly string[] } {
  const names = references.map(environmentName);
  return {
    found: [...names, ...names.map(nameBefore)].flatMap((name) => environment[name] || []),
    missing: names.filter((name) => !environment[name]),
  };
}
