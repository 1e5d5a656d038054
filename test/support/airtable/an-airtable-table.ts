import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeTable, openSetup } from '../../../connectors/airtable/setup.ts';
import { CONNECTORS } from '../../../connectors/index.ts';
import type { Airtable } from '../../../simulators/airtable/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { realTime } from '../../../src/main.ts';
import { deskColumns } from '../../../src/sync/columns.ts';

interface Given {
  airtable: Airtable;
  /** At which it is served. */
  address: string;
  configFolder: string;
  name: string;
}

/**
 * A table as `connect airtable` makes it, in a base of its own, in the config of a desk; Ana works there. Returns
 * what the service needs in its environment, and where the table is.
 */
export async function anAirtableTable({ airtable, address, configFolder, name }: Given) {
  const robot = airtable.addUser({ name: 'Tabledesk', email: 'robot@example.com' });
  const ana = airtable.addUser({ name: 'Ana', email: 'ana@example.com' });
  const members = [
    { userId: robot.id, role: 'create' as const },
    { userId: ana.id, role: 'edit' as const },
  ];
  const base = airtable.addBase({ name: 'Help desk', members });
  const token = airtable.addToken({ userId: robot.id });
  const variables = { AIRTABLE_ENDPOINT_URL: address, AIRTABLE_TOKEN: token };
  const environment = { ...variables, JSON_TOKEN: 'made at the first start' };
  const result = await loadConfig({ folder: configFolder, environment, connectors: CONNECTORS });
  if ('findings' in result) throw new Error(JSON.stringify(result.findings));
  const columns = deskColumns(result.loaded.policy);
  const { id } = await makeTable(openSetup({ environment, now: realTime, pause }, token), {
    base: base.id,
    columns,
    name,
  });
  const file = join(configFolder, 'desk.yaml');
  const store = `store:\n  kind: airtable\n  settings: { base: ${base.id}, table: ${id}, plan: team }\n`;
  await writeFile(file, `${await readFile(file, 'utf8')}\n${store}`);
  return { variables, base: base.id, table: id };
}
