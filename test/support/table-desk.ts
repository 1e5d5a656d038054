import { shelveConfig } from '../../src/config/shelved.ts';
import { staffConfig } from '../../src/config/staffed.ts';
import type { LoadedConfig } from '../../src/config/live.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createLog } from '../../src/kit/log.ts';
import { deskColumns } from '../../src/sync/columns.ts';
import { createFlush } from '../../src/sync/flush.ts';
import { createPull } from '../../src/sync/pull.ts';
import { createStoreMemory } from '../../src/sync/store-memory.ts';
import { copiedRows, copiedVersion } from '../../src/sync/table-places.ts';
import { createTables } from '../../src/sync/tables.ts';
import { createTeam } from '../../src/sync/team.ts';
import { aDeskBase as inAirtable } from '../connectors/airtable/desk-base.ts';
import { aDeskBase as inNotion } from '../connectors/notion/desk-base.ts';
import { aFreeMeter } from './free-meter.ts';
import { aStandingConfig } from './live-config.ts';
import { aDesk } from './pipeline.ts';

/** So often tables are looked at where requests are many, in milliseconds, and a little more. */
export const LOOK = 15 * 60_000;

export const BASES = ['Airtable', 'Notion'] as const;

/** What a column of the table holds, in words of neither base. */
type Kind = 'line' | 'text' | 'link' | 'number' | 'day' | 'tick' | 'option' | 'options';

/** The table beside the tickets, as the scenario has somebody make it. */
export interface NewTable {
  name: string;
  /** By title: what it holds, and for options, which. The first column of Notion is its title. */
  columns: Readonly<Record<string, Kind | readonly [Kind, ...string[]]>>;
}

const IN_AIRTABLE = {
  line: 'singleLineText',
  text: 'multilineText',
  link: 'url',
  number: 'number',
  day: 'date',
  tick: 'checkbox',
  option: 'singleSelect',
  options: 'multipleSelects',
} as const;

const IN_NOTION = {
  line: 'rich_text',
  text: 'rich_text',
  link: 'url',
  number: 'number',
  day: 'date',
  tick: 'checkbox',
  option: 'select',
  options: 'multi_select',
} as const;

/** A base with a table beside that of the tickets, whichever base it is. */
export async function aBaseWithTable(kind: (typeof BASES)[number], policy: LoadedConfig['policy'], table: NewTable) {
  const columns = deskColumns(policy);
  const wanted = Object.entries(table.columns).map(([name, written]) => {
    const [holds, ...options] = typeof written === 'string' ? ([written] as const) : written;
    return { name, holds, options };
  });
  if (kind === 'Airtable') {
    const fields = wanted.map(({ name, holds, options }) => ({
      name,
      type: IN_AIRTABLE[holds],
      ...(options.length > 0 && { choices: options }),
      ...(holds === 'number' && { options: { precision: 2 } }),
    }));
    const base = await inAirtable(columns, {}, { beside: [{ name: table.name, fields }] });
    const { people, designers } = base.airtable;
    return {
      ...base,
      people,
      settings: base.airtable.settings,
      renameTable: (name: string) => designers.renameTable(table.name, name),
      removeColumn: (title: string) => designers.removeField(table.name, title),
      removeTable: () => designers.removeTable(table.name),
    };
  }
  const properties = wanted.map(({ name, holds, options }, index) => ({
    name,
    type: index === 0 ? ('title' as const) : IN_NOTION[holds],
    ...(options.length > 0 && { options }),
  }));
  const base = await inNotion(columns, {}, { beside: [{ name: table.name, properties }] });
  const { people, designers } = base.notion;
  return {
    ...base,
    people,
    settings: base.notion.settings,
    renameTable: (name: string) => designers.renameDatabase(table.name, name),
    removeColumn: (title: string) => designers.removeProperty(table.name, title),
    removeTable: () => designers.trashDatabase(table.name, true),
  };
}

export type BaseWithTable = Awaited<ReturnType<typeof aBaseWithTable>>;

/** What works on the base as at a start of the service, with what the table says as far as it was read before. */
export async function aTableDesk(connection: Connection, base: BaseWithTable, loaded: LoadedConfig) {
  const { clock } = base;
  const store = base.openStore();
  const rows = (table: string) => copiedRows(connection, table);
  const staffed = staffConfig(aStandingConfig(loaded), { rows, memory: createStoreMemory(connection) });
  const config = shelveConfig(staffed, { rows, versionOf: (table) => copiedVersion(connection, table) });
  await config.catchUp();
  const standing = { now: clock.now, set: () => undefined, forward: () => undefined };
  const live = { ...config, change: () => undefined };
  const { pipeline } = aDesk(connection, { config: live, clock: standing });
  const log = createLog('silent');
  const policy = () => config.current().policy;
  const given = { connection, store, policy, meter: aFreeMeter(), now: clock.now, log };
  const tables = createTables({ ...given, wanted: () => config.current().tables, wake: async () => undefined });
  const ways = { ...given, pipeline, pause: clock.pause };
  return {
    config: live,
    pipeline,
    tables,
    team: createTeam({ config, tables, pipeline, log }),
    pull: createPull(ways),
    flush: createFlush(ways),
  };
}
