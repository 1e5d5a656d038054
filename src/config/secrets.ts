import type { Environment } from '../kit/connector.ts';
import { environmentName } from './written/words.ts';

/** The secrets behind references such as `env:NAME`, and the names of those variables that are not set. */
export function secretsNamed(
  references: readonly string[],
  environment: Environment,
): { found: readonly string[]; missing: readonly string[] } {
  const names = references.map(environmentName);
  return {
    found: names.flatMap((name) => environment[name] || []),
    missing: names.filter((name) => !environment[name]),
  };
}
