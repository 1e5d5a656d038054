import { isSameCell } from './cells/parts.ts';
import type { TableChange, Transaction } from './change.ts';
import { recordPayloads } from './webhooks/record.ts';
import type { Source } from './webhooks/webhook.ts';
import type { Base, Cell, Field, Row, Table, World } from './world.ts';
import { wholeSecond } from './world.ts';

export type Cells = ReadonlyMap<string, Cell | null>;

export function begin(world: World, base: Base, { source, userId }: { source: Source; userId: string }): Transaction {
  const at = world.settings.now();
  return { world, base, source, userId, at, tables: new Map(), createdTables: [] };
}

/** Closes a transaction: numbered, and told to the webhooks. One that changed nothing leaves no trace. */
export function commit(transaction: Transaction): void {
  if (transaction.tables.size === 0 && transaction.createdTables.length === 0) return;
  transaction.base.transactions += 1;
  for (const table of transaction.tables.keys()) table.version += 1;
  recordPayloads(transaction);
}

export function changeOf({ tables }: Transaction, table: Table): TableChange {
  const known = tables.get(table);
  if (known !== undefined) return known;
  const change: TableChange = {
    table,
    created: [],
    changed: new Map(),
    destroyed: [],
    createdFields: [],
    changedFields: new Map(),
    destroyedFieldIds: [],
    previousName: null,
  };
  tables.set(table, change);
  return change;
}

export function insertRow(transaction: Transaction, table: Table, cells: Cells): Row {
  const { world, at, userId } = transaction;
  const { settings, ids } = world;
  const filled = [...cells].flatMap(([id, cell]) => (cell === null ? [] : [[id, cell] as const]));
  const row: Row = {
    id: ids.next('rec'),
    createdAt: wholeSecond(at),
    createdBy: userId,
    cells: new Map(filled),
    modifiedAt: new Map(settings.creationModifies ? filled.map(([id]) => [id, at]) : []),
    modifiedBy: settings.creationModifies ? userId : null,
    autoNumber: table.nextAutoNumber,
    comments: [],
  };
  table.nextAutoNumber += 1;
  table.rows.set(row.id, row);
  table.order = null;
  changeOf(transaction, table).created.push(row);
  return row;
}

/** Writing what is there already is no change [U]. */
export function changeRow(transaction: Transaction, { table, row }: { table: Table; row: Row }, cells: Cells): void {
  for (const [fieldId, cell] of cells) {
    const before = row.cells.get(fieldId);
    if (isSameCell(before, cell ?? undefined)) continue;
    if (cell === null) row.cells.delete(fieldId);
    else row.cells.set(fieldId, cell);
    row.modifiedAt.set(fieldId, transaction.at);
    row.modifiedBy = transaction.userId;
    noteBefore(changeOf(transaction, table), row, { fieldId, before });
  }
}

function noteBefore(
  change: TableChange,
  row: Row,
  { fieldId, before }: { fieldId: string; before: Cell | undefined },
): void {
  if (change.created.includes(row)) return;
  const seen = change.changed.get(row) ?? new Map<string, Cell | undefined>();
  if (!seen.has(fieldId)) seen.set(fieldId, before);
  change.changed.set(row, seen);
}

/** Takes a record away, and out of every record that links to it. */
export function destroyRow(transaction: Transaction, table: Table, row: Row): void {
  table.rows.delete(row.id);
  table.order = null;
  table.deleted.add(row.id);
  changeOf(transaction, table).destroyed.push(row.id);
  for (const other of transaction.base.tables) {
    for (const field of other.fields.filter(({ options }) => options?.linkedTableId === table.id)) {
      unlink(transaction, { table: other, field }, row.id);
    }
  }
}

function unlink(transaction: Transaction, { table, field }: { table: Table; field: Field }, goneId: string): void {
  for (const row of table.rows.values()) {
    const links = row.cells.get(field.id);
    if (!Array.isArray(links) || !links.includes(goneId)) continue;
    const left = links.filter((id): id is string => typeof id === 'string' && id !== goneId);
    changeRow(transaction, { table, row }, new Map([[field.id, left.length === 0 ? null : left]]));
  }
}
