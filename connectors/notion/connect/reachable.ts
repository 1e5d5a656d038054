import { Problem } from '../../../src/domain/problem.ts';
import type { ConnectGiven } from '../../../src/kit/connect.ts';
import type { Client } from '../client.ts';
import { plainId } from '../filters.ts';
import type { Shape } from '../wire.ts';
import { explained } from './setup.ts';
import { Database } from '../wire.ts';
import { FoundPage, FoundPages, FoundSources, SourceParent } from './wire.ts';

/** Pages of a search that are read; each has a hundred, the latest edited first. */
const MOST_PAGES = 5;

/** A page under which a database can be made. */
export interface SharedPage {
  id: string;
  title: string;
}

/** A table of a database, which mostly has one. */
export interface SharedTable {
  /** Of the data source. */
  id: string;
  title: string;
  databaseId: string;
}

/** What the connection was given. */
export interface Shared {
  pages: readonly SharedPage[];
  tables: readonly SharedTable[];
}

/**
 * Lists what is shared with the connection. Notion finds it by a search that may be some minutes late, so a person
 * may look again; a link that was given works without.
 *
 * @throws Problem `notion.nothing-shared`, `notion.capability-missing`
 */
export async function findShared({ ask, say }: Pick<ConnectGiven, 'ask' | 'say'>, client: Client): Promise<Shared> {
  for (;;) {
    const shared = await listShared(client);
    const isNothing = shared.pages.length + shared.tables.length === 0;
    if (!isNothing || ask.isSaid('page') || ask.isSaid('database')) return shared;
    const problem = nothingShared();
    if (!ask.isAttended) throw problem;
    say(`${problem.message}\n${problem.fix}\n`);
    if (!(await ask.confirm('look-again', 'Look again?', true))) throw problem;
  }
}

async function listShared(client: Client): Promise<Shared> {
  const tables = await search(client, 'data_source', FoundSources);
  const pages = await search(client, 'page', FoundPages);
  return {
    pages: pages.filter(({ isInTrash, isRow }) => !isInTrash && !isRow).map(({ id, title }) => ({ id, title })),
    tables: tables.filter(({ isInTrash }) => !isInTrash),
  };
}

interface Results<Item> {
  results: Item[];
  next_cursor: string | null;
}

async function search<Item>(client: Client, value: string, shape: Shape<Results<Item>>): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const told: Results<Item> = await searchOnce(client, { value, cursor, shape });
    found.push(...told.results);
    cursor = told.next_cursor;
    if (cursor === null) break;
  }
  return found;
}

async function searchOnce<Item>(
  client: Client,
  { value, cursor, shape }: { value: string; cursor: string | null; shape: Shape<Results<Item>> },
): Promise<Results<Item>> {
  const body = {
    filter: { property: 'object', value },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
    page_size: 100,
    ...(cursor !== null && { start_cursor: cursor }),
  };
  const asked = { method: 'post', path: 'search', body, shape, isRepeatable: true } as const;
  return explained('see any content', 'Read content', async () => (await client.ask(asked)).value);
}

/**
 * The page of a link, which need not be found by a search.
 *
 * @throws Problem `notion.no-link`, `notion.not-found`
 */
export async function pageAt(client: Client, link: string): Promise<SharedPage> {
  const path = `pages/${idIn(link)}`;
  return (await client.ask({ method: 'get', path, shape: FoundPage, isRepeatable: true })).value;
}

/**
 * The tables of the database of a link.
 *
 * @throws Problem `notion.no-link`, `notion.not-found`
 */
export async function tablesAt(client: Client, link: string): Promise<readonly SharedTable[]> {
  const { id, data_sources: sources } = await readDatabase(client, idIn(link));
  return sources.map((source) => ({ id: source.id, title: source.name, databaseId: id }));
}

export async function readDatabase(client: Client, id: string): Promise<Database> {
  return (await client.ask({ method: 'get', path: `databases/${id}`, shape: Database, isRepeatable: true })).value;
}

/** The database to which a table belongs. */
export async function databaseOf(client: Client, tableId: string): Promise<Database> {
  const path = `data_sources/${plainId(tableId)}`;
  const { value } = await client.ask({ method: 'get', path, shape: SourceParent, isRepeatable: true });
  return readDatabase(client, value.parent.database_id);
}

/** The id ends the path of a link, behind the title; what comes after a question mark is about a view. */
function idIn(link: string): string {
  const [path = ''] = link.trim().split(/[?#]/);
  const [id] = /[0-9a-f]{32}$/i.exec(path.replaceAll('-', '').replace(/\/$/, '')) ?? [];
  if (id !== undefined) return plainId(id);
  throw new Problem({
    code: 'notion.no-link',
    message: `"${link}" is neither shared with the connection nor a link to a page or a database of Notion.`,
    fix: 'In Notion, open it, press ••• and "Copy link". Its id is the 32 letters and digits before any question mark.',
  });
}

function nothingShared(): Problem {
  return new Problem({
    code: 'notion.nothing-shared',
    message: 'The token is good, and no page is shared with the connection.',
    fix: 'In Notion, open the page under which tickets are to live, press ••• at the upper right, choose "Connections" and then the connection. It may take a minute until Notion finds it; --page with the link of the page works at once.',
  });
}
