import type { StoreMemory } from '../../src/kit/connector.ts';
import { isNeeded } from '../../src/kit/propose-fields.ts';
import type { Now } from '../../src/ports/now.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import { agentsOf, type Bound, isAgent, type Person } from './cells.ts';
import type { Client } from './client.ts';
import { plainId } from './filters.ts';
import { columnsUnfit, isRestricted } from './problems.ts';
import { acceptedTypes } from './properties.ts';
import type { NotionSettings } from './settings.ts';
import { bindTeamColumns, type Unread } from './team-columns.ts';
import { DataSource, KeptProperties, type Property, Users } from './wire.ts';

/** Pages of people that are read; each has a hundred. */
const MOST_PAGES = 10;

/** A column of ours that is not in the database, or in a property of another type. */
export interface Misfit {
  column: Column;
  /** The property of the wrong type; null when there is none. */
  property: Property | null;
}

/** The database as it is, seen from our columns. */
export interface Schema {
  dataSource: DataSource;
  /** By our names for the columns. */
  bound: ReadonlyMap<string, Bound>;
  misfits: readonly Misfit[];
  /** Columns of the team's own that cannot be read. */
  unread: readonly Unread[];
  /** Members of the workspace. Null where the connection may not know them. */
  people: readonly Person[] | null;
  /** How far Notion's clock is ahead of ours, in seconds; null where its answer did not say. */
  clockAheadSeconds: number | null;
}

export interface SchemaReader {
  /**
   * The database, as it was when we last looked.
   *
   * @throws Problem of the request
   */
  current(): Promise<Schema>;
  /** The database as it is now, unless somebody has looked again since `stale` was read. */
  refresh(stale: Schema | null): Promise<Schema>;
  /** What we know without asking. */
  known(): Schema | null;
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

/** Reads which property each column is kept in, and keeps it in mind: each look costs two requests. */
export function createSchemaReader(settings: NotionSettings, parts: SchemaParts): SchemaReader {
  const state: { read: Read | null; schema: Schema | null; columns: readonly Column[]; sought: readonly Column[] } = {
    read: null,
    schema: null,
    columns: [],
    sought: [],
  };
  let looking: Promise<Schema> | null = null;

  function bind(read: Read): Schema {
    const columns = parts.columns();
    if (state.schema === null || state.read !== read || state.columns !== columns) {
      state.schema = bindColumns(read, columns, settings);
    }
    Object.assign(state, { read, columns });
    return state.schema;
  }

  async function look(): Promise<Schema> {
    state.sought = parts.columns();
    const schema = bind(await readDatabase(settings, parts));
    await keepProperties(parts.memory, schema);
    return schema;
  }

  function lookOnce(): Promise<Schema> {
    looking ??= look().finally(() => (looking = null));
    return looking;
  }

  return {
    async current() {
      const { read } = state;
      const isFresh = read !== null && parts.now().since(read.at).total('seconds') < parts.schemaSeconds;
      if (!isFresh) return lookOnce();
      const schema = bind(read);
      // A column that a rule names since then may be one that somebody just added.
      const isUnsought = state.sought !== parts.columns() && schema.unread.some(({ why }) => why === 'missing');
      return isUnsought ? lookOnce() : schema;
    },
    async refresh(stale) {
      const isStale = stale === null || state.read === null || state.read.dataSource === stale.dataSource;
      return isStale || state.read === null ? lookOnce() : bind(state.read);
    },
    known: () => (state.read === null ? null : bind(state.read)),
  };
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

export function describeMisfit({ column, property }: Misfit): string {
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
  const kept = KeptProperties.parse(await memory.get(placeOf(dataSource)));
  const clockAheadSeconds = at === null ? null : at.since(now()).total('seconds');
  return { dataSource, people: await readPeople(client), kept, at: now(), clockAheadSeconds };
}

/** The members of the workspace, guests left out; null when the connection may not know. */
export async function readPeople(client: Client): Promise<readonly Person[] | null> {
  const people: Person[] = [];
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

/** Whether everybody whom these columns can name is a member of the workspace. Who is not would be assigned in vain. */
export function knowsAgents(people: Schema['people'], columns: readonly Column[]): boolean {
  const agents = columns.flatMap(agentsOf);
  return agents.length > 0 && agents.every((agent) => people?.some((person) => isAgent(person, agent)) === true);
}

/**
 * By the settings, else by what was found before, so that a renamed column stays the same, else by title: so one that
 * was deleted is found again once it was made anew.
 */
function bindColumns(read: Read, columns: readonly Column[], settings: NotionSettings): Schema {
  const bound = new Map<string, Bound>();
  const misfits: Misfit[] = [];
  const found = columns.map((column) => ({ column, property: findProperty(read, column, settings) }));
  for (const { column, property } of found) {
    if (column.edits === 'read') continue;
    if (property === undefined) misfits.push({ column, property: null });
    else if (acceptedTypes(column).includes(property.type)) bound.set(column.name, { column, property });
    else misfits.push({ column, property });
  }
  const ours = new Set([...bound.values()].map(({ property }) => property.id));
  const team = bindTeamColumns(
    found.filter(({ column }) => column.edits === 'read'),
    ours,
  );
  for (const each of team.bound) bound.set(each.column.name, each);
  const { dataSource, people, clockAheadSeconds } = read;
  return { dataSource, bound, misfits, unread: team.unread, people, clockAheadSeconds };
}

/** Capitals count in our own names and titles alone: what rules ask for, people write. */
function findProperty(
  { dataSource: { properties }, kept }: Read,
  column: Column,
  { columns: named }: NotionSettings,
): Property | undefined {
  const isTeams = column.edits === 'read';
  const same = (one: string, other: string) => one === other || (isTeams && one.toLowerCase() === other.toLowerCase());
  const setting = Object.entries(named).find(([name]) => same(name, column.name));
  return (
    properties.find(({ id }) => id === setting?.[1]) ??
    properties.find(({ id }) => id === kept[column.name]) ??
    properties.find(({ name }) => name === column.title) ??
    properties.find(({ name }) => same(name, column.title))
  );
}

async function keepProperties(memory: StoreMemory, { dataSource, bound }: Schema): Promise<void> {
  const place = placeOf(dataSource);
  const before = KeptProperties.parse(await memory.get(place));
  const now = { ...before, ...Object.fromEntries([...bound].map(([name, { property }]) => [name, property.id])) };
  if (JSON.stringify(now) !== JSON.stringify(before)) await memory.set(place, now);
}

function placeOf({ id }: Pick<DataSource, 'id'>): string {
  return `notion.properties.${id}`;
}

/** The property of our keys. */
export function keyPropertyOf({ bound }: Schema): Property {
  const key = bound.get('key');
  if (key === undefined) throw new TypeError('the column of keys is insisted on before');
  return key.property;
}
