import type { RowCount } from '../../src/kit/store/adopt-rows.ts';
import type { Client } from './client.ts';
import { Page, type Table } from './wire.ts';

/** Rows to a page, the most that Airtable gives (developers/web/api/list-records). */
const PAGE = 100;

/** Pages that are read to count; who has more than a thousand rows knows that they are many. */
const MOST_PAGES = 10;

/** Fields that tell what becomes of a row, by our names; null for one that is not there yet. */
export type TellingFields = Readonly<Record<'key' | 'ticket' | 'subject' | 'description', string | null>>;

/** Counts the rows, as far as ten requests go. */
export async function countRows(client: Client, table: Table, telling: TellingFields): Promise<RowCount> {
  const { key, ...words } = telling;
  const fields = Object.values(telling).filter((id) => id !== null);
  const count = { toAdopt: 0, keyed: 0, isWhole: false };
  // An empty list of fields would ask for all of them.
  if (fields.length === 0) return { ...count, isWhole: true };
  let offset: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { value } = await client.ask({
      kind: 'rows',
      method: 'POST',
      path: `/${table.id}/listRecords`,
      body: { pageSize: PAGE, returnFieldsByFieldId: true, fields, ...(offset !== undefined && { offset }) },
      shape: Page,
      isRepeatable: true,
    });
    for (const row of value.records) {
      if (isFilled(row.fields, key)) count.keyed += 1;
      else if (Object.values(words).some((id) => isFilled(row.fields, id))) count.toAdopt += 1;
    }
    ({ offset } = value);
    if (offset === undefined) return { ...count, isWhole: true };
  }
  return count;
}

function isFilled(fields: Readonly<Record<string, unknown>>, id: string | null): boolean {
  const value = id === null ? undefined : fields[id];
  return typeof value === 'string' && value.trim() !== '';
}
