import { Problem } from '../../domain/problem.ts';
import { type Cell, type Column, ROW_GONE, type RowWrite } from '../../ports/ticket-store.ts';
import type { BoundColumns } from './bind-columns.ts';
import type { BaseField } from './propose-fields.ts';

/** The row is not there any more: it was looked for. `place` is what holds the rows: "the table". */
export function rowGone(write: RowWrite, place: string): Problem {
  return new Problem({
    code: ROW_GONE,
    message: `The row of ${rowName(write)} is no longer in ${place}.`,
    fix: 'Nothing is to be done if it was deleted on purpose; the ticket stays in Tabledesk, marked as detached.',
  });
}

/** Refuses a row in which a text is longer than so many UTF-16 units; null where none is. */
export function longText(
  write: RowWrite,
  { bound }: Pick<BoundColumns<BaseField>, 'bound'>,
  longest: number,
): Problem | null {
  const isLong = (cell: Cell | undefined) => typeof cell === 'string' && cell.length > longest;
  const found = [...bound].find(([name]) => {
    const cell = write.cells[name];
    return Array.isArray(cell) ? cell.some(isLong) : isLong(cell);
  });
  if (found === undefined) return null;
  const [, { column }] = found;
  return new Problem({
    code: 'store.value-refused',
    message: `The text of "${column.title}" (${column.name}) of ${rowName(write)} is longer than ${longest} characters.`,
    fix: 'Shorten it in the console; the row is then written again.',
  });
}

/** By its number, where it has one to tell: people know no keys. */
export function rowName({ key, cells }: RowWrite): string {
  return typeof cells['number'] === 'number' ? `ticket ${cells['number']}` : `the ticket with the key ${key}`;
}

/** What a row has for a column, in words. Texts are customers' own and stay out of messages. */
export function shownCell({ cells }: RowWrite, { name, type }: Column): string {
  if (type.kind === 'line' || type.kind === 'text' || type.kind === 'email') return 'the text';
  return `the value ${JSON.stringify(cells[name] ?? null)}`;
}
