import { mergeByKey } from '../../src/kit/store/merge-writes.ts';
import { longText, rowGone } from '../../src/kit/store/row-refusals.ts';
import { rowByRow } from '../../src/kit/store/row-by-row.ts';
import type { RowWrite, WriteOutcome } from '../../src/ports/ticket-store.ts';
import { type Base, knownOf } from './base.ts';
import { isPageId } from './filters.ts';
import { notFitted } from './problems.ts';
import { insistOnColumns } from './schema.ts';
import { sendRows } from './send.ts';
import { type Sending, settle } from './settle.ts';

/**
 * UTF-16 units to a cell. Notion takes five times as much in one, and 500 KB in a request, which several long
 * cells share.
 */
export const LONGEST_TEXT = 40_000;

/** Writes rows; calls may overlap. */
export function createWriter(base: Base): (writes: readonly RowWrite[]) => Promise<readonly WriteOutcome[]> {
  return rowByRow((writes) => write(base, writes));
}

async function write(base: Base, writes: readonly RowWrite[]): Promise<readonly WriteOutcome[]> {
  if (writes.length === 0) return [];
  const before = base.schema.known();
  const fitted = before === null ? null : { schema: before, known: knownOf(base, before) };
  const schema = await base.schema.current();
  const sending: Sending = { base, schema, fitted, outcomes: new Map() };
  insistOnColumns(sending.schema);
  const writable = refuseUnwritable(sending, mergeByKey(writes));
  await sendRows(sending, await settle(sending, writable));
  return writes.map(({ key }) => sending.outcomes.get(key) ?? { key, postponed: notFitted() });
}

/** What no request needs to tell us. */
function refuseUnwritable({ schema, outcomes }: Sending, rows: readonly RowWrite[]): RowWrite[] {
  return rows.filter((row) => {
    const refused =
      row.id !== null && !isPageId(row.id) ? rowGone(row, 'the database') : longText(row, schema, LONGEST_TEXT);
    if (refused !== null) outcomes.set(row.key, { key: row.key, refused });
    return refused === null;
  });
}
