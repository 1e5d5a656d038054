import type { RowWrite } from '../../src/ports/ticket-store.ts';
import { type Base, knownOf } from './base.ts';
import { valueOf } from './cells.ts';
import { problemOf } from './problems.ts';
import { keyFieldOf } from './schema.ts';
import type { Sending } from './settle.ts';
import { Written } from './wire.ts';

/**
 * Writes rows, and returns their ids in the same order. New rows are found by their key or made, in one request
 * with those whose id we know.
 */
export async function patch(
  { base, schema }: Pick<Sending, 'base' | 'schema'>,
  batch: readonly RowWrite[],
): Promise<readonly string[]> {
  const keyField = keyFieldOf(schema);
  const known = knownOf(base, schema);
  const records = batch.map(({ id, key, cells }) => {
    const fields: Record<string, unknown> = { [keyField]: key };
    for (const [name, cell] of Object.entries(cells)) {
      const bound = schema.bound.get(name);
      if (bound !== undefined) fields[bound.field.id] = valueOf(bound, cell, known);
    }
    return id === null ? { fields } : { id, fields };
  });
  const isUpsert = batch.some(({ id }) => id === null);
  await base.recent.beginWriting();
  const { value, at } = await base.client.ask({
    kind: 'rows',
    method: 'PATCH',
    path: `/${schema.table.id}`,
    body: {
      ...(isUpsert && { performUpsert: { fieldsToMergeOn: [keyField] } }),
      returnFieldsByFieldId: true,
      records,
    },
    shape: Written,
    // It would make no second row; but whoever edited the row since would be written over. The flush looks first.
    isRepeatable: false,
  });
  noteWritten(base, value, at ?? base.given.now());
  return batch.map(({ key, id }, index) => {
    const written = value.records[index];
    const isIt = written !== undefined && (id === null ? written.fields[keyField] === key : written.id === id);
    if (!isIt) throw problemOf({ status: 200, type: '', message: '' }, `PATCH /${schema.table.id}`);
    return written.id;
  });
}

function noteWritten({ recent }: Base, { records }: Written, at: Temporal.Instant): void {
  for (const { id, createdTime } of records) if (createdTime !== null) recent.note({ id, createdTime }, at);
  recent.wrote(at);
}
