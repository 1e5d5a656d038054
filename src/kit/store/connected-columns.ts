import type { Column } from '../../ports/ticket-store.ts';
import type { BaseField } from './propose-fields.ts';

/** What is written down of the columns. */
interface ConnectedColumns {
  /** For `columns` in the settings: ids by our names, in our order. */
  ids: Readonly<Record<string, string>>;
  /** The titles that they bear, as comments beside the ids. */
  comments: Readonly<Record<string, string>>;
  /** The title that a column bears, by our name for it. */
  titleOf(name: string): string;
}

/** @param fields by our names for the columns; those that were left out are not among them */
export function connectedColumns(columns: readonly Column[], fields: ReadonlyMap<string, BaseField>): ConnectedColumns {
  const inOrder = columns.flatMap(({ name }) => {
    const field = fields.get(name);
    return field === undefined ? [] : [[name, field] as const];
  });
  const titles = new Map(columns.map(({ name, title }) => [name, fields.get(name)?.name ?? title]));
  return {
    ids: Object.fromEntries(inOrder.map(([name, { id }]) => [name, id])),
    comments: Object.fromEntries(inOrder.map(([name, field]) => [`columns.${name}`, field.name])),
    titleOf: (name) => titles.get(name) ?? name,
  };
}

/** The fields that were found, by our names for the columns; those that were not are left out. */
export function foundFields<Field>(pairs: Iterable<readonly [string, Field | undefined]>): ReadonlyMap<string, Field> {
  return new Map([...pairs].flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const])));
}
