import { knowsAgents } from '../../src/kit/store/base-people.ts';
import type { Base } from './base.ts';
import { missingOffers } from './check.ts';
import { newProperty, withStatus } from './new-property.ts';
import { addOptions, changeSchema } from './options.ts';
import type { Schema } from './schema.ts';

/**
 * Adds the properties and the options that the database lacks. Nothing is renamed, retyped or removed.
 *
 * @throws Problem `notion.schema-locked`, or of the request
 */
export async function mendBase(base: Base): Promise<readonly string[]> {
  base.learnt.canChangeSchema = true;
  const schema = await base.schema.refresh(null);
  const done = await addProperties(base, schema);
  const whole = done.length === 0 ? schema : await base.schema.refresh(schema);
  const offers = missingOffers(whole);
  await addOptions(base, whole, new Map(offers.map(({ name, options }) => [name, new Set(options)])));
  base.learnt.lostOptions.clear();
  return [...done, ...offers.map(({ title, options }) => `Added to the property "${title}": ${options.join(', ')}.`)];
}

/** All with one request. */
async function addProperties(base: Base, schema: Schema): Promise<string[]> {
  const columns = schema.misfits.filter(({ field }) => field === null).map(({ column }) => column);
  if (columns.length === 0) return [];
  const wanted = `add ${columns.map(({ title }) => `"${title}"`).join(', ')}`;
  await withStatus(columns, (hasStatus) => {
    const changes = columns.map((column) => {
      const isOfPeople = knowsAgents(schema.people, [column]);
      return [column.title, newProperty(column, { isOfPeople, hasStatus })] as const;
    });
    return changeSchema(base, schema, { wanted, changes });
  });
  return columns.map(({ title }) => `Added the property "${title}".`);
}
