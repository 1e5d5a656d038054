import { cellsOfEntry, keyFieldOf } from '../../src/kit/wanted-tables.ts';
import type { TableEntry, WantedTable } from '../../src/ports/store-tables.ts';
import type { Base } from './base.ts';
import { find, type Found, WORDS } from './find-table.ts';
import { rowsByKey } from './formula.ts';
import { isRefusal, isType } from './problems.ts';
import { WRITE_BATCH } from './send.ts';
import { Page, Written } from './wire.ts';
import { LONGEST_TEXT } from './write.ts';

/** Adds rows, or writes over those that have their key, ten to a request: Airtable itself knows them by the key. */
export async function putRows(base: Base, wanted: WantedTable, entries: readonly TableEntry[]): Promise<void> {
  let found = await find(base, wanted);
  for (let start = 0; start < entries.length; start += WRITE_BATCH) {
    const batch = entries.slice(start, start + WRITE_BATCH);
    try {
      await putBatch(base, found, batch);
    } catch (error) {
      if (!isType(error, 'UNKNOWN_FIELD_NAME', 'INVALID_VALUE_FOR_COLUMN')) throw error;
      found = await find(base, wanted, found.schema);
      await putBatch(base, found, batch);
    }
  }
}

/** Airtable refuses a key that stands in two rows, since somebody copied one, without saying so. */
async function putBatch(base: Base, found: Found, batch: readonly TableEntry[]): Promise<void> {
  const { field: key, title } = keyFieldOf(found.known, WORDS);
  const records = batch.map((entry) => ({ fields: fieldsOf(entry, found) }));
  try {
    await upsert(base, found, { key: key.id, records });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const oldest = await rowsWith(base, found, { key: key.id, keys: batch.map((entry) => String(entry[title])) });
    if (oldest.size === 0) throw error;
    const known = records.map((record, index) => {
      const id = oldest.get(String(batch[index]?.[title]));
      return id === undefined ? record : { id, ...record };
    });
    await upsert(base, found, { key: key.id, records: known });
  }
}

async function upsert(
  { client }: Base,
  { table }: Found,
  { key, records }: { key: string; records: readonly object[] },
): Promise<void> {
  await client.ask({
    kind: 'rows',
    method: 'PATCH',
    path: `/${table.id}`,
    body: { performUpsert: { fieldsToMergeOn: [key] }, records, returnFieldsByFieldId: true },
    shape: Written,
    isRepeatable: true,
  });
}

/** The oldest row of each key. */
async function rowsWith(
  { client }: Base,
  { table }: Found,
  { key, keys }: { key: string; keys: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { value } = await client.ask({
    kind: 'rows',
    method: 'POST',
    path: `/${table.id}/listRecords`,
    body: { fields: [key], filterByFormula: rowsByKey(key, keys), returnFieldsByFieldId: true },
    shape: Page,
    isRepeatable: true,
  });
  const youngestFirst = value.records.toSorted((one, other) =>
    Temporal.Instant.compare(other.createdTime, one.createdTime),
  );
  return new Map(youngestFirst.map(({ id, fields }) => [String(fields[key]), id]));
}

function fieldsOf(entry: TableEntry, { known }: Found): Record<string, string | number | null> {
  const cells = cellsOfEntry(entry, known, { words: WORDS, longestText: LONGEST_TEXT });
  return Object.fromEntries(cells.map(({ field, cell }) => [field.id, cell]));
}
