import { z } from 'zod';
import { changedOptions, isWritable, newOptions } from '../field-options.ts';
import { idsIn } from '../cells/parts.ts';
import { referencedIn } from '../formula/references.ts';
import { badRequest, noAccess, refused } from '../refusal.ts';
import { begin, changeOf, commit } from '../transaction.ts';
import type { Transaction } from '../change.ts';
import type { Cell, Field, FieldType, Table } from '../world.ts';
import { COMPUTED_TYPES, fieldOf } from '../world.ts';
import { expectNoQuery, parsed } from './parsed.ts';
import { tableAt, type Answer, type BaseRoute, type BaseVisit } from './route.ts';

/** Section 2. */
const DESCRIPTION_CHARACTERS = 20_000;

const Description = z.string().max(DESCRIPTION_CHARACTERS).optional();
const FieldBody = z.strictObject({
  name: z.string(),
  type: z.string(),
  description: Description,
  options: z.unknown().optional(),
});
type FieldBody = z.output<typeof FieldBody>;
const TableBody = z.strictObject({ name: z.string(), description: Description, fields: z.array(FieldBody).min(1) });
const FieldChange = z.strictObject({
  name: z.string().optional(),
  description: Description,
  options: z.unknown().optional(),
});
const TablesQuery = z.strictObject({ include: z.array(z.literal('visibleFieldIds')).optional() });

/** What the first column may be: text, a number or a day, for it names the record (section 7). */
const PRIMARY_TYPES: readonly string[] = [
  'singleLineText',
  'multilineText',
  'email',
  'phoneNumber',
  'url',
  'number',
  'date',
  'dateTime',
];

/** The metadata API (section 7). Nothing is ever deleted over it, and no view is made. */
export const SCHEMA: readonly BaseRoute[] = [
  { ...schema('read'), method: 'GET', path: '/meta/bases/:base/tables', answer: listTables },
  { ...schema('create'), method: 'POST', path: '/meta/bases/:base/tables', answer: createTable },
  { ...schema('create'), method: 'POST', path: '/meta/bases/:base/tables/:table/fields', answer: createField },
  { ...schema('create'), method: 'PATCH', path: '/meta/bases/:base/tables/:table/fields/:field', answer: updateField },
];

function schema(role: 'read' | 'create'): Pick<BaseRoute, 'about' | 'kind' | 'scopes' | 'role' | 'isData'> {
  const scope = role === 'read' ? 'schema.bases:read' : 'schema.bases:write';
  return { about: 'base', kind: 'schema', scopes: [scope], role, isData: false };
}

function listTables({ base, call }: BaseVisit): Answer {
  const isWide = parsed(TablesQuery, call.query).include !== undefined;
  return { body: { tables: base.tables.map((table) => tableBody(table, isWide)) } };
}

function createTable(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const { name, description, fields } = parsed(TableBody, visit.body);
  const { world, base } = visit;
  if (name.trim() === '' || base.tables.some((table) => table.name === name)) {
    // The type is not published [U].
    throw refused(422, 'DUPLICATE_TABLE_NAME', `Table name "${name}" is empty or already taken`);
  }
  const table = emptyTable(visit, { name, description: description ?? null });
  for (const field of fields) table.fields.push(newField(visit, table, field));
  const [primary] = table.fields;
  if (primary === undefined || !PRIMARY_TYPES.includes(primary.type)) {
    throw badRequest('The first field must be of a type that can be a primary field.');
  }
  table.primaryFieldId = primary.id;
  base.tables.push(table);
  const transaction = begin(world, base, { source: 'publicApi', userId: visit.user.id });
  transaction.createdTables.push(table);
  commit(transaction);
  return { body: tableBody(table, false) };
}

export function emptyTable(
  { world }: Pick<BaseVisit, 'world'>,
  { name, description }: Pick<Table, 'name' | 'description'>,
): Table {
  return {
    id: world.ids.next('tbl'),
    name,
    description,
    primaryFieldId: '',
    fields: [],
    views: [{ id: world.ids.next('viw'), name: 'Grid view', type: 'grid' }],
    rows: new Map(),
    deleted: new Set(),
    version: 0,
    nextAutoNumber: 1,
    order: null,
  };
}

function createField(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const field = newField(visit, table, parsed(FieldBody, visit.body));
  table.fields.push(field);
  changing(visit, (transaction) => changeOf(transaction, table).createdFields.push(field));
  return { body: fieldBody(field) };
}

/** @throws Refusal 422 for a computed type, an unknown one, a taken name or options that the type does not take */
function newField({ world, base }: BaseVisit, table: Table, { name, type, description, options }: FieldBody): Field {
  if (COMPUTED_TYPES.some((computed) => computed === type)) {
    throw refused(422, 'UNSUPPORTED_FIELD_TYPE_FOR_CREATE', `Creating ${type} fields is not supported at this time`);
  }
  if (!isWritable(type)) throw badRequest();
  expectFreeName(table, name);
  return {
    id: world.ids.next('fld'),
    name,
    type,
    description: description ?? null,
    options: newOptions({ ids: world.ids, base }, type, options),
    lockedFor: new Set(),
  };
}

function updateField(visit: BaseVisit): Answer {
  expectNoQuery(visit.call.query);
  const table = tableAt(visit);
  const field = table.fields.find(({ id }) => id === visit.params['field']);
  if (field === undefined) throw noAccess();
  const { name, description, options } = parsed(FieldChange, visit.body);
  if (name === undefined && description === undefined && options === undefined) throw badRequest();
  if (name !== undefined && name !== field.name) expectFreeName(table, name);
  const newest = options === undefined ? field.options : changedOptions(visit.world.ids, field, options);
  changing(visit, (transaction) => {
    noteField(transaction, table, field);
    if (name !== undefined) field.name = name;
    if (description !== undefined) field.description = description;
    setOptions(transaction, { table, field }, newest);
  });
  return { body: fieldBody(field) };
}

/** What a field was before it is changed. */
export function noteField(transaction: Transaction, table: Table, field: Field): void {
  const { changedFields } = changeOf(transaction, table);
  if (!changedFields.has(field)) changedFields.set(field, { name: field.name, type: field.type });
}

/** Takes choices that are gone out of the cells that held them. */
export function setOptions(
  transaction: Transaction,
  { table, field }: { table: Table; field: Field },
  options: Field['options'],
): void {
  field.options = options;
  if (field.type !== 'singleSelect' && field.type !== 'multipleSelects') return;
  const left = new Set(options?.choices?.map(({ id }) => id));
  for (const row of table.rows.values()) {
    const cell = row.cells.get(field.id);
    const kept = withoutGone(cell, left);
    if (kept === cell) continue;
    if (kept === undefined) row.cells.delete(field.id);
    else row.cells.set(field.id, kept);
    row.modifiedAt.set(field.id, transaction.at);
  }
}

function withoutGone(cell: Cell | undefined, left: ReadonlySet<string>): Cell | undefined {
  if (typeof cell === 'string') return left.has(cell) ? cell : undefined;
  const ids = idsIn(cell);
  const kept = ids.filter((id) => left.has(id));
  if (kept.length === ids.length) return cell;
  return kept.length === 0 ? undefined : kept;
}

function changing({ world, base, user }: BaseVisit, change: (transaction: Transaction) => void): void {
  const transaction = begin(world, base, { source: 'publicApi', userId: user.id });
  change(transaction);
  commit(transaction);
}

export function expectFreeName(table: Table, name: string): void {
  if (name.trim() !== '' && fieldOf(table, name) === undefined) return;
  throw refused(422, 'DUPLICATE_OR_EMPTY_FIELD_NAME', `Field name "${name}" is empty or already taken`);
}

function tableBody(table: Table, isWide: boolean): object {
  const { id, name, description, primaryFieldId, fields, views } = table;
  return {
    id,
    name,
    ...(description !== null && { description }),
    primaryFieldId,
    fields: fields.map((field) => fieldBody(withReferences(field, table))),
    views: views.map((view) => (isWide ? { ...view, visibleFieldIds: fields.map((field) => field.id) } : view)),
  };
}

/** A formula tells what it is computed from. */
function withReferences(field: Field, table: Table): Field {
  if (field.type !== 'formula') return field;
  const referencedFieldIds = referencedIn(field.options?.formula ?? '', table);
  return { ...field, options: { isValid: true, ...field.options, referencedFieldIds } };
}

/** Computed fields have options that are not told in full here. */
function fieldBody({ id, name, type, description, options }: Field): {
  id: string;
  name: string;
  type: FieldType;
  description?: string;
  options?: object;
} {
  return { id, name, type, ...(description !== null && { description }), ...(options !== null && { options }) };
}
