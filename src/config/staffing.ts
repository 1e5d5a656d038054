import { agentsTableOf, type KnownNames, type TableAgent, withTableAgents } from './agents-table.ts';
import type { Staffing } from './live.ts';
import { policyOf } from './policy/index.ts';
import type { CheckedConfig } from './rules/check.ts';
import { askAll } from './rules/index.ts';

/** What agents of a table of the base are taken by; null where the config names no such table. */
export function staffingOf(config: CheckedConfig): Staffing | null {
  const table = agentsTableOf(config.written.people);
  if (table === null) return null;
  return { table, known: namesIn(config), withAgents: (agents) => staffed(config, agents) };
}

function namesIn({ written, policy }: CheckedConfig): KnownNames {
  const { queues, agents } = written.people;
  const rules = written.routing.rules.flatMap(({ then }) => [...(then.skills ?? []), ...(then.preferredSkills ?? [])]);
  return {
    calendars: Object.keys(policy.calendars),
    queues: Object.keys(queues),
    skills: [...new Set([...Object.values(queues).flatMap(({ skills }) => skills), ...rules])],
    agents: Object.keys(agents),
    timeZone: policy.desk.timeZone,
  };
}

/** The files are checked once more, as names that are in none of them are known now. Nothing is refused any more. */
function staffed(config: CheckedConfig, agents: readonly TableAgent[]): ReturnType<Staffing['withAgents']> {
  const written = { ...config.written, people: withTableAgents(config.written.people, agents) };
  const made = policyOf({ ...config, version: config.policy.version, written });
  const switched = new Set(agents.flatMap(({ name, hasSwitch }) => (hasSwitch ? [name] : [])));
  const policy = {
    ...made,
    agents: made.agents.map((agent) => (switched.has(agent.name) ? { ...agent, switchedIn: 'base' as const } : agent)),
  };
  const found = askAll({ ...config, written, policy }, new Set());
  return { policy, warnings: found.map((finding) => ({ ...finding, severity: 'warning' })) };
}
