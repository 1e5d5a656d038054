import { z } from 'zod';
import type { Column } from '../../ports/ticket-store.ts';
import type { StoreMemory } from '../connector.ts';
import type { BaseField } from './propose-fields.ts';

/** A column of ours, and the field of the base in which it is kept. */
export interface Bound<Field extends BaseField> {
  column: Column;
  field: Field;
}

/** A column of ours that is not in the base, or in a field of another type. */
export interface Misfit<Field extends BaseField> {
  column: Column;
  /** The field of the wrong type; null when there is none. */
  field: Field | null;
}

/** A column of the team's own that rules ask for and that cannot be read, and its field where there is one. */
export interface Unread<Field extends BaseField> {
  column: Column;
  why: 'missing' | 'ours' | 'unreadable';
  field: Field | null;
}

/** Which column is in which field. */
export interface BoundColumns<Field extends BaseField> {
  /** By our names for the columns. */
  bound: ReadonlyMap<string, Bound<Field>>;
  misfits: readonly Misfit<Field>[];
  /** Columns of the team's own that cannot be read. */
  unread: readonly Unread<Field>[];
}

/** Ids of fields, by our names for the columns. */
type FieldIds = Readonly<Record<string, string>>;

interface Known<Field extends BaseField> {
  columns: readonly Column[];
  fields: readonly Field[];
  /** As the settings name them. */
  named: FieldIds;
  /** As they were found before. */
  kept: FieldIds;
  /** The types of field in which a column of ours can be kept. */
  acceptedTypes: (column: Column) => readonly string[];
  /** Types of field in which nothing stands that a rule could compare. */
  unreadable: ReadonlySet<string>;
}

const KeptIds = z.record(z.string(), z.string()).catch({});

/**
 * Finds the field of each column: by the settings, else by what was found before, so that a renamed column stays the
 * same, else by title: so one that was deleted is found again once it was made anew.
 */
export function bindColumns<Field extends BaseField>(known: Known<Field>): BoundColumns<Field> {
  const bound = new Map<string, Bound<Field>>();
  const misfits: Misfit<Field>[] = [];
  for (const column of known.columns.filter(({ edits }) => edits !== 'read')) {
    const field = findField(column, known);
    if (field === undefined) misfits.push({ column, field: null });
    else if (known.acceptedTypes(column).includes(field.type)) bound.set(column.name, { column, field });
    else misfits.push({ column, field });
  }
  const ours = new Set([...bound.values()].map(({ field }) => field.id));
  const unread: Unread<Field>[] = [];
  for (const column of known.columns.filter(({ edits }) => edits === 'read')) {
    const field = findField(column, known);
    if (field === undefined) unread.push({ column, why: 'missing', field: null });
    else if (ours.has(field.id)) unread.push({ column, why: 'ours', field });
    else if (known.unreadable.has(field.type)) unread.push({ column, why: 'unreadable', field });
    else bound.set(column.name, { column, field });
  }
  return { bound, misfits, unread };
}

/** Capitals count in our own names and titles alone: what rules ask for, people write. */
function findField<Field extends BaseField>(column: Column, { fields, named, kept }: Known<Field>): Field | undefined {
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

/** The ids that were found before, as they were kept under this name. */
export async function keptFields(memory: StoreMemory, name: string): Promise<FieldIds> {
  return KeptIds.parse(await memory.get(name));
}

/** Keeps the ids that were found now; what was found before and is not there stays. */
export async function keepFields(
  memory: StoreMemory,
  name: string,
  { bound }: Pick<BoundColumns<BaseField>, 'bound'>,
): Promise<void> {
  const before = await keptFields(memory, name);
  const now = { ...before, ...Object.fromEntries([...bound].map(([column, { field }]) => [column, field.id])) };
  if (JSON.stringify(now) !== JSON.stringify(before)) await memory.set(name, now);
}
