import type { Now } from '../../src/ports/now.ts';
import type { Column } from '../../src/ports/ticket-store.ts';
import type { StoreMemory } from '../../src/kit/connector.ts';
import { isNeeded } from '../../src/kit/propose-fields.ts';
import { type Bound, isAgent, type Person } from './cells.ts';
import type { Client } from './client.ts';
import { acceptedTypes } from './fields.ts';
import { columnsUnfit, isType, tableMissing } from './problems.ts';
import type { AirtableSettings } from './settings.ts';
import { bindTeamColumns, type Unread } from './team-columns.ts';
import { Collaborators, type Field, KeptFields, type Table, Tables } from './wire.ts';

/** A column of ours that is not in the table, or in a field of another type. */
export interface Misfit {
  column: Column;
  /** The field of the wrong type; null when there is none. */
  field: Field | null;
}

/** The table as it is, seen from our columns. */
export interface Schema {
  table: Table;
  /** By our names for the columns. */
  bound: ReadonlyMap<string, Bound>;
  misfits: readonly Misfit[];
  /** Columns of the team's own that cannot be read. */
  unread: readonly Unread[];
  /** Who has access to the base. Null when the assignee is no person of Airtable's, or it does not tell. */
  people: readonly Person[] | null;
  /** How far Airtable's clock is ahead of ours, in seconds; null where its answer did not say. */
  clockAheadSeconds: number | null;
}

export interface SchemaReader {
  /**
   * The table, as it was when we last looked.
   *
   * @throws Problem `airtable.table-missing`, or of the request
   */
  current(): Promise<Schema>;
  /** The table as it is now, unless somebody has looked again since `stale` was read. */
  refresh(stale: Schema | null): Promise<Schema>;
  /** What we know without asking. */
  known(): Schema | null;
}

interface Read {
  table: Table;
  people: readonly Person[] | null;
  kept: Readonly<Record<string, string>>;
  at: Temporal.Instant;
  /** How far Airtable's clock is ahead of ours, in seconds; null where its answer did not say. */
  clockAheadSeconds: number | null;
}

interface SchemaParts {
  client: Client;
  columns: () => readonly Column[];
  now: Now;
  memory: StoreMemory;
  schemaSeconds: number;
}

/** Reads which field each column is kept in, and keeps it in mind: each look costs two requests. */
export function createSchemaReader(settings: AirtableSettings, parts: SchemaParts): SchemaReader {
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
    const schema = bind(await readTable(settings, parts));
    await keepFields(settings, parts.memory, schema);
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
      const isStale = stale === null || state.read === null || state.read.table === stale.table;
      return isStale || state.read === null ? lookOnce() : bind(state.read);
    },
    known: () => (state.read === null ? null : bind(state.read)),
  };
}

/**
 * Insists on the columns without which reading would take a missing cell for a person's edit: the key, and
 * all that people edit, save where they ask for something. The others can be missing.
 *
 * @throws Problem `airtable.columns-unfit`
 */
export function insistOnColumns({ misfits }: Schema): void {
  const wrong = misfits.filter(({ column }) => isNeeded(column));
  if (wrong.length > 0) throw columnsUnfit(wrong.map(describeMisfit));
}

export function describeMisfit({ column, field }: Misfit): string {
  if (field === null) return `the column "${column.title}" is missing`;
  return `the column "${field.name}" is of the type ${field.type} and should be ${acceptedTypes(column).join(' or ')}`;
}

async function readTable(settings: AirtableSettings, { client, now, memory, columns }: SchemaParts): Promise<Read> {
  const { value, at } = await client.ask({
    kind: 'schema',
    method: 'GET',
    path: `/bases/${settings.base}/tables`,
    shape: Tables,
    isRepeatable: true,
  });
  const table = value.tables.find(({ id, name }) => id === settings.table || name === settings.table);
  if (table === undefined) throw tableMissing(settings.table, settings.base);
  const kept = KeptFields.parse(await memory.get(placeOf(settings, table)));
  const clockAheadSeconds = at === null ? null : at.since(now()).total('seconds');
  const read = { table, people: null, kept, at: now(), clockAheadSeconds };
  const { bound } = bindColumns(read, columns(), settings);
  const isOfPeople = [...bound.values()].some(
    ({ column, field }) => column.type.kind === 'person' && field.type === 'singleCollaborator',
  );
  return isOfPeople ? { ...read, people: await readPeople(settings, client) } : read;
}

/** Who has access to the base; null when the token may not know. */
async function readPeople({ base }: { base: string }, client: Client): Promise<readonly Person[] | null> {
  try {
    const { value } = await client.ask({
      kind: 'schema',
      method: 'GET',
      path: `/bases/${base}`,
      query: { include: ['collaborators'] },
      shape: Collaborators,
      isRepeatable: true,
    });
    const of = value.individualCollaborators;
    const members = [...of.baseCollaborators, ...of.workspaceCollaborators];
    const people = members.map(({ userId, name, email }) => ({ id: userId, name: name ?? null, email: email ?? null }));
    return [...new Map(people.map((person) => [person.id, person])).values()];
  } catch (error) {
    if (isType(error, 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND', 'INVALID_PERMISSIONS', 'NOT_FOUND')) return null;
    throw error;
  }
}

/** Whether everybody whom these columns can name has access to the base. Who has not would be assigned in vain. */
export async function knowsAgents(
  settings: { base: string },
  client: Client,
  columns: readonly Column[],
): Promise<boolean> {
  const agents = columns.flatMap(({ type }) => (type.kind === 'person' ? type.agents : []));
  const people = agents.length === 0 ? [] : ((await readPeople(settings, client)) ?? []);
  return agents.length > 0 && agents.every((agent) => people.some((person) => isAgent(person, agent)));
}

/**
 * By the settings, else by what was found before, so that a renamed column stays the same, else by title: so one that
 * was deleted is found again once it was made anew.
 */
function bindColumns(read: Read, columns: readonly Column[], settings: AirtableSettings): Schema {
  const bound = new Map<string, Bound>();
  const misfits: Misfit[] = [];
  const found = columns.map((column) => ({ column, field: findField(read, column, settings) }));
  for (const { column, field } of found) {
    if (column.edits === 'read') continue;
    if (field === undefined) misfits.push({ column, field: null });
    else if (acceptedTypes(column).includes(field.type)) bound.set(column.name, { column, field });
    else misfits.push({ column, field });
  }
  const ours = new Set([...bound.values()].map(({ field }) => field.id));
  const team = bindTeamColumns(
    found.filter(({ column }) => column.edits === 'read'),
    ours,
  );
  for (const each of team.bound) bound.set(each.column.name, each);
  const { table, people, clockAheadSeconds } = read;
  return { table, bound, misfits, unread: team.unread, people, clockAheadSeconds };
}

/** Capitals count in our own names and titles alone: what rules ask for, people write. */
function findField({ table: { fields }, kept }: Read, column: Column, { columns: named }: AirtableSettings) {
  const isTeams = column.edits === 'read';
  const same = (one: string, other: string) => one === other || (isTeams && one.toLowerCase() === other.toLowerCase());
  const setting = Object.entries(named).find(([name]) => same(name, column.name));
  return (
    fields.find(({ id }) => id === setting?.[1]) ??
    fields.find(({ id }) => id === kept[column.name]) ??
    fields.find(({ name }) => name === column.title) ??
    fields.find(({ name }) => same(name, column.title))
  );
}

async function keepFields(settings: AirtableSettings, memory: StoreMemory, { table, bound }: Schema): Promise<void> {
  const place = placeOf(settings, table);
  const before = KeptFields.parse(await memory.get(place));
  const now = { ...before, ...Object.fromEntries([...bound].map(([name, { field }]) => [name, field.id])) };
  if (JSON.stringify(now) !== JSON.stringify(before)) await memory.set(place, now);
}

function placeOf({ base }: AirtableSettings, { id }: Table): string {
  return `airtable.fields.${base}.${id}`;
}

/** The field of our keys. */
export function keyFieldOf({ bound }: Schema): string {
  const key = bound.get('key');
  if (key === undefined) throw new TypeError('the column of keys is insisted on before');
  return key.field.id;
}
