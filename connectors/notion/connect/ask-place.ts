import type { Ask, ConnectGiven } from '../../../src/kit/connect.ts';
import type { Client } from '../client.ts';
import { plainId } from '../filters.ts';
import type { NotionSettings } from '../settings.ts';
import {
  databaseOf,
  findShared,
  pageAt,
  type Shared,
  type SharedPage,
  type SharedTable,
  tablesAt,
} from './reachable.ts';

/** Answers that are no ids. */
const NEW = 'new';
const LINK = 'link';

/** What a link is asked for with: what was shared a moment ago may not be listed yet. */
const BY_LINK = { name: 'By its link', value: LINK, hint: 'one that is not listed here', isOther: true };

/** Where tickets are to live: in a table that there is, or in a new one under a page. */
export async function askForPlace(
  given: ConnectGiven,
  client: Client,
  before: NotionSettings | null,
): Promise<{ table: SharedTable } | { pageId: string; name: string }> {
  const { ask } = given;
  const shared = await findShared(given, client);
  const table = await askForTable(ask, client, { tables: await withKnown(client, shared.tables, before), before });
  if (table !== null) return { table };
  const page = await askForPage(ask, client, shared);
  const name = (await ask.text('new-database', 'What is the database to be called?', freeName(shared))).trim();
  return { pageId: page.id, name: name === '' ? freeName(shared) : name };
}

/** The one that the desk has is offered although a search may not tell it. */
async function withKnown(
  client: Client,
  tables: readonly SharedTable[],
  before: NotionSettings | null,
): Promise<readonly SharedTable[]> {
  const id = before === null ? null : plainId(before.dataSource);
  if (id === null || tables.some((table) => table.id === id)) return tables;
  try {
    const database = await databaseOf(client, id);
    return [{ id, title: database.title, databaseId: database.id }, ...tables];
  } catch {
    // It is gone, or no longer shared: then it is not offered.
    return tables;
  }
}

/** A table that there is; null for a new one. */
async function askForTable(
  ask: Ask,
  client: Client,
  { tables, before }: { tables: readonly SharedTable[]; before: NotionSettings | null },
): Promise<SharedTable | null> {
  const isNew = !ask.isSaid('database') && (ask.isSaid('page') || ask.isSaid('new-database'));
  if (isNew) return null;
  const known = before === null ? undefined : tables.find(({ id }) => id === plainId(before.dataSource));
  const chosen = await ask.choose('database', 'Which database is to hold the tickets?', [
    { name: 'Make a new one', value: NEW, hint: 'with every property', isUsual: known === undefined },
    ...tables.map(({ id, title }) => ({ name: titleOr(title), value: id, hint: id, isUsual: id === known?.id })),
    BY_LINK,
  ]);
  if (chosen === NEW) return null;
  const listed = tables.find(({ id }) => id === chosen);
  if (listed !== undefined) return listed;
  return oneOf(ask, await tablesAt(client, await ask.text('database', 'The link of the database')));
}

/** A database mostly has one table. */
async function oneOf(ask: Ask, tables: readonly SharedTable[]): Promise<SharedTable> {
  const choices = tables.map((table) => ({ name: titleOr(table.title), value: table, isUsual: tables.length === 1 }));
  const [only] = tables;
  return only !== undefined && tables.length === 1 ? only : ask.choose('table', 'Which of its tables?', choices);
}

async function askForPage(ask: Ask, client: Client, { pages }: Shared): Promise<SharedPage> {
  const chosen = await ask.choose('page', 'Under which page is it to be made?', [
    ...pages.map(({ id, title }) => ({ name: titleOr(title), value: id, hint: id, isUsual: pages.length === 1 })),
    BY_LINK,
  ]);
  const listed = pages.find(({ id }) => id === chosen);
  return listed ?? pageAt(client, await ask.text('page', 'The link of the page'));
}

function titleOr(title: string): string {
  return title === '' ? 'Untitled' : title;
}

/** Notion allows two of one name, and people tell them apart badly. */
function freeName({ tables }: Shared): string {
  const taken = new Set(tables.map(({ title }) => title.toLowerCase()));
  return ['Tickets', 'Help desk'].find((name) => !taken.has(name.toLowerCase())) ?? 'Tabledesk';
}
