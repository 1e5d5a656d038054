import type { StoreMemory } from '../kit/connector.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { TableAgent } from './agents-table.ts';
import { KeptRows, type ReadAgents, readAgentRows, type RowFinding } from './agent-rows.ts';
import type { LiveConfig, LoadedConfig } from './live.ts';

/** A config in force with the agents whom a table of the base names, if it names such a table. */
export interface StaffedConfig extends LiveConfig {
  /** Takes what the table says now. Returns the names of agents who are new, gone or other than before. */
  catchUp(): Promise<readonly string[]>;
  /** What is wrong with rows of the table; of those with an error counts what they said before. */
  rowFindings(): readonly RowFinding[];
  /** The row of an agent who is switched to away in the base; null for others. */
  rowOf(agent: string): { table: string; rowId: string; title: string } | null;
}

interface StaffedGiven {
  /** The rows of a table of the base, as they were read last. */
  rows(table: string): Promise<readonly TableRow[]>;
  /** Keeps what rows said when they had no mistake. */
  memory: StoreMemory;
}

/** Under this name it is kept what rows said without a mistake. */
export const GOOD_ROWS = 'agents';

/** What a config in force comes to with the rows. */
interface Made {
  from: LoadedConfig;
  rows: readonly TableRow[];
  read: ReadAgents;
  config: LoadedConfig;
}

/**
 * The agents of the table are part of every config that is handed out from the first `catchUp` on, also when the files
 * change. The policy is another only when the rows say other things than before.
 */
export function staffConfig(live: LiveConfig, { rows: rowsOf, memory }: StaffedGiven): StaffedConfig {
  let rows: readonly TableRow[] = [];
  let good: ReadAgents['good'] = {};
  let isRemembered = false;
  let made: Made | null = null;

  function make(from: LoadedConfig): Made | null {
    const { staffing } = from;
    if (staffing === null) return null;
    if (made !== null && made.from === from && made.rows === rows) return made;
    const read = readAgentRows(staffing.table, rows, { known: staffing.known, good });
    const isSame = made !== null && made.from === from && sameAgents(made.read.agents, read.agents);
    made = { from, rows, read, config: isSame && made !== null ? made.config : staffed(from, read.agents) };
    return made;
  }

  const current = () => make(live.current())?.config ?? live.current();
  return {
    ...live,
    current,
    async catchUp() {
      const { staffing } = live.current();
      if (staffing === null) return [];
      const before = current().policy.agents;
      const found = await rowsOf(staffing.table.table);
      if (JSON.stringify(found) === JSON.stringify(rows)) return [];
      if (!isRemembered) good = KeptRows.parse(await memory.get(GOOD_ROWS));
      isRemembered = true;
      rows = found;
      const kept = make(live.current())?.read.good ?? {};
      if (JSON.stringify(kept) !== JSON.stringify(good)) await memory.set(GOOD_ROWS, kept);
      good = kept;
      return changedNames(before, current().policy.agents);
    },
    rowFindings: () => make(live.current())?.read.findings ?? [],
    rowOf(agent) {
      const { staffing } = live.current();
      if (staffing === null) return null;
      const found = Object.entries(make(live.current())?.read.good ?? {}).find(([, { name }]) => name === agent);
      if (found === undefined || !found[1].hasSwitch) return null;
      return { table: staffing.table.table, rowId: found[0], title: staffing.table.titles.away };
    },
  };
}

function staffed(from: LoadedConfig, agents: readonly TableAgent[]): LoadedConfig {
  const { policy, warnings } = from.staffing?.withAgents(agents) ?? from;
  const known = new Set(from.warnings.map((warning) => JSON.stringify(warning)));
  const more = warnings.filter((warning) => !known.has(JSON.stringify(warning)));
  return { ...from, policy, warnings: [...from.warnings, ...more] };
}

function sameAgents(one: readonly TableAgent[], other: readonly TableAgent[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function changedNames(
  before: LoadedConfig['policy']['agents'],
  after: LoadedConfig['policy']['agents'],
): readonly string[] {
  const shown = (agents: typeof after) => new Map(agents.map((agent) => [agent.name, JSON.stringify(agent)]));
  const [was, is] = [shown(before), shown(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
}
