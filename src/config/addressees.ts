import type { Policy } from '../decide/policy.ts';

/** The mail address of an agent, or of who stands there with one; null for who has none. */
export function addressOf({ agents }: Pick<Policy, 'agents'>, person: string): string | null {
  if (person.includes('@')) return person;
  return agents.find(({ name }) => name === person)?.email ?? null;
}

/** What a system knows an agent by, of the kind of a way; null where nobody said. */
export function handleOf({ agents }: Pick<Policy, 'agents'>, kind: string, person: string): string | null {
  return agents.find(({ name }) => name === person)?.handles[kind] ?? null;
}

/** By what a way finds one person alone; null where it does not. */
export function aloneAt(
  policy: Pick<Policy, 'agents'>,
  way: { kind: string; findsByAddress: boolean },
  person: string,
): string | null {
  return handleOf(policy, way.kind, person) ?? (way.findsByAddress ? addressOf(policy, person) : null);
}
