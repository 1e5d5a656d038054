import { NotionSettings } from '../../../connectors/notion/settings.ts';
import { createNotionStore } from '../../../connectors/notion/store.ts';
import { DataSource } from '../../../connectors/notion/wire.ts';
import type { Cell, Cells, Column, TicketStore } from '../../../src/ports/ticket-store.ts';
import {
  CAPABILITIES,
  createNotion,
  type NewDatabase,
  type Notion,
  serveNotion,
  type Settings,
} from '../../../simulators/notion/index.ts';
import { aClock, aRoad, type JumpingClock } from '../../support/jumping-clock.ts';
import { aStoreGiven, titleOf, type Worker, WORKERS } from '../../support/store-given.ts';

export const DATABASE = 'Tickets';

type NewConnection = NonNullable<Parameters<Notion['addConnection']>[0]>;

/** A simulated database with a property for every column, and a store on it. */
export interface DeskBase {
  notion: Notion;
  store: TicketStore;
  clock: JumpingClock;
  /** Names as people read them, such as "Status". */
  byHand: ReturnType<typeof byHand>;
  ids: { database: string; dataSource: string };
  token: string;
  kept: Map<string, unknown>;
  /** The id of a property, by its title. */
  propertyId(title: string): string;
  /** The options that a property offers, as people see them. */
  optionsOf(title: string): Promise<readonly string[]>;
  /** Another store on the same database, as after a restart or with another token. */
  openStore(given?: Opening): TicketStore;
  newToken(capabilities: NonNullable<NewConnection['capabilities']>): string;
  close(): Promise<void>;
}

/** A database under the same page. */
type Beside = Omit<NewDatabase, 'parentPageId'>;

interface Opening {
  settings?: object;
  token?: string | undefined;
  columns?: readonly Column[];
  kept?: Map<string, unknown>;
}

/**
 * Opens a database in which Ana, Ben and Cy work, or whoever is named, shared with a connection that may do everything;
 * with databases beside it, if any.
 */
export async function aDeskBase(
  columns: readonly Column[],
  simulator: Partial<Settings> = {},
  { workers = WORKERS, beside = [] }: { workers?: readonly Worker[]; beside?: readonly Beside[] } = {},
): Promise<DeskBase> {
  const road = aRoad();
  const clock = aClock(road.settled);
  const notion = createNotion({ now: () => clock.now().epochMilliseconds, ...simulator });
  const served = await serveNotion({
    ...notion,
    handle(request) {
      road.arrive();
      return notion.handle(request);
    },
  });
  for (const worker of workers) notion.addUser(worker);
  const pageId = notion.addPage('Help desk');
  const properties = [{ name: 'Ticket', type: 'title' as const }];
  const { id: database, dataSourceId } = notion.addDatabase({ name: DATABASE, parentPageId: pageId, properties });
  for (const each of beside) notion.addDatabase({ ...each, parentPageId: pageId });
  const token = notion.addConnection({ shared: [pageId], capabilities: CAPABILITIES });
  const kept = new Map<string, unknown>();

  function openStore(opening: Opening = {}): TicketStore {
    const settings = NotionSettings.parse({ dataSource: dataSourceId, plan: 'plus', ...opening.settings });
    const environment = {
      NOTION_TOKEN: 'token' in opening ? opening.token : token,
      NOTION_BASE_URL: `${served.address}/`,
    };
    const own = { kept, ...opening, columns: () => opening.columns ?? columns };
    return createNotionStore(settings, aStoreGiven({ ...own, environment, clock, road }));
  }

  await openStore().mend?.();
  for (const { title, edits } of columns) {
    if (edits === 'read') notion.designers.addProperty(DATABASE, { name: title, type: 'rich_text' });
  }
  // What was done by now is read twice no more, and another window has begun.
  await clock.pause(300_000);
  notion.clearLog();
  return {
    notion,
    store: openStore(),
    clock,
    byHand: byHand(notion, columns),
    ids: { database, dataSource: dataSourceId },
    token,
    kept,
    propertyId: (title) => notion.database(DATABASE).properties[title] ?? '',
    async optionsOf(title) {
      const url = `https://api.notion.com/v1/data_sources/${dataSourceId}`;
      const headers = { authorization: `Bearer ${token}`, 'notion-version': '2026-03-11' };
      const told = DataSource.parse(await (await notion.handle(new Request(url, { headers }))).json());
      const property = told.properties.find(({ name }) => name === title);
      return property?.options.map(({ name }) => name) ?? [];
    },
    openStore,
    newToken: (capabilities) => notion.addConnection({ shared: [pageId], capabilities }),
    close: () => served.close(),
  };
}

/** What people do in the database, and what they see there. */
export function byHand({ people }: Notion, columns: readonly Column[]) {
  const values = (cells: Cells) =>
    Object.fromEntries(Object.entries(cells).map(([name, cell]) => [titleOf(columns, name), cell]));
  return {
    readBack(id: string): Promise<{ key: string | null; cells: Cells } | null> {
      const row = people.row(DATABASE, id);
      if (row === null) return Promise.resolve(null);
      const cells = Object.fromEntries(columns.map(({ name, title }) => [name, seen(row[title])]));
      return Promise.resolve({ key: typeof cells['key'] === 'string' ? cells['key'] : null, cells });
    },
    countRows: () => Promise.resolve(people.rows(DATABASE).length),
    editByHand: (id: string, cells: Cells, by: string): Promise<void> =>
      Promise.resolve(people.as(by).edit(DATABASE, id, values(cells))),
    addByHand: (cells: Cells, by: string) => Promise.resolve(people.as(by).type(DATABASE, values(cells))),
    deleteByHand: (id: string) => Promise.resolve(people.delete(DATABASE, id)),
    commentByHand: (id: string, text: string, by: string): Promise<void> =>
      Promise.resolve(void people.as(by).comment(DATABASE, id, text)),
  };
}

function seen(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.length === 1 && value[0] === undefined ? null : value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
