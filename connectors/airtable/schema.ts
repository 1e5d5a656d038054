import { type BasePerson, knowsAgents } from '../../src/kit/store/base-people.ts';
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
import { acceptedTypes } from './fields.ts';
import { columnsUnfit, isType, tableMissing } from './problems.ts';
import type { AirtableSettings } from './settings.ts';
import { UNREADABLE } from './team-columns.ts';
import { Collaborators, type Field, type Table, Tables } from './wire.ts';

/** The table as it is, seen from our columns. */
export interface Schema extends BoundColumns<Field> {
  table: Table;
  /** All tables of the base, this one among them. */
  tables: readonly Table[];
  /** Who has access to the base. Null when the assignee is no person of Airtable's, or it does not tell. */
  people: readonly BasePerson[] | null;
  /** How far Airtable's clock is ahead of ours, in seconds; null where its answer did not say. */
  clockAheadSeconds: number | null;
}

interface Read extends Pick<Schema, 'table' | 'tables' | 'people' | 'clockAheadSeconds'> {
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

/** Reads which field each column is kept in; each look costs two requests at most. */
export function openSchema(settings: AirtableSettings, parts: SchemaParts): SchemaReader<Schema> {
  return createSchemaReader({
    ...parts,
    look: () => readTable(settings, parts),
    bind: (read, columns) => bind(read, columns, settings),
    keep: (schema) => keepFields(parts.memory, placeOf(settings, schema.table), schema),
  });
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

export function describeMisfit({ column, field }: Misfit<Field>): string {
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
  const kept = await keptFields(memory, placeOf(settings, table));
  const clockAheadSeconds = at === null ? null : at.since(now()).total('seconds');
  const read = { table, tables: value.tables, people: null, kept, at: now(), clockAheadSeconds };
  const { bound } = bind(read, columns(), settings);
  const isOfPeople = [...bound.values()].some(
    ({ column, field }) => column.type.kind === 'person' && field.type === 'singleCollaborator',
  );
  return isOfPeople ? { ...read, people: await readPeople(settings, client) } : read;
}

/** Who has access to the base; null when the token may not know. */
async function readPeople({ base }: { base: string }, client: Client): Promise<readonly BasePerson[] | null> {
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
export async function agentsHaveAccess(
  settings: { base: string },
  client: Client,
  columns: readonly Column[],
): Promise<boolean> {
  const isAsked = columns.some(({ type }) => type.kind === 'person' && type.agents.length > 0);
  return isAsked && knowsAgents(await readPeople(settings, client), columns);
}

function bind(read: Read, columns: readonly Column[], { columns: named }: AirtableSettings): Schema {
  const { table, tables, people, clockAheadSeconds, kept } = read;
  const fields = table.fields;
  const known = { columns, fields, named, kept, acceptedTypes, unreadable: UNREADABLE };
  return { table, tables, people, clockAheadSeconds, ...bindColumns(known) };
}

/** The name under which it is kept which field each column of a table is in. */
export function placeOf({ base }: Pick<AirtableSettings, 'base'>, { id }: Pick<Table, 'id'>): string {
  return `airtable.fields.${base}.${id}`;
}

/** The field of our keys. */
export function keyFieldOf({ bound }: Schema): string {
  const key = bound.get('key');
  if (key === undefined) throw new TypeError('the column of keys is insisted on before');
  return key.field.id;
}
