import { Problem } from '../../../src/domain/problem.ts';
import { knowsAgents } from '../../../src/kit/store/base-people.ts';
import { foundFields } from '../../../src/kit/store/connected-columns.ts';
import type { Column } from '../../../src/ports/ticket-store.ts';
import type { Client } from '../client.ts';
import { isRestricted, isUnknownOutcome, schemaLocked } from '../problems.ts';
import { newProperty, withStatus } from '../new-property.ts';
import { optionsWith } from '../properties.ts';
import { readPeople } from '../schema.ts';
import { Database, DataSource, type Property } from '../wire.ts';
import { readDatabase } from './reachable.ts';
import { explained } from './setup.ts';

/** A database with the table in it that holds the tickets. */
export interface Made {
  database: Database;
  table: DataSource;
}

/** What Notion is told of properties, by their names, or by their ids where they are there. */
type Properties = Readonly<Record<string, object>>;

/**
 * Makes a database with these columns under a page, with one request. Its first column is the title.
 *
 * @throws Problem `notion.capability-missing`, `notion.block-limit`, `notion.database-maybe-made`
 */
export async function makeDatabase(
  client: Client,
  { pageId, name, columns }: { pageId: string; name: string; columns: readonly Column[] },
): Promise<Made> {
  const people = await readPeople(client);
  const database = await withStatus(columns, async (hasStatus) => {
    const properties = columns.map((column, at): [string, object] => {
      if (at === 0) return [column.title, { title: {}, description: column.description }];
      return [column.title, newProperty(column, { isOfPeople: knowsAgents(people, [column]), hasStatus })];
    });
    const body = {
      parent: { type: 'page_id', page_id: pageId },
      title: [{ text: { content: name } }],
      initial_data_source: { properties: Object.fromEntries(properties) },
    };
    const asked = { method: 'post', path: 'databases', body, shape: Database, isRepeatable: false } as const;
    return explained('make a database', 'Insert content', async () => (await client.ask(asked)).value).catch((error) =>
      adopted(client, name, error),
    );
  });
  return { database, table: await readTable(client, database.data_sources[0]?.id ?? '') };
}

/** An answer can say no, and yet name what was made. */
function adopted(client: Client, name: string, error: unknown): Promise<Database> {
  if (!isUnknownOutcome(error)) throw error;
  if (error.answer.savedId !== null) return readDatabase(client, error.answer.savedId);
  throw new Problem(
    {
      code: 'notion.database-maybe-made',
      message: `Notion did not say whether it made the database "${name}".`,
      fix: 'Look under the page. If it is there, run this again and choose it, with --database and its link; else run it again as it was.',
    },
    { cause: error },
  );
}

/** What a table that there is lacks. */
export interface Lacking {
  columns: readonly Column[];
  offers: readonly { column: Column; field: Property; options: readonly string[] }[];
}

/**
 * Adds columns and options to a table that was just read, with one request. Where another property bears the title
 * already, ours says whose it is. Returns the properties that were made, by our names for the columns.
 *
 * @throws Problem `notion.schema-locked`
 */
export async function complete(
  client: Client,
  table: DataSource,
  { columns, offers }: Lacking,
): Promise<ReadonlyMap<string, Property>> {
  if (columns.length + offers.length === 0) return new Map();
  const people = columns.length === 0 ? null : await readPeople(client);
  const taken = new Set(table.properties.map(({ name }) => name.toLowerCase()));
  const titles = new Map(
    columns.map(({ name, title }) => [name, taken.has(title.toLowerCase()) ? `${title} (Tabledesk)` : title]),
  );
  const changed = await withStatus(columns, (hasStatus) => {
    const made = columns.map((column): [string, object] => {
      const property = newProperty(column, { isOfPeople: knowsAgents(people, [column]), hasStatus });
      return [titles.get(column.name) ?? column.title, property];
    });
    const offered = offers.map((offer): [string, object] => [offer.field.id, withOptions(offer)]);
    return change(client, table, Object.fromEntries([...made, ...offered]));
  });
  return foundFields(
    [...titles].map(([name, title]) => [name, changed.properties.find((each) => each.name === title)]),
  );
}

export async function readTable(client: Client, id: string): Promise<DataSource> {
  return (await client.ask({ method: 'get', path: `data_sources/${id}`, shape: DataSource, isRepeatable: true })).value;
}

/** Never asked twice: the second could add the same again. */
async function change(client: Client, { id }: DataSource, properties: Properties): Promise<DataSource> {
  try {
    const path = `data_sources/${id}`;
    return (await client.ask({ method: 'patch', path, body: { properties }, shape: DataSource, isRepeatable: false }))
      .value;
  } catch (error) {
    if (isRestricted(error)) throw schemaLocked('add properties to the database');
    throw error;
  }
}

/** A description that is left out is cleared. */
function withOptions({ column, field, options }: Lacking['offers'][number]): object {
  const { description, type } = field;
  return { ...(description !== null && { description }), [type]: { options: optionsWith(column, field, options) } };
}
