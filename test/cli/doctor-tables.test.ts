import { describe, expect, it } from 'vitest';
import { checkTables } from '../../src/cli/doctor/tables.ts';
import { anAgentsTable, ON_TABLES } from '../support/agents-table.ts';
import { aConfig } from '../support/config.ts';
import { someTables } from '../support/fake-tables.ts';

const LOADED = aConfig({
  ...ON_TABLES,
  'people.yaml': 'agentsTable: Agents\nqueues: { billing: { members: [Cy, Zoe] } }\nagents: { Cy: {} }\n',
});

describe('what doctor says of the table of agents', () => {
  async function told(tables: ReturnType<typeof someTables>) {
    const store = { tables: tables.port };
    const said = await checkTables({ title: 'Airtable', store }, LOADED);
    return said.map(({ what, sign, message }) => `${sign} ${what}: ${message}`);
  }

  it('names rows with a mistake, who is in both places, and names that are in neither', async () => {
    const rows = anAgentsTable({ Name: 'Ana', Queues: ['biling'] }, { Name: 'Ben' }, { Name: 'Cy' });
    expect(await told(someTables({ Agents: rows }))).toEqual([
      'good Agents: The table "Agents" names 2 of them.',
      'error Agents: Agents, row "Ana", Queues: "biling" is not a queue.',
      'warning Agents: Agents, row "Cy", Name: "Cy" is in people.yaml, too, where nothing of them counts but their queues and handles.',
      'warning Agents: config/people.yaml:2 "Zoe" is not an agent.',
    ]);
  });

  it('is that the table is gone, when it is', async () => {
    expect(await told(someTables())).toEqual(['error Airtable: The base has no table "Agents".']);
  });
});
