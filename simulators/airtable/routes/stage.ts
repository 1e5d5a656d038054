import { writeCell, type Writing } from '../cells/write.ts';
import { refused } from '../refusal.ts';
import type { Cell, FieldOptions, Row, Table } from '../world.ts';
import { isComputed, mayAtLeast, roleOf } from '../world.ts';
import { knownField } from './record-body.ts';
import type { BaseVisit } from './route.ts';

/** What one record is to become. */
export interface Staged {
  row: Row | null;
  cells: Map<string, Cell | null>;
}

/** How a request writes. */
export interface Writes {
  table: Table;
  typecast: boolean;
  /** PUT empties every field that is not named. */
  clearsOthers?: boolean;
}

/** One record of the request. */
export interface Wish {
  row: Row | null;
  fields: Readonly<Record<string, unknown>>;
}

/**
 * Checks everything before anything is written.
 *
 * @returns what to write, and `details` where attachments could not be had
 * @throws Refusal for the first value that is refused; nothing has changed then, no choice of a select either
 */
export function stage(visit: BaseVisit, how: Writes, wishes: readonly Wish[]): { writes: Staged[]; details: object } {
  const { table } = how;
  const writing = writingOf(visit, how.typecast);
  const before = new Map(table.fields.map((field) => [field, field.options]));
  try {
    expectRoom(visit, wishes);
    const writes = wishes.map(({ row, fields }) => ({ row, cells: cellsOf({ row, fields }, writing, how) }));
    return { writes, details: detailsOf(writing) };
  } catch (error) {
    restoreOptions(table, before);
    throw error;
  }
}

export function writingOf({ world, base, user }: BaseVisit, typecast: boolean): Writing {
  const mayAddChoices = mayAtLeast(roleOf(base, user.id), 'create');
  return { world, base, userId: user.id, typecast, mayAddChoices, attachmentsFailed: false };
}

function cellsOf({ row, fields }: Wish, writing: Writing, { table, clearsOthers }: Writes): Map<string, Cell | null> {
  const cells = new Map<string, Cell | null>();
  if (clearsOthers === true) {
    for (const field of table.fields) if (!isComputed(field.type)) cells.set(field.id, null);
  }
  for (const [name, value] of Object.entries(fields)) {
    const field = knownField(table, name);
    cells.set(field.id, writeCell({ writing, field, row, value }));
  }
  return cells;
}

function expectRoom({ world, base }: BaseVisit, wishes: readonly Wish[]): void {
  const rows = base.tables.reduce((sum, table) => sum + table.rows.size, 0);
  const more = wishes.filter(({ row }) => row === null).length;
  const most = world.settings.recordsPerBase;
  // The type is not published [U, section 2].
  if (more > 0 && rows + more > most) {
    throw refused(422, 'LIMIT_CHECK_FAILED', `The base may not have more than ${most} records`);
  }
}

function restoreOptions(table: Table, before: ReadonlyMap<Table['fields'][number], FieldOptions | null>): void {
  for (const field of table.fields) field.options = before.get(field) ?? null;
}

function detailsOf({ attachmentsFailed }: Writing): object {
  if (!attachmentsFailed) return {};
  return { details: { message: 'partialSuccess', reasons: ['attachmentsFailedUploading'] } };
}
