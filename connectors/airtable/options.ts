import type { Base } from './base.ts';
import type { Bound } from './cells.ts';
import { choicesWith } from './fields.ts';
import { AirtableProblem, schemaLocked } from './problems.ts';
import type { Schema } from './schema.ts';
import { Field } from './wire.ts';

/** Options to add, by our names for the columns. */
export type WantedOptions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Adds options to columns, and returns the table as it is then. The ones that are there are named too, so
 * `schema` must be fresh.
 *
 * @throws Problem `airtable.schema-locked`
 */
export async function addOptions(base: Base, schema: Schema, wanted: WantedOptions): Promise<Schema> {
  let isChanged = false;
  for (const [name, options] of wanted) {
    const bound = schema.bound.get(name);
    if (bound === undefined || options.size === 0) continue;
    await addTo(base, schema, { bound, options });
    isChanged = true;
  }
  return isChanged ? base.schema.refresh(schema) : schema;
}

async function addTo(
  base: Base,
  { table }: Schema,
  { bound: { field }, options }: { bound: Bound; options: Iterable<string> },
): Promise<void> {
  await changeSchema(base, `add an option to the column "${field.name}"`, {
    method: 'PATCH',
    path: `/bases/${base.settings.base}/tables/${table.id}/fields/${field.id}`,
    body: { options: { choices: choicesWith(field, options) } },
  });
}

/**
 * Asks for a change of the table's make. Never asked twice: the second could add the same again.
 *
 * @throws Problem `airtable.schema-locked` where the token may not; then we stop trying for a while
 */
export async function changeSchema(
  base: Pick<Base, 'client' | 'learnt'>,
  wanted: string,
  asked: { method: 'POST' | 'PATCH'; path: string; body: unknown },
): Promise<Field> {
  try {
    const { value } = await base.client.ask({ kind: 'schema', ...asked, shape: Field, isRepeatable: false });
    base.learnt.canChangeSchema = true;
    return value;
  } catch (error) {
    if (!(error instanceof AirtableProblem) || error.answer.status !== 403) throw error;
    base.learnt.canChangeSchema = false;
    throw schemaLocked(wanted);
  }
}
