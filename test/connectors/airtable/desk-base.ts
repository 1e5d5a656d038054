import { AirtableSettings } from '../../../connectors/airtable/settings.ts';
import { createAirtableStore } from '../../../connectors/airtable/store.ts';
import { Tables } from '../../../connectors/airtable/wire.ts';
import type { Cell, Cells, Column, TicketStore } from '../../../src/ports/ticket-store.ts';
import {
  type Airtable,
  createAirtable,
  type NewTable,
  serveAirtable,
  type Settings,
} from '../../../simulators/airtable/index.ts';
import { aClock, aRoad, type JumpingClock } from '../../support/jumping-clock.ts';
import { aStoreGiven, titleOf, type Worker, WORKERS } from '../../support/store-given.ts';

const TABLE = 'Tickets';

/** A simulated base with a table that has every column, and a store on it. */
export interface DeskBase {
  airtable: Airtable;
  store: TicketStore;
  clock: JumpingClock;
  /** Names as people read them, such as "Status". */
  byHand: ReturnType<typeof byHand>;
  ids: { base: string; table: string };
  /** Ids of those who work there. */
  users: Readonly<Record<string, string>>;
  /** The options that a column offers, as the schema tells them. */
  optionsOf(title: string): Promise<readonly string[]>;
  kept: Map<string, unknown>;
  /** Another store on the same base, as after a restart or with another token. */
  openStore(given?: Opening): TicketStore;
  newToken(scopes: Parameters<Airtable['addToken']>[0]['scopes']): string;
  close(): Promise<void>;
}

interface Opening {
  settings?: object;
  token?: string | undefined;
  columns?: readonly Column[];
  spent?: number;
  kept?: Map<string, unknown>;
  publicUrl?: string;
}

/**
 * Opens a base in which Ana, Ben and Cy work, or whoever is named, and whose token belongs to somebody made for it; with
 * tables beside the tickets' own, if any.
 */
export async function aDeskBase(
  columns: readonly Column[],
  simulator: Partial<Settings> = {},
  { workers = WORKERS, beside = [] }: { workers?: readonly Worker[]; beside?: readonly NewTable[] } = {},
): Promise<DeskBase> {
  const road = aRoad();
  const clock = aClock(road.settled);
  const airtable = createAirtable({ now: () => clock.now().epochMilliseconds, ...simulator });
  const { faults } = airtable.settings;
  airtable.settings.faults = (request) => {
    road.arrive();
    return faults(request);
  };
  const robot = airtable.addUser({ name: 'Tabledesk', email: 'robot@example.com' });
  const people = workers.map((worker) => airtable.addUser(worker));
  const base = airtable.addBase({
    name: 'Help desk',
    members: [{ userId: robot.id, role: 'create' }, ...people.map(({ id }) => ({ userId: id, role: 'edit' as const }))],
    tables: [{ name: TABLE, fields: [{ name: 'Ticket', type: 'singleLineText' }] }, ...beside],
  });
  const newToken: DeskBase['newToken'] = (scopes) =>
    airtable.addToken({ userId: robot.id, ...(scopes !== undefined && { scopes }) });
  const token = newToken(undefined);
  const served = await serveAirtable(airtable);
  const table = base.tables[TABLE]?.id ?? '';
  const kept = new Map<string, unknown>();

  function openStore(opening: Opening = {}): TicketStore {
    const settings = AirtableSettings.parse({ base: base.id, table, plan: 'team', ...opening.settings });
    const environment = {
      AIRTABLE_TOKEN: 'token' in opening ? opening.token : token,
      AIRTABLE_ENDPOINT_URL: `${served.address}/`,
      PUBLIC_URL: opening.publicUrl,
    };
    const own = { kept, ...opening, columns: () => opening.columns ?? columns };
    return createAirtableStore(settings, aStoreGiven({ ...own, environment, clock, road }));
  }

  await openStore().mend?.();
  for (const { title, edits } of columns) {
    if (edits === 'read') airtable.designers.addField(TABLE, { name: title, type: 'singleLineText' });
  }
  // To a whole second, in which Airtable tells the time.
  await clock.pause(60_000 - (clock.now().epochMilliseconds % 1000));
  airtable.clearLog();
  return {
    airtable,
    store: openStore(),
    clock,
    byHand: byHand(airtable, columns),
    ids: { base: base.id, table },
    users: Object.fromEntries(people.map(({ name, id }) => [name, id])),
    async optionsOf(title) {
      await clock.pause(10_000);
      const url = `https://api.airtable.com/v0/meta/bases/${base.id}/tables`;
      const headers = { authorization: `Bearer ${token}` };
      const told = Tables.parse(await (await airtable.handle(new Request(url, { headers }))).json());
      await clock.pause(10_000);
      const field = told.tables.flatMap(({ fields }) => fields).find(({ name }) => name === title);
      return field?.options?.choices?.map(({ name }) => name) ?? [];
    },
    kept,
    openStore,
    newToken,
    close: () => served.close(),
  };
}

/** What people do in the grid, and what they see there. */
export function byHand({ people, designers }: Airtable, columns: readonly Column[]) {
  const typedTags = new Set<string>();

  /** Who types a tag that is not offered yet adds it by that. */
  function addTags(cells: Cells): void {
    for (const { name, title, type } of columns) {
      const cell = cells[name];
      if (type.kind !== 'choices' || !Array.isArray(cell)) continue;
      for (const option of new Set(cell.map(String)).difference(typedTags)) {
        designers.addOption(TABLE, title, option);
        typedTags.add(option);
      }
    }
  }

  const values = (cells: Cells) =>
    Object.fromEntries(Object.entries(cells).map(([name, cell]) => [titleOf(columns, name), typed(name, cell)]));
  return {
    readBack(id: string): Promise<{ key: string | null; cells: Cells } | null> {
      const row = people.row(TABLE, id);
      if (row === null) return Promise.resolve(null);
      const cells = Object.fromEntries(columns.map(({ name, title }) => [name, seen(row[title])]));
      return Promise.resolve({ key: typeof cells['key'] === 'string' ? cells['key'] : null, cells });
    },
    countRows: () => Promise.resolve(people.rows(TABLE).length),
    editByHand(id: string, cells: Cells, by: string): Promise<void> {
      addTags(cells);
      return Promise.resolve(people.as(by).edit(TABLE, id, values(cells)));
    },
    addByHand: (cells: Cells, by: string) => Promise.resolve(people.as(by).type(TABLE, values(cells))),
    deleteByHand: (id: string) => Promise.resolve(people.delete(TABLE, id)),
  };
}

/** A person is picked from the list, by what the list shows. */
function typed(name: string, cell: Cell): unknown {
  return name === 'assignee' && typeof cell === 'string' ? { email: `${cell.toLowerCase()}@desk.example` } : cell;
}

function seen(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
