import { readCell, webhookCell, webhookPerson } from '../cells/read.ts';
import type { TableChange, Transaction } from '../change.ts';
import type { Cell, Field, Row } from '../world.ts';
import { isComputed, isoOf } from '../world.ts';
import type { Specification, Webhook } from './webhook.ts';

type Filters = Specification['options']['filters'];
type Includes = NonNullable<Specification['options']['includes']>;

/** What one table's change is told through. */
interface Telling {
  transaction: Transaction;
  change: TableChange;
  filters: Filters;
  includes: Includes;
}

/** What a webhook tells of a change, or null where nothing in it is its business (section 8). */
export function payloadFor(webhook: Webhook, transaction: Transaction): object | null {
  const { filters, includes = {} } = webhook.specification.options;
  const { source, at } = transaction;
  if (filters.fromSources !== undefined && !filters.fromSources.includes(source)) return null;
  const tables = [...transaction.tables.values()].flatMap((change) => {
    const told = tableChange({ transaction, change, filters, includes });
    return Object.keys(told).length === 0 ? [] : [[change.table.id, told] as const];
  });
  const created = createdTables(transaction, filters);
  if (tables.length === 0 && created === null) return null;
  return {
    timestamp: isoOf(at),
    baseTransactionNumber: transaction.base.transactions,
    payloadFormat: 'v0',
    actionMetadata: { source, sourceMetadata: sourceMetadata(transaction) },
    ...(tables.length > 0 && { changedTablesById: Object.fromEntries(tables) }),
    ...(created !== null && { createdTablesById: created }),
  };
}

function sourceMetadata({ world, base, userId, source }: Transaction): object {
  return source === 'client' || source === 'publicApi' ? { user: webhookPerson(world, base, userId) } : {};
}

function createdTables({ createdTables: created }: Transaction, filters: Filters): object | null {
  if (created.length === 0 || !filters.dataTypes.includes('tableMetadata')) return null;
  if (filters.recordChangeScope !== undefined) return null;
  return Object.fromEntries(
    created.map(({ id, name, description, fields }) => [
      id,
      { metadata: { name, description }, fieldsById: fieldsById(fields), recordsById: {} },
    ]),
  );
}

function tableChange(telling: Telling): object {
  const { change, filters } = telling;
  const { recordChangeScope: scope, dataTypes } = filters;
  const isInScope = scope === undefined || scope === change.table.id;
  if (!isInScope && !change.table.views.some(({ id }) => id === scope)) return {};
  return {
    ...(dataTypes.includes('tableData') && recordChanges(telling)),
    ...(dataTypes.includes('tableFields') && fieldChanges(telling)),
    ...(dataTypes.includes('tableMetadata') &&
      change.previousName !== null && {
        changedMetadata: { current: { name: change.table.name }, previous: { name: change.previousName } },
      }),
  };
}

function recordChanges(telling: Telling): object {
  const { change, filters } = telling;
  const wanted = new Set(filters.changeTypes ?? ['add', 'update', 'remove']);
  const changed = [...change.changed].flatMap(([row, before]) => {
    const told = changedRecord(telling, row, before);
    return told === null ? [] : [[row.id, told] as const];
  });
  return {
    ...(wanted.has('add') &&
      change.created.length > 0 && {
        createdRecordsById: Object.fromEntries(change.created.map((row) => [row.id, createdRecord(telling, row)])),
      }),
    ...(wanted.has('update') && changed.length > 0 && { changedRecordsById: Object.fromEntries(changed) }),
    ...(wanted.has('remove') && change.destroyed.length > 0 && { destroyedRecordIds: change.destroyed }),
  };
}

function createdRecord(telling: Telling, row: Row): object {
  const filled = telling.change.table.fields.filter(({ id }) => row.cells.has(id));
  return {
    createdTime: isoOf(row.createdAt),
    cellValuesByFieldId: cellValues(telling, { row, cells: row.cells }, filled),
  };
}

/** Only changes of watched fields count; the others stay what they were asked for, `unchanged`. */
function changedRecord(telling: Telling, row: Row, before: ReadonlyMap<string, Cell | undefined>): object | null {
  const { change, filters, includes } = telling;
  const watched = change.table.fields.filter(
    ({ id }) => before.has(id) && (filters.watchDataInFieldIds?.includes(id) ?? true),
  );
  if (watched.length === 0) return null;
  const also = includes.includeCellValuesInFieldIds;
  const unchanged = change.table.fields.filter(
    (field) => !before.has(field.id) && !isComputed(field.type) && (also === 'all' || also?.includes(field.id)),
  );
  return {
    current: { cellValuesByFieldId: cellValues(telling, { row, cells: row.cells }, watched) },
    ...(includes.includePreviousCellValues === true && {
      previous: { cellValuesByFieldId: cellValues(telling, { row, cells: before }, watched) },
    }),
    ...(unchanged.length > 0 && {
      unchanged: { cellValuesByFieldId: cellValues(telling, { row, cells: row.cells }, unchanged) },
    }),
  };
}

/** Cells of a row as they are, or as they were in `as.cells`. */
function cellValues(
  { transaction, change }: Telling,
  as: { row: Row; cells: ReadonlyMap<string, Cell | undefined> },
  fields: readonly Field[],
): object {
  const { world, base } = transaction;
  const { row, cells } = as;
  const place = { world, base, table: change.table, row };
  return Object.fromEntries(
    fields.map((field) => [
      field.id,
      isComputed(field.type) ? readCell(place, field) : webhookCell(place, field, cells.get(field.id)),
    ]),
  );
}

function fieldChanges({ change, filters, includes }: Telling): object {
  const watched = filters.watchSchemasOfFieldIds;
  const changed = [...change.changedFields].filter(([{ id }]) => watched?.includes(id) ?? true);
  return {
    ...(change.createdFields.length > 0 && { createdFieldsById: fieldsById(change.createdFields) }),
    ...(changed.length > 0 && {
      changedFieldsById: Object.fromEntries(
        changed.map(([{ id, name, type }, previous]) => [
          id,
          { current: { name, type }, ...(includes.includePreviousFieldDefinitions === true && { previous }) },
        ]),
      ),
    }),
    ...(change.destroyedFieldIds.length > 0 && { destroyedFieldIds: change.destroyedFieldIds }),
  };
}

function fieldsById(fields: readonly Field[]): object {
  return Object.fromEntries(fields.map(({ id, name, type }) => [id, { name, type }]));
}
