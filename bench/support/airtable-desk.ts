import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeTable, openSetup } from '../../connectors/airtable/setup.ts';
import { CONNECTORS } from '../../connectors/index.ts';
import { type Airtable, createAirtable, serveAirtable, type Settings } from '../../simulators/airtable/index.ts';
import { loadConfig } from '../../src/config/load.ts';
import { realTime } from '../../src/main.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { type BenchDesk, aBenchDesk } from './bench-desk.ts';

/** What a request to Airtable takes on the way, in milliseconds, as seen from a server nearby. */
const LATENCY = 150;

/** The table that tickets are kept in. */
export const TABLE = 'Tickets';

/** A desk on a simulated Airtable that keeps the published limits. */
export interface AirtableDesk extends BenchDesk {
  airtable: Airtable;
  /** What the service needs in its environment. */
  variables: Readonly<Record<string, string>>;
}

/** The starter config on a base of its own, with a table as `connect airtable` makes it. */
export async function anAirtableDesk(simulator: Partial<Settings> = {}): Promise<AirtableDesk> {
  const desk = await aBenchDesk();
  const airtable = createAirtable({ latencyMs: LATENCY, ...simulator });
  const robot = airtable.addUser({ name: 'Tabledesk', email: 'tabledesk@example.com' });
  const person = airtable.addUser({ name: 'Ana Torres', email: 'ana@example.com' });
  const base = airtable.addBase({
    name: 'Help desk',
    members: [
      { userId: robot.id, role: 'create' },
      { userId: person.id, role: 'edit' },
    ],
  });
  const served = await serveAirtable(airtable);
  const variables = {
    AIRTABLE_ENDPOINT_URL: served.address,
    AIRTABLE_TOKEN: airtable.addToken({ userId: robot.id }),
    AIRTABLE_CONTENT_URL: served.contentAddress,
  };
  const table = await makeDeskTable(desk.configFolder, { base: base.id, variables });
  await chooseStore(desk.configFolder, { base: base.id, table });
  airtable.clearLog();
  return {
    ...desk,
    airtable,
    variables,
    start: (more = {}) => desk.start({ ...variables, ...more }),
    async remove() {
      await served.close();
      await desk.remove();
    },
  };
}

/** Returns the table's id. */
async function makeDeskTable(
  folder: string,
  { base, variables }: { base: string; variables: Readonly<Record<string, string>> },
): Promise<string> {
  const environment = { ...variables, JSON_TOKEN: 'made at the first start' };
  const result = await loadConfig({ folder, environment, connectors: CONNECTORS });
  if ('findings' in result) throw new Error(JSON.stringify(result.findings));
  const columns = deskColumns(result.loaded.policy);
  const setup = openSetup({ environment, now: realTime, pause }, variables['AIRTABLE_TOKEN'] ?? '');
  return (await makeTable(setup, { base, columns, name: TABLE })).id;
}

async function chooseStore(folder: string, { base, table }: { base: string; table: string }): Promise<void> {
  const file = join(folder, 'desk.yaml');
  const store = `store:\n  kind: airtable\n  settings: { base: ${base}, table: ${table}, plan: business }\n`;
  await writeFile(file, `${await readFile(file, 'utf8')}\n${store}`);
}
