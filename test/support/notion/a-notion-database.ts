import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDatabase } from '../../../connectors/notion/connect/make.ts';
import { openSetup } from '../../../connectors/notion/connect/setup.ts';
import { CONNECTORS } from '../../../connectors/index.ts';
import { CAPABILITIES, type Notion } from '../../../simulators/notion/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { realTime } from '../../../src/main.ts';
import { deskColumns } from '../../../src/sync/columns.ts';

interface Given {
  notion: Notion;
  /** At which it is served. */
  address: string;
  configFolder: string;
  name: string;
}

/**
 * A database as `connect notion` makes it, on a connection that may do everything, in the config of a desk; Ana and
 * Ben work there. Returns the token, and what the service needs in its environment.
 */
export async function aNotionDatabase({ notion, address, configFolder, name }: Given) {
  for (const person of ['Ana', 'Ben']) notion.addUser({ name: person, email: `${person.toLowerCase()}@example.com` });
  const pageId = notion.addPage('Help desk');
  const token = notion.addConnection({ shared: [pageId], capabilities: CAPABILITIES });
  const variables = { NOTION_BASE_URL: address, NOTION_TOKEN: token };
  const environment = { ...variables, JSON_TOKEN: 'made at the first start' };
  const result = await loadConfig({ folder: configFolder, environment, connectors: CONNECTORS });
  if ('findings' in result) throw new Error(JSON.stringify(result.findings));
  const columns = deskColumns(result.loaded.policy);
  const { table } = await makeDatabase(openSetup({ environment, now: realTime, pause }, token), {
    pageId,
    name,
    columns,
  });
  const file = join(configFolder, 'desk.yaml');
  const store = `store:\n  kind: notion\n  settings: { dataSource: ${table.id}, plan: business }\n`;
  await writeFile(file, `${await readFile(file, 'utf8')}\n${store}`);
  return { token, variables };
}
