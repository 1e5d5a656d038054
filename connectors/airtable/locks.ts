import type { LockedColumn } from '../../src/ports/ticket-store.ts';
import type { StoreMemory } from '../../src/kit/connector.ts';
import { inTurn } from '../../src/kit/store/in-turn.ts';
import type { Schema } from './schema.ts';
import type { AirtableSettings } from './settings.ts';
import { KeptLocks, type Table } from './wire.ts';

/**
 * Fields that the token's owner may not edit (support.airtable.com, "Using field and table editing
 * permissions"). No schema tells them, so they are known by having been refused, until the columns are looked
 * at again; then each is tried once more.
 */
export interface Locks {
  /** Remembers what was found out before our start. Asks our memory once. */
  load(schema: Schema): Promise<void>;
  /** The columns, by our names, that were refused since the table was looked at. */
  shut(schema: Schema): ReadonlySet<string>;
  /** Those that were refused before that, and not tried since. */
  suspects(schema: Schema): ReadonlySet<string>;
  noteShut(schema: Schema, names: Iterable<string>): Promise<void>;
  /** These were written. */
  noteOpen(schema: Schema, names: Iterable<string>): Promise<void>;
  /** Finding out is done by one batch after the other, as the next may know then all that it needs. */
  findInTurn(find: () => Promise<void>): Promise<void>;
  /** All are to be tried again, as if the table had been looked at. */
  doubt(): void;
  /** What people are to know of it. */
  told(schema: Schema): readonly LockedColumn[];
}

export function createLocks({ base }: Pick<AirtableSettings, 'base'>, memory: StoreMemory): Locks {
  /** By field id: the look at the table after which the field was refused; null for none that still counts. */
  const locks = new Map<string, Table | null>();
  const state = { isLoaded: false };
  const placeOf = ({ table }: Schema) => `airtable.locked.${base}.${table.id}`;

  async function change(schema: Schema, names: Iterable<string>, make: (fieldId: string) => void): Promise<void> {
    const before = locks.size;
    for (const name of names) {
      const bound = schema.bound.get(name);
      if (bound !== undefined) make(bound.field.id);
    }
    if (locks.size !== before) await memory.set(placeOf(schema), [...locks.keys()]);
  }

  function namesWhere({ bound }: Schema, isMeant: (look: Table | null) => boolean): ReadonlySet<string> {
    const meant = [...bound].filter(([, { field }]) => {
      const look = locks.get(field.id);
      return look !== undefined && isMeant(look);
    });
    return new Set(meant.map(([name]) => name));
  }

  return {
    async load(schema) {
      if (state.isLoaded) return;
      const kept = KeptLocks.parse(await memory.get(placeOf(schema)));
      for (const id of kept) if (!locks.has(id)) locks.set(id, null);
      state.isLoaded = true;
    },
    shut: (schema) => namesWhere(schema, (look) => look === schema.table),
    suspects: (schema) => namesWhere(schema, (look) => look !== schema.table),
    noteShut: (schema, names) => change(schema, names, (id) => void locks.set(id, schema.table)),
    noteOpen: (schema, names) => change(schema, names, (id) => void locks.delete(id)),
    findInTurn: inTurn(),
    doubt() {
      for (const id of locks.keys()) locks.set(id, null);
    },
    told: ({ bound, table }) =>
      [...bound].flatMap(([name, { field }]) => {
        const look = locks.get(field.id);
        return look === undefined ? [] : [{ name, isToBeTried: look !== table, ...wordsFor(field.name) }];
      }),
  };
}

function wordsFor(title: string): Pick<LockedColumn, 'message' | 'fix'> {
  return {
    message: `Airtable does not let the token's owner edit the column "${title}", so it is left out of what is written.`,
    fix: "In Airtable, open the menu of the column, choose Edit field permissions, and let the token's owner edit it. What it is owed is written then.",
  };
}
