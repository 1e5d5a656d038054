import { type BasePerson } from '../../src/kit/store/base-people.ts';
import {
  bindColumns,
  type BoundColumns,
  keepFields,
  keptFields,
  type Misfit,
} from '../../src/kit/store/bind-columns.ts';
import type { StoreMemory } from '../../src/kit/connector.ts';
import { isNeeded } from '../../src/kit/store/propose-fields.ts';
import { createSchemaReader, type SchemaReader } from '../../src/kit/store/schema-reader.ts';
import type { Now } from '../../src/ports/now.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import type { Client } from './client.ts';
import { plainId } from './filters.ts';
import { columnsUnfit, isRestricted } from './problems.ts';
import { acceptedTypes } from './properties.ts';
import type { NotionSettings } from './settings.ts';
import { UNREADABLE } from './team-columns.ts';
import { DataSource, type Property, Users } from './wire.ts';

/** Pages of people that are read; each has a hundred. */
const MOST_PAGES = 10;

/** The database as it is, seen from our columns. */
export interface Schema extends BoundColumns<Property> {
  dataSource: DataSource;
  /** Members of the workspace. Null where the connection may not know them. */
  people: readonly BasePerson[] | null;
  /** How far Notion's clock is ahead of ours, in seconds; null where its answer did not say. */
  clockAheadSeconds: number | null;
}

interface Read extends Pick<Schema, 'dataSource' | 'people' | 'clockAheadSeconds'> {
  kept: Readonly<Record<string, string>>;
  at: Temporal.Instant;
}

interface SchemaParts {
  client: Client;
  columns: () => readonly Column[];
  now: Now;
  memory: StoreMemory;
  schemaSeconds: number;
}

/** Reads which property each column is kept in; each look costs two requests. */
export function openSchema(settings: NotionSettings, parts: SchemaParts): SchemaReader<Schema> {
  return createSchemaReader({
    ...parts,
    look: () => readDatabase(settings, parts),
    bind: (read, columns) => bind(read, columns, settings),
    keep: (schema) => keepFields(parts.memory, placeOf(schema.dataSource), schema),
  });
}

/**
 * Insists on the columns without which reading would take a missing cell for a person's edit: the key, and
 * all that people edit. The others can be missing.
 *
 * @throws Problem `notion.columns-unfit`
 */
export function insistOnColumns({ misfits }: Schema): void {
  const wrong = misfits.filter(({ column }) => isNeeded(column));
  if (wrong.length > 0) throw columnsUnfit(wrong.map(describeMisfit));
}

export function describeMisfit({ column, field: property }: Misfit<Property>): string {
  if (property === null) return `the property "${column.title}" is missing`;
  const types = acceptedTypes(column).join(' or ');
  return `the property "${property.name}" is of the type ${property.type} and should be ${types}`;
}

async function readDatabase(settings: NotionSettings, { client, now, memory }: SchemaParts): Promise<Read> {
  const { value: dataSource, at } = await client.ask({
    method: 'get',
    path: `data_sources/${plainId(settings.dataSource)}`,
    shape: DataSource,
    isRepeatable: true,
  });
  const kept = await keptFields(memory, placeOf(dataSource));
  const clockAheadSeconds = at === null ? null : at.since(now()).total('seconds');
  return { dataSource, people: await readPeople(client), kept, at: now(), clockAheadSeconds };
}

/** The members of the workspace, guests left out; null when the connection may not know. */
export async function readPeople(client: Client): Promise<readonly BasePerson[] | null> {
  const people: BasePerson[] = [];
  let cursor: string | null = null;
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { value }: { value: Users } = await client.ask({
        method: 'get',
        path: 'users',
        query: { page_size: '100', ...(cursor !== null && { start_cursor: cursor }) },
        shape: Users,
        isRepeatable: true,
      });
      for (const { id, type, name = null, person } of value.results) {
        if (type === 'person') people.push({ id, name, email: person?.email ?? null });
      }
      cursor = value.next_cursor;
      if (!value.has_more) break;
    }
    return people;
  } catch (error) {
    if (isRestricted(error)) return null;
    throw error;
  }
}

function bind(read: Read, columns: readonly Column[], { columns: named }: NotionSettings): Schema {
  const { dataSource, people, clockAheadSeconds, kept } = read;
  const fields = dataSource.properties;
  const known = { columns, fields, named, kept, acceptedTypes, unreadable: UNREADABLE };
  return { dataSource, people, clockAheadSeconds, ...bindColumns(known) };
}

/** The name under which it is kept in which property of a data source each column is. */
export function placeOf({ id }: Pick<DataSource, 'id'>): string {
  return `notion.properties.${id}`;
}

/** The property of our keys. */
export function keyPropertyOf({ bound }: Schema): Property {
  const key = bound.get('key');
  if (key === undefined) throw new TypeError('the column of keys is insisted on before');
  return key.field;
}
