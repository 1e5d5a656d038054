import { type BaseTable, baseTable } from './base-table.ts';
import { type Agent, AgentColumns, type People } from './written/people.ts';

/** What a row of the table of agents says, by our names for it. */
export type AgentCell = keyof AgentColumns;

/** The table of the base in which agents are, and the titles of its columns. */
export type AgentsTable = BaseTable<AgentColumns>;

/** Somebody who works here, as a row has them. */
export interface TableAgent {
  name: string;
  agent: Agent;
  /** Queues of which the row makes them a member. */
  queues: readonly string[];
  /** Whether the table has the tick of who is away. */
  hasSwitch: boolean;
}

/** What names in a row can be. */
export interface KnownNames {
  calendars: readonly string[];
  queues: readonly string[];
  /** Skills that some queue or rule asks for. */
  skills: readonly string[];
  /** Who is in people.yaml. */
  agents: readonly string[];
  /** Where a moment in a column for days is turned into a day. */
  timeZone: string;
}

/** The table that people.yaml names; null where it names none. */
export function agentsTableOf({ agentsTable: written }: People): AgentsTable | null {
  if (written === undefined) return null;
  return baseTable(written, {
    usual: AgentColumns.parse({}),
    usedFor: 'Agents are read from it, as people.yaml says under agentsTable.',
    guide: 'docs/people.md',
    needed: ['name'],
    ticked: ['away'],
  });
}

/** The people of the file together with those of the table, who count where both name somebody. */
export function withTableAgents(people: People, found: readonly TableAgent[]): People {
  const agents = { ...people.agents };
  const added = new Map<string, string[]>();
  for (const { name, agent, queues } of found.toSorted((one, other) => one.name.localeCompare(other.name))) {
    // The table has no column for handles.
    agents[name] = { ...agent, handles: people.agents[name]?.handles ?? {} };
    for (const queue of queues) added.set(queue, [...(added.get(queue) ?? []), name]);
  }
  const queues = Object.entries(people.queues).map(([name, queue]): [string, People['queues'][string]] => {
    const members = new Set([...queue.members, ...(added.get(name) ?? [])]);
    return [name, { ...queue, members: [...members] }];
  });
  return { ...people, agents, queues: Object.fromEntries(queues), agentsTable: undefined };
}
