import { type RowFinding, rowFindingText } from '../config/agent-rows.ts';
import type { StaffedConfig } from '../config/staffed.ts';
import type { Log } from '../kit/log.ts';
import type { Pipeline, Presence } from '../pipeline/index.ts';
import type { Tables } from './tables.ts';

/** The agents of a table of the base, if the config names one. */
export interface Team {
  /** Brings the agents up to date with the copy of the table; who is new or other than before is offered what waits. */
  catchUp(): Promise<void>;
  /** Switches an agent to away, or back: in the table where that has the switch, else here. Throws what the base says. */
  setAway(agent: string, presence: Presence): Promise<void>;
  /** What is wrong with rows of the table. */
  findings(): readonly RowFinding[];
}

interface TeamParts {
  config: Pick<StaffedConfig, 'current' | 'catchUp' | 'rowFindings' | 'rowOf'>;
  tables: Pick<Tables, 'tick' | 'onChange'>;
  pipeline: Pick<Pipeline, 'setAway' | 'welcome'>;
  log: Log;
}

/** Follows the table from now on. */
export function createTeam({ config, tables, pipeline, log }: TeamParts): Team {
  const said = { findings: new Set<string>() };

  /** Each is said once, for as long as it lasts. */
  function sayFindings(): void {
    const lines = config.rowFindings().map(rowFindingText);
    for (const line of lines) if (!said.findings.has(line)) log.warn({}, line);
    said.findings = new Set(lines);
  }

  async function catchUp(): Promise<void> {
    const changed = await config.catchUp();
    sayFindings();
    if (changed.length === 0) return;
    log.info({ agents: changed.length }, 'agents are other than before, as a table of the base says');
    await pipeline.welcome(changed);
  }

  tables.onChange(catchUp);
  return {
    catchUp,
    async setAway(agent, presence) {
      const row = config.rowOf(agent);
      if (row !== null) {
        const { table, ...cell } = row;
        await tables.tick(table, { ...cell, ticked: presence.isAway });
        await catchUp();
      }
      await pipeline.setAway(agent, presence);
    },
    findings: () => config.rowFindings(),
  };
}
