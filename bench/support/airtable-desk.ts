import { setTimeout as pause } from 'node:timers/promises';
import { makeTable, openSetup } from '../../connectors/airtable/setup.ts';
import { type Airtable, createAirtable, serveAirtable, type Settings } from '../../simulators/airtable/index.ts';
import { realTime } from '../../src/main.ts';
import { STARTER_CONFIG } from '../../test/support/service-process.ts';
import { type BaseDesk, chooseStore, columnsOf, PERSON, TABLE } from './base-desk.ts';
import { aBenchDesk } from './bench-desk.ts';

/** What a request to Airtable takes on the way, in milliseconds, as seen from a server nearby. */
const LATENCY = 150;

/** A desk on a simulated Airtable that keeps the published limits. */
export interface AirtableDesk extends BaseDesk {
  airtable: Airtable;
}

/** The starter config, or that of another folder, on a base of its own, with a table as `connect airtable` makes it. */
export async function anAirtableDesk(
  simulator: Partial<Settings> = {},
  config: string = STARTER_CONFIG,
): Promise<AirtableDesk> {
  const desk = await aBenchDesk(null, config);
  const airtable = createAirtable({ latencyMs: LATENCY, ...simulator });
  const robot = airtable.addUser({ name: 'Tabledesk', email: 'tabledesk@example.com' });
  const person = airtable.addUser(PERSON);
  const base = airtable.addBase({
    name: 'Help desk',
    members: [
      { userId: robot.id, role: 'create' },
      { userId: person.id, role: 'edit' },
    ],
  });
  const served = await serveAirtable(airtable);
  const token = airtable.addToken({ userId: robot.id });
  const variables = {
    AIRTABLE_ENDPOINT_URL: served.address,
    AIRTABLE_TOKEN: token,
    AIRTABLE_CONTENT_URL: served.contentAddress,
  };
  const setup = openSetup({ environment: variables, now: realTime, pause }, token);
  const table = await makeTable(setup, { base: base.id, columns: await columnsOf(desk), name: TABLE });
  const settings = { base: base.id, table: table.id, plan: 'business' };
  await chooseStore(desk, { kind: 'airtable', settings });
  airtable.clearLog();
  return {
    ...desk,
    base: airtable,
    airtable,
    variables,
    start: (more = {}) => desk.start({ ...variables, ...more }),
    async remove() {
      await served.close();
      await desk.remove();
    },
  };
}
