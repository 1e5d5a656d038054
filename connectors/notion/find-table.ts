import { Problem } from '../../src/domain/problem.ts';
import { keptFields } from '../../src/kit/store/bind-columns.ts';
import { type BoundTable, tableMissing, type TableWords } from '../../src/kit/wanted-tables.ts';
import type { WantedTable } from '../../src/ports/store-tables.ts';
import type { Base } from './base.ts';
import { isPageId, plainId } from './filters.ts';
import { isNotFound, tableUnsure } from './problems.ts';
import { UNREADABLE } from './team-columns.ts';
import { Database, DataSource, FoundDataSources, type Property } from './wire.ts';

/** A table beside the tickets', and which wanted column is in which property. */
export interface Found {
  source: DataSource;
  known: BoundTable<Property>;
}

/** What Notion calls things. */
export const WORDS: TableWords = {
  table: 'database',
  field: 'property',
  tickType: 'checkbox',
  shownBy: 'a rollup or a formula',
  unreadable: UNREADABLE,
  // An option is made by its name alone, so that lists of them would grow for ever.
  written: {
    key: ['rich_text', 'title'],
    line: ['rich_text', 'title'],
    text: ['rich_text'],
    number: ['number'],
    day: ['date', 'rich_text'],
    link: ['url', 'rich_text'],
  },
  ifUnseen: 'If it is there, open it in Notion, choose ••• and Connections, and add the connection.',
};

/** Where it is kept which data source each table was found in, so that one that is renamed stays known. */
const PLACE = 'notion.tables';

/** Whether a table, or something that it needs, is not there as far as we know. */
export function isUnfound(error: unknown): boolean {
  return error instanceof Problem && (error.code === 'store.table-missing' || error.code === 'store.table-unfit');
}

/**
 * The data source that the config names: by its id or that of its database, else by the id that it had before, else by
 * its title. Titles are found by a search, which may be some minutes late; from then on the id is known.
 *
 * @throws Problem `store.table-missing`, `notion.table-unsure`
 */
export async function findSource(base: Base, wanted: WantedTable): Promise<DataSource> {
  const id = plainId(wanted.table);
  const source =
    (await keptSource(base, wanted)) ?? (isPageId(id) ? await sourceAt(base, id) : await titled(base, wanted));
  if (source !== null) return keep(base, wanted, source);
  throw tableMissing(
    wanted,
    (await search(base, '')).map(({ title }) => title),
    WORDS,
  );
}

async function keptSource({ client, given: { memory } }: Base, { table }: WantedTable): Promise<DataSource | null> {
  const id = (await keptFields(memory, PLACE))[table];
  return id === undefined ? null : readSource({ client }, id);
}

async function keep({ given: { memory } }: Base, { table }: WantedTable, source: DataSource): Promise<DataSource> {
  const kept = await keptFields(memory, PLACE);
  if (kept[table] !== source.id) await memory.set(PLACE, { ...kept, [table]: source.id });
  return source;
}

/** Null for one that is in the trash, or that nobody shares. */
function readSource({ client }: Pick<Base, 'client'>, id: string): Promise<DataSource | null> {
  return unlessGone(async () => {
    const path = `data_sources/${id}`;
    const { value } = await client.ask({ method: 'get', path, shape: DataSource, isRepeatable: true });
    return value.isInTrash ? null : value;
  });
}

/** The address of a database has the id of the database; the table in it has another. */
async function sourceAt(base: Base, id: string): Promise<DataSource | null> {
  const source = await readSource(base, id);
  if (source !== null) return source;
  const inside = await unlessGone(async () => {
    const path = `databases/${id}`;
    return (await base.client.ask({ method: 'get', path, shape: Database, isRepeatable: true })).value.data_sources;
  });
  const [only, other] = inside ?? [];
  return only === undefined || other !== undefined ? null : readSource(base, only.id);
}

async function titled(base: Base, { table }: WantedTable): Promise<DataSource | null> {
  const found = await search(base, table);
  const named = (fits: (title: string) => boolean) => found.filter(({ title }) => fits(title.trim()));
  const exact = named((title) => title === table);
  const [only = null, other] = exact.length > 0 ? exact : named((title) => title.toLowerCase() === table.toLowerCase());
  if (other !== undefined) throw tableUnsure(table);
  return only;
}

/** What is shared with the connection and not in the trash, the tickets' own left out. */
async function search({ client, settings }: Base, query: string): Promise<readonly DataSource[]> {
  const { value } = await client.ask({
    method: 'post',
    path: 'search',
    body: {
      query,
      filter: { property: 'object', value: 'data_source' },
      sort: { timestamp: 'last_edited_time', direction: 'descending' },
      page_size: 100,
    },
    shape: FoundDataSources,
    isRepeatable: true,
  });
  return value.results.filter(({ id, isInTrash }) => !isInTrash && id !== plainId(settings.dataSource));
}

async function unlessGone<Read>(read: () => Promise<Read>): Promise<Read | null> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
