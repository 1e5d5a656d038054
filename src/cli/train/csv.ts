import { Problem } from '../../domain/problem.ts';
import type { Example } from '../../knowledge/classifier/index.ts';

/** What a column may be called, capitals or not. */
const TEXT = ['text', 'subject', 'description', 'body', 'message'];
const CATEGORY = ['category', 'label'];

const DELIMITERS = [',', ';', '\t'];

/**
 * Tickets of a CSV file, numbered by their rows from 1: its text columns together, and the category. The columns may be
 * parted by commas, semicolons or tabs.
 *
 * @throws Problem `train.no-column`
 */
export function examplesIn(csv: string): readonly Example[] {
  const text = csv.replace(/^\uFEFF/, '');
  const [head = [], ...rows] = cellsOf(text, delimiterOf(text));
  const names = head.map((name) => name.trim().toLowerCase());
  const texts = names.flatMap((name, index) => (TEXT.includes(name) ? [index] : []));
  const category = names.findIndex((name) => CATEGORY.includes(name));
  if (texts.length === 0 || category < 0) throw noColumn(head, texts.length === 0 ? TEXT : CATEGORY);
  return rows.flatMap((row, index) => {
    const said = texts.map((column) => row[column]?.trim() ?? '').filter((part) => part !== '');
    const named = row[category]?.trim() ?? '';
    if (said.length === 0 || named === '') return [];
    return [{ ticket: index + 1, text: said.join('\n'), category: named, isCorrected: false }];
  });
}

/** The one that stands most often in the first line. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const times = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.toSorted((one, other) => times(other) - times(one))[0] ?? ',';
}

/** Cells as RFC 4180 has them: in quotes may stand anything, a quote twice. Rows without a cell are left out. */
function cellsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const between = delimiter === '\t' ? '\\t' : delimiter;
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"[^${between}\\r\\n]*|([^${between}\\r\\n]*))(${between}|\\r?\\n|\\r|$)`,
    'gy',
  );
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [, quoted, plain = '', end] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === delimiter) continue;
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}

function noColumn(head: readonly string[], wanted: readonly string[]): Problem {
  return new Problem({
    code: 'train.no-column',
    message: `The file has no column that is called ${wanted.join(', ')}. Its columns are ${head.join(', ') || 'none'}.`,
    fix: 'Write in the first line what the columns are: one or more of text, subject and description, and category.',
  });
}
