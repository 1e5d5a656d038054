import { attachmentsIn, readCell } from './cells/read.ts';
import { writeCell, type Writing } from './cells/write.ts';
import { keepFile } from './routes/files.ts';
import { addComment } from './routes/comments.ts';
import { knownField } from './routes/record-body.ts';
import { begin, changeRow, commit, destroyRow, insertRow } from './transaction.ts';
import type { Transaction } from './change.ts';
import type { Source } from './webhooks/webhook.ts';
import type { Base, Cell, Row, Table, World } from './world.ts';
import { tableOf } from './world.ts';

/** Who acts, and from where. */
interface Actor {
  /** The first person of the base where nobody is named. */
  name: string | undefined;
  source: Source;
}

type Values = Readonly<{ [field: string]: unknown }>;

/** What people do in a base. Tables and fields go by name or id; values are those of the records API. */
export interface People {
  /** The same, done by somebody else: by id, name or mail address. Not in the grid but from another source. */
  as(name: string, source?: Source): People;
  /** Types a new row: an empty one first, then its cells. Returns its id. */
  type(table: string, values: Values): string;
  /** Sends a form: the row comes filled. Returns its id. */
  submit(table: string, values: Values): string;
  /** Pastes a row: it comes filled. Returns its id. */
  paste(table: string, values: Values): string;
  edit(table: string, recordId: string, values: Values): void;
  delete(table: string, recordId: string): void;
  comment(table: string, recordId: string, text: string): void;
  /** Drops a file into a cell. */
  attach(table: string, recordId: string, file: DroppedFile): void;
  /** A row as one sees it, by the names of its fields; null where there is none. */
  row(table: string, recordId: string): Record<string, unknown> | null;
  rows(table: string): { id: string; fields: Record<string, unknown> }[];
}

export interface DroppedFile {
  field: string;
  filename: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export function createPeople(world: World, actor: Actor = { name: undefined, source: 'client' }): People {
  function acting<Made>(tableName: string, act: (transaction: Transaction, table: Table) => Made): Made {
    const { base, table } = placeNamed(world, tableName);
    const transaction = begin(world, base, { source: actor.source, userId: userNamed(world, base, actor.name) });
    const made = act(transaction, table);
    commit(transaction);
    return made;
  }

  return {
    ...createOnlookers(world),
    as: (name, source = actor.source) => createPeople(world, { name, source }),
    type: (tableName, values) =>
      acting(tableName, (transaction, table) => {
        const cells = cellsOf(transaction, table, { row: null, values });
        const row = insertRow(transaction, table, new Map());
        changeRow(transaction, { table, row }, cells);
        return row.id;
      }),
    submit: (tableName, values) => createPeople(world, { ...actor, source: 'formSubmission' }).paste(tableName, values),
    paste: (tableName, values) =>
      acting(tableName, (transaction, table) => {
        return insertRow(transaction, table, cellsOf(transaction, table, { row: null, values })).id;
      }),
    edit: (tableName, recordId, values) =>
      acting(tableName, (transaction, table) => {
        const row = rowNamed(table, recordId);
        changeRow(transaction, { table, row }, cellsOf(transaction, table, { row, values }));
      }),
    delete: (tableName, recordId) =>
      acting(tableName, (transaction, table) => destroyRow(transaction, table, rowNamed(table, recordId))),
    comment: (tableName, recordId, text) =>
      acting(tableName, ({ userId }, table) => {
        addComment(world, rowNamed(table, recordId), { text, authorId: userId, parentCommentId: null });
      }),
    attach: (tableName, recordId, file) =>
      acting(tableName, (transaction, table) => drop(transaction, { table, row: rowNamed(table, recordId) }, file)),
  };
}

function drop(transaction: Transaction, { table, row }: { table: Table; row: Row }, file: DroppedFile): void {
  const field = knownField(table, file.field);
  const cell = [...attachmentsIn(row.cells.get(field.id)), keepFile(transaction.world, file)];
  changeRow(transaction, { table, row }, new Map([[field.id, cell]]));
}

/** Those who only look. */
function createOnlookers(world: World): Pick<People, 'row' | 'rows'> {
  return {
    row(tableName, recordId) {
      const place = placeNamed(world, tableName);
      const row = place.table.rows.get(recordId);
      return row === undefined ? null : shown({ world, ...place, row });
    },
    rows(tableName) {
      const place = placeNamed(world, tableName);
      return [...place.table.rows.values()].map((row) => ({ id: row.id, fields: shown({ world, ...place, row }) }));
    },
  };
}

/** A table by name or id, in the first base that has it. */
export function placeNamed({ bases }: World, name: string): { base: Base; table: Table } {
  for (const base of bases.values()) {
    const table = tableOf(base, name);
    if (table !== undefined) return { base, table };
  }
  throw new Error(`There is no table ${name}.`);
}

export function userNamed({ users }: World, base: Base, name: string | undefined): string {
  const found =
    name === undefined
      ? base.members[0]?.userId
      : [...users.values()].find((user) => [user.id, user.name, user.email].includes(name))?.id;
  if (found === undefined) throw new Error(`There is nobody called ${name ?? 'anything'} in ${base.name}.`);
  return found;
}

function rowNamed(table: Table, id: string): Row {
  const row = table.rows.get(id);
  if (row === undefined) throw new Error(`There is no record ${id} in ${table.name}.`);
  return row;
}

function cellsOf(
  { world, base, userId }: Transaction,
  table: Table,
  { row, values }: { row: Row | null; values: Values },
): Map<string, Cell | null> {
  const writing: Writing = { world, base, userId, typecast: false, mayAddChoices: true, attachmentsFailed: false };
  return new Map(
    Object.entries(values).map(([name, value]) => {
      const field = knownField(table, name);
      return [field.id, writeCell({ writing, field, row, value })];
    }),
  );
}

function shown(place: { world: World; base: Base; table: Table; row: Row }): Record<string, unknown> {
  const fields = place.table.fields.map((field) => [field.name, readCell(place, field)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
