import type { Agent } from '../../domain/person.ts';
import type { Policy } from '../policy.ts';

/** An agent with the time off in milliseconds, for asking fifty people costs more than answering. */
export interface Person {
  agent: Agent;
  skills: ReadonlySet<string>;
  /** Spans, end excluded, in epoch milliseconds. */
  off: readonly { from: number; until: number }[];
}

/** The people of a policy, by name and by queue. */
export interface People {
  named(name: string): Person | null;
  membersOf(queue: string): readonly Person[];
}

/** Made once for a policy: a policy never changes, a new config is a new one. */
const KNOWN = new WeakMap<Policy, People>();

/** The people of a policy, looked up ready to be asked. */
export function peopleOf(policy: Policy): People {
  const known = KNOWN.get(policy);
  if (known !== undefined) return known;
  const people = gather(policy);
  KNOWN.set(policy, people);
  return people;
}

function gather(policy: Policy): People {
  const byName = new Map(policy.agents.map((agent) => [agent.name, personOf(agent)]));
  const byQueue = new Map(
    Object.values(policy.queues).map(({ name, members }) => [
      name,
      members.flatMap((member) => byName.get(member) ?? []),
    ]),
  );
  return { named: (name) => byName.get(name) ?? null, membersOf: (queue) => byQueue.get(queue) ?? [] };
}

function personOf(agent: Agent): Person {
  const off = agent.timeOff.map(({ from, until }) => ({
    from: from.epochMilliseconds,
    until: until.epochMilliseconds,
  }));
  return { agent, skills: new Set(agent.skills), off };
}

/** Whether somebody has all of the skills. */
export function hasSkills({ skills }: Person, wanted: readonly string[]): boolean {
  return wanted.every((skill) => skills.has(skill));
}

/** The end of the time off that somebody is in, in epoch milliseconds; null when in none. */
export function timeOffAt({ off }: Person, moment: number): number | null {
  for (const { from, until } of off) if (from <= moment && moment < until) return until;
  return null;
}
