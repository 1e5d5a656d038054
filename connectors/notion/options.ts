import type { Base } from './base.ts';
import type { Bound } from './cells.ts';
import { NotionProblem, isRefusal, isRestricted, schemaLocked } from './problems.ts';
import { optionsWith } from './properties.ts';
import type { Schema } from './schema.ts';
import { DataSource } from './wire.ts';

/** Options to add, by our names for the columns. */
export type WantedOptions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Adds options to properties, and returns the database as it is then. The ones that are there are named too, so
 * `schema` must be fresh.
 *
 * @throws Problem `notion.schema-locked`
 */
export async function addOptions(base: Base, schema: Schema, wanted: WantedOptions): Promise<Schema> {
  const changes = [...wanted].flatMap(([name, options]) => {
    const bound = schema.bound.get(name);
    return bound === undefined || options.size === 0 ? [] : [[bound.field.id, withOptions(bound, options)] as const];
  });
  if (changes.length === 0) return schema;
  const titles = [...wanted.keys()].map((name) => `"${schema.bound.get(name)?.field.name ?? name}"`);
  await changeSchema(base, schema, { wanted: `add options to ${titles.join(', ')}`, changes });
  return base.schema.refresh(schema);
}

/** A description that is left out is cleared. */
function withOptions({ column, field }: Bound, options: Iterable<string>): object {
  const { description, type } = field;
  return { ...(description !== null && { description }), [type]: { options: optionsWith(column, field, options) } };
}

/**
 * Adds or changes properties. None is ever given as null: that would delete it, with what is in it. Never asked
 * twice: the second could add the same again.
 *
 * @throws Problem `notion.schema-locked` where the connection may not, or Notion refuses; then we stop trying for a while
 */
export async function changeSchema(
  base: Pick<Base, 'client' | 'learnt'>,
  { dataSource }: Pick<Schema, 'dataSource'>,
  { wanted, changes }: { wanted: string; changes: readonly (readonly [string, object])[] },
): Promise<void> {
  try {
    await base.client.ask({
      method: 'patch',
      path: `data_sources/${dataSource.id}`,
      body: { properties: Object.fromEntries(changes) },
      shape: DataSource,
      isRepeatable: false,
    });
    base.learnt.canChangeSchema = true;
  } catch (error) {
    if (!(error instanceof NotionProblem) || !(isRestricted(error) || isRefusal(error))) throw error;
    base.learnt.canChangeSchema = false;
    throw schemaLocked(wanted, error);
  }
}
