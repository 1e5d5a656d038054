import type { Base } from './base.ts';
import { missingOffers } from './check.ts';
import { fieldFor } from './fields.ts';
import { addOptions, changeSchema } from './options.ts';
import { agentsHaveAccess, type Schema } from './schema.ts';

/**
 * Adds the columns and the options that the table lacks. Nothing is renamed, retyped or removed.
 *
 * @throws Problem `airtable.schema-locked`, or of the request
 */
export async function mendBase(base: Base): Promise<readonly string[]> {
  base.learnt.canChangeSchema = true;
  const schema = await base.schema.refresh(null);
  const done = await addColumns(base, schema);
  const whole = done.length === 0 ? schema : await base.schema.refresh(schema);
  const offers = missingOffers(whole);
  await addOptions(base, whole, new Map(offers.map(({ name, options }) => [name, new Set(options)])));
  base.learnt.lostOptions.clear();
  return [...done, ...offers.map(({ title, options }) => `Added to the column "${title}": ${options.join(', ')}.`)];
}

async function addColumns(base: Base, { table, misfits }: Schema): Promise<string[]> {
  const done: string[] = [];
  for (const { column, field } of misfits) {
    if (field !== null) continue;
    await changeSchema(base, `add the column "${column.title}"`, {
      method: 'POST',
      path: `/bases/${base.settings.base}/tables/${table.id}/fields`,
      body: fieldFor(column, await agentsHaveAccess(base.settings, base.client, [column])),
    });
    done.push(`Added the column "${column.title}".`);
  }
  return done;
}
