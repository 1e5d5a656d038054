import type { RowCount } from '../../../src/kit/store/adopt-rows.ts';
import { type Bound, cellOf, type Known } from '../cells.ts';
import type { Client } from '../client.ts';
import { Found, type Page } from '../wire.ts';

/** Pages that are read to count; each has a hundred rows. Who has more than a thousand knows that they are many. */
const MOST_PAGES = 10;

const NOBODY: Known = { people: null, canAddOptions: false };

/** Properties that tell what becomes of a row; undefined for one that is not there yet. */
export type Telling = Readonly<Record<'key' | 'ticket' | 'subject' | 'description', Bound | undefined>>;

/** Counts the rows of a table, as far as ten requests go. */
export async function countRows(client: Client, tableId: string, telling: Telling): Promise<RowCount> {
  const { key, ...words } = telling;
  const ids = Object.values(telling).flatMap((bound) => bound?.field.id ?? []);
  const count = { toAdopt: 0, keyed: 0, isWhole: false };
  // An empty list of properties would ask for all of them.
  if (ids.length === 0) return { ...count, isWhole: true };
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { value }: { value: Found } = await client.ask({
      method: 'post',
      path: `data_sources/${tableId}/query`,
      query: { filter_properties: ids },
      body: { page_size: 100, ...(cursor !== null && { start_cursor: cursor }) },
      shape: Found,
      isRepeatable: true,
    });
    for (const row of value.results) {
      if (isFilled(row, key)) count.keyed += 1;
      else if (Object.values(words).some((bound) => isFilled(row, bound))) count.toAdopt += 1;
    }
    cursor = value.next_cursor;
    if (cursor === null) return { ...count, isWhole: true };
  }
  return count;
}

function isFilled({ values }: Page, bound: Bound | undefined): boolean {
  const cell = bound === undefined ? null : cellOf(bound, values.get(bound.field.id), NOBODY);
  return typeof cell === 'string' && cell.trim() !== '';
}
