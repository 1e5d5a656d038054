import { ulid } from 'ulid';
import type { RowWrite, StoredRow, TicketStore, WriteOutcome } from '../../src/ports/ticket-store.ts';

/** So many new rows, numbered from 1000 on. */
export function newRows(count: number, cells: (index: number) => RowWrite['cells'] = () => ({})): RowWrite[] {
  return Array.from({ length: count }, (_, index) => ({
    id: null,
    key: ulid(),
    cells: { number: 1000 + index, subject: `Request ${index}`, status: 'New', ...cells(index) },
  }));
}

/** The same rows with the ids that they got. */
export function written(writes: readonly RowWrite[], outcomes: readonly WriteOutcome[]): RowWrite[] {
  return writes.map(({ key, cells }, index) => ({ id: idOf(outcomes[index]), key, cells }));
}

/** The id of a row that was written. */
export function idOf(outcome: WriteOutcome | undefined): string {
  if (outcome === undefined || !('id' in outcome)) throw new Error(`not written: ${JSON.stringify(outcome)}`);
  return outcome.id;
}

/** Reads page after page until there is no more. */
export async function readToEnd(
  store: TicketStore,
  from: string | null,
): Promise<{ rows: StoredRow[]; watermark: string }> {
  const rows: StoredRow[] = [];
  for (let watermark = from; ;) {
    const page = await store.changesSince(watermark);
    rows.push(...page.rows);
    if (!page.more) return { rows, watermark: page.watermark };
    ({ watermark } = page);
  }
}
