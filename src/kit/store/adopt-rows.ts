import { Problem } from '../../domain/problem.ts';
import type { ConnectGiven } from '../connect.ts';

/** The rows of a table that there is, as a first start will see them. */
export interface RowCount {
  /** Rows without a key, with a title, a subject or a description: each becomes a ticket. */
  toAdopt: number;
  /** Rows that bear a key already, of this desk or another. */
  keyed: number;
  /** False when there are more rows than were counted. */
  isWhole: boolean;
}

/**
 * Rows that are there become tickets, and there is no way back from that: so it is asked for.
 *
 * @throws Problem `connect.declined`
 */
export async function askWhetherToAdopt(
  { ask, say }: Pick<ConnectGiven, 'ask' | 'say'>,
  rows: RowCount,
): Promise<void> {
  if (rows.toAdopt === 0) return;
  say(
    `${wordsOf(rows, rows.toAdopt)} without a key will become ${rows.toAdopt === 1 ? 'a ticket' : 'tickets'} at the next start, settled ones too: each gets a number, an owner\n` +
      'and due times from when it was made. Who asked in the last day gets the acknowledgement, if desk.yaml has one.\n',
  );
  if (await ask.confirm('adopt', 'Let them become tickets?', false)) return;
  throw new Problem({
    code: 'connect.declined',
    message: 'The rows are not to become tickets, so nothing was changed.',
    fix: 'Have a new table made, or move those rows into another one first; --adopt lets them become tickets.',
  });
}

/** What becomes of the rows that have a key; a paragraph, or none. */
export function keyedWords(rows: RowCount | null): readonly string[] {
  if (rows === null || rows.keyed === 0) return [];
  return [
    `${wordsOf(rows, rows.keyed)} of it bear a key of Tabledesk already. Where this desk's own data is lost, it takes them over at the start.`,
  ];
}

function wordsOf({ isWhole }: RowCount, count: number): string {
  return `${isWhole ? '' : 'More than '}${countOf(count, 'row')}`;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
