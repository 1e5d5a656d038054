import { readCell } from './cells/read.ts';
import { writeCell } from './cells/write.ts';
import { placeNamed, userNamed } from './people.ts';
import { Refusal } from './refusal.ts';
import { knownField } from './routes/record-body.ts';
import { expectFreeName, noteField, setOptions } from './routes/schema.ts';
import { begin, changeOf, commit } from './transaction.ts';
import type { Transaction } from './change.ts';
import type { Cell, Field, FieldOptions, FieldType, Row, Table, World } from './world.ts';

/** A field as somebody adds it by hand: any type, computed ones too. */
export interface DesignedField {
  name: string;
  type: FieldType;
  description?: string;
  options?: FieldOptions;
  /** The names of a select's options. */
  choices?: readonly string[];
}

/** What people do to the shape of a base: most of it is nothing that the API could do. */
export interface Designers {
  addField(table: string, field: DesignedField): string;
  renameField(table: string, field: string, name: string): void;
  /** Values that the new type cannot hold are lost. */
  retypeField(table: string, field: string, to: Omit<DesignedField, 'name'>): void;
  removeField(table: string, field: string): void;
  addOption(table: string, field: string, name: string): void;
  renameOption(table: string, field: string, names: { from: string; to: string }): void;
  /** Cells that held it are empty then. */
  removeOption(table: string, field: string, name: string): void;
  renameTable(table: string, name: string): void;
  removeTable(table: string): void;
  /** Takes the right to write a field from somebody, by id, name or mail address. */
  lockField(table: string, field: string, user: string): void;
  unlockField(table: string, field: string, user: string): void;
}

export function createDesigners(world: World): Designers {
  function acting(tableName: string, act: (transaction: Transaction, table: Table) => void): void {
    const { base, table } = placeNamed(world, tableName);
    const transaction = begin(world, base, { source: 'client', userId: userNamed(world, base, undefined) });
    act(transaction, table);
    commit(transaction);
  }

  function onField(tableName: string, name: string, act: (transaction: Transaction, at: FieldPlace) => void): void {
    acting(tableName, (transaction, table) => {
      const field = knownField(table, name);
      noteField(transaction, table, field);
      act(transaction, { table, field });
    });
  }

  return {
    addField(tableName, given) {
      const field = designedField(world, given);
      acting(tableName, (transaction, table) => {
        expectFreeName(table, field.name);
        table.fields.push(field);
        changeOf(transaction, table).createdFields.push(field);
      });
      return field.id;
    },
    renameField: (table, name, next) => onField(table, name, (_, { field }) => void (field.name = next)),
    retypeField: (table, name, to) => onField(table, name, (transaction, at) => retype(transaction, at, to)),
    removeField(tableName, name) {
      acting(tableName, (transaction, table) => {
        const field = knownField(table, name);
        table.fields = table.fields.filter((each) => each !== field);
        for (const row of table.rows.values()) row.cells.delete(field.id);
        changeOf(transaction, table).destroyedFieldIds.push(field.id);
      });
    },
    ...createOptionDesigners(world, onField),
    renameTable(tableName, name) {
      acting(tableName, (transaction, table) => {
        changeOf(transaction, table).previousName = table.name;
        table.name = name;
      });
    },
    removeTable(tableName) {
      const { base, table } = placeNamed(world, tableName);
      base.tables = base.tables.filter((each) => each !== table);
    },
    lockField: (table, name, user) => lockedFor(world, { table, name, user }, (users, id) => users.add(id)),
    unlockField: (table, name, user) => lockedFor(world, { table, name, user }, (users, id) => users.delete(id)),
  };
}

/** Whom a field is locked for. */
function lockedFor(
  world: World,
  at: { table: string; name: string; user: string },
  change: (users: Set<string>, id: string) => unknown,
): void {
  const { base, table } = placeNamed(world, at.table);
  change(knownField(table, at.name).lockedFor, userNamed(world, base, at.user));
}

type OnField = (table: string, field: string, act: (transaction: Transaction, at: FieldPlace) => void) => void;

/** What is done to the options of selects. */
function createOptionDesigners(
  world: World,
  onField: OnField,
): Pick<Designers, 'addOption' | 'renameOption' | 'removeOption'> {
  return {
    addOption: (table, name, option) =>
      onField(table, name, (transaction, at) => {
        const added = { id: world.ids.next('sel'), name: option };
        setOptions(transaction, at, { ...at.field.options, choices: [...(at.field.options?.choices ?? []), added] });
      }),
    renameOption: (table, name, { from, to }) =>
      onField(table, name, (transaction, at) => {
        const choices = at.field.options?.choices?.map((each) => (each.name === from ? { ...each, name: to } : each));
        setOptions(transaction, at, { ...at.field.options, choices: choices ?? [] });
      }),
    removeOption: (table, name, option) =>
      onField(table, name, (transaction, at) => {
        const choices = at.field.options?.choices?.filter((each) => each.name !== option);
        setOptions(transaction, at, { ...at.field.options, choices: choices ?? [] });
      }),
  };
}

interface FieldPlace {
  table: Table;
  field: Field;
}

/** A field as it is made by hand: the ids are new. */
export function designedField({ ids }: World, { name, type, description, options, choices }: DesignedField): Field {
  const made = choices?.map((choice) => ({ id: ids.next('sel'), name: choice }));
  return {
    id: ids.next('fld'),
    name,
    type,
    description: description ?? null,
    options: made === undefined ? (options ?? null) : { ...options, choices: made },
    lockedFor: new Set(),
  };
}

/** Reads every cell as text or value, and writes it again as far as the new type takes it. */
function retype(transaction: Transaction, { table, field }: FieldPlace, to: Omit<DesignedField, 'name'>): void {
  const { world, base, userId } = transaction;
  const rows = [...table.rows.values()];
  const before = new Map(rows.map((row) => [row, readCell({ world, base, table, row }, field)]));
  const { type, options } = designedField(world, { name: field.name, ...to });
  Object.assign(field, { type, options });
  const writing = { world, base, userId, typecast: true, mayAddChoices: true, attachmentsFailed: false };
  for (const row of rows) {
    const value = before.get(row);
    const cell = value === undefined ? null : converted(() => writeCell({ writing, field, row, value: plain(value) }));
    setCell(row, field.id, cell);
  }
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? null : value;
}

function converted(write: () => Cell | null): Cell | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function setCell(row: Row, fieldId: string, cell: Cell | null): void {
  if (cell === null) row.cells.delete(fieldId);
  else row.cells.set(fieldId, cell);
}
