import { setTimeout as pause } from 'node:timers/promises';
import { makeDatabase } from '../../connectors/notion/connect/make.ts';
import { openSetup } from '../../connectors/notion/connect/setup.ts';
import type { NotionSettings } from '../../connectors/notion/settings.ts';
import { createNotion, type Notion, serveNotion, type Settings } from '../../simulators/notion/index.ts';
import { realTime } from '../../src/main.ts';
import { type BaseDesk, chooseStore, columnsOf, PERSON, TABLE } from './base-desk.ts';
import { aBenchDesk } from './bench-desk.ts';

/** What a request to Notion takes, in milliseconds: it is slower than others. */
const LATENCY = 300;

/** A desk on a simulated Notion that keeps the published limits. */
export interface NotionDesk extends BaseDesk {
  notion: Notion;
  /** Of the connection. */
  token: string;
}

/** The starter config on a database of its own, as `connect notion` makes it. */
export async function aNotionDesk(
  simulator: Partial<Settings> = {},
  settings: Partial<NotionSettings> = {},
): Promise<NotionDesk> {
  const desk = await aBenchDesk();
  const { plan = 'plus' } = simulator;
  const notion = createNotion({ latencyMs: LATENCY, plan });
  notion.addUser(PERSON);
  const pageId = notion.addPage('Help desk');
  const token = notion.addConnection({ shared: [pageId] });
  const served = await serveNotion(notion);
  const variables = { NOTION_BASE_URL: served.address, NOTION_TOKEN: token };
  const setup = openSetup({ environment: variables, now: realTime, pause }, token);
  const { table } = await makeDatabase(setup, { pageId, name: TABLE, columns: await columnsOf(desk) });
  await chooseStore(desk, { kind: 'notion', settings: { dataSource: table.id, plan, ...settings } });
  notion.clearLog();
  // What goes wrong does so from here on.
  Object.assign(notion.settings, simulator);
  return {
    ...desk,
    base: notion,
    notion,
    token,
    variables,
    start: (more = {}) => desk.start({ ...variables, ...more }),
    async remove() {
      await served.close();
      await desk.remove();
    },
  };
}
