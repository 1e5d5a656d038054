import type { RowWrite } from '../../src/ports/ticket-store.ts';
import { knownOf } from './base.ts';
import { valueOf } from './cells.ts';
import { keyPropertyOf } from './schema.ts';
import type { Sending } from './settle.ts';
import { piecesOf } from './texts.ts';
import { Written } from './wire.ts';

/** Writes everything of a row with one request, into a page that is there or a new one. Returns the page's id. */
export async function writePage(
  sending: Pick<Sending, 'base' | 'schema'>,
  row: RowWrite,
  id: string | null,
): Promise<string> {
  const { base, schema } = sending;
  const properties = propertiesOf(sending, row);
  const parent = { type: 'data_source_id', data_source_id: schema.dataSource.id };
  const asked = {
    // What was written we know; the shortest answer is enough.
    query: { filter_properties: ['title'] },
    shape: Written,
  };
  const { value } = await (id === null
    ? base.client.ask({
        ...asked,
        kind: 'bulk',
        method: 'post',
        path: 'pages',
        body: { parent, properties },
        isRepeatable: false,
      })
    : base.client.ask({
        ...asked,
        method: 'patch',
        path: `pages/${id}`,
        body: { properties },
        isRepeatable: mayWriteOver(sending, row),
      }));
  return value.id;
}

/**
 * Whether a row may be written twice without a look in between: a new one, or one that gets cells alone which
 * people's edits of are undone anyway.
 */
export function mayWriteOver(
  { schema, base }: Pick<Sending, 'base' | 'schema'>,
  { id, key, cells }: RowWrite,
): boolean {
  if (id === null && base.recent.bearerOf(key) === null) return true;
  return Object.keys(cells).every((name) => schema.bound.get(name)?.column.edits === 'undone');
}

function propertiesOf({ base, schema }: Pick<Sending, 'base' | 'schema'>, { key, cells }: RowWrite): object {
  const known = knownOf(base, schema);
  const keyProperty = keyPropertyOf(schema);
  const properties: Record<string, unknown> = { [keyProperty.id]: { [keyProperty.type]: piecesOf(key) } };
  for (const [name, cell] of Object.entries(cells)) {
    const bound = schema.bound.get(name);
    if (bound !== undefined) properties[bound.field.id] = valueOf(bound, cell, known);
  }
  return properties;
}
