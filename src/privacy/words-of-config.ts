import type { Policy } from '../decide/policy.ts';

/** Every text of a policy: names of queues, rules and people, phrases, templates. Nobody who writes to the desk made them. */
export function wordsOfConfig(policy: Policy): ReadonlySet<string> {
  const words = new Set<string>();
  const seen = new Set<unknown>();
  function walk(value: unknown): void {
    if (typeof value === 'string') words.add(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [name, held] of Object.entries(value)) {
      if (!Array.isArray(value)) words.add(name);
      walk(held);
    }
  }
  // Whom the config knows by name or address may be the very person.
  const { customers: _, ...rest } = policy;
  walk(rest);
  return words;
}
