import type { SentCells } from '../db/schema.ts';
import type { Cells } from '../ports/ticket-store.ts';

/**
 * Of what was sent and not confirmed, what has not arrived in the row that was read: a row that was not known has
 * begun with all of it. When what did arrive comes once more, a person brings it back.
 */
export function stillUnderWay({ rowId, sent }: { rowId: string | null; sent: SentCells }, read: Cells): SentCells {
  if (rowId === null) return {};
  const left = Object.entries(sent).flatMap(([name, cells]) => {
    const arrived = cells.findLastIndex((cell) => JSON.stringify(cell) === JSON.stringify(read[name] ?? null));
    return arrived + 1 === cells.length ? [] : [[name, cells.slice(arrived + 1)] as const];
  });
  return Object.fromEntries(left);
}
