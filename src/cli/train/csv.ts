import { Problem } from '../../domain/problem.ts';
import { csvRows } from '../../kit/csv.ts';
import type { Example } from '../../knowledge/classifier/index.ts';

/** What a column may be called, capitals or not. */
const TEXT = ['text', 'subject', 'description', 'body', 'message'];
const CATEGORY = ['category', 'label'];

/**
 * Tickets of a CSV file, numbered by their rows from 1: its text columns together, and the category. The columns may be
 * parted by commas, semicolons or tabs.
 *
 * @throws Problem `train.no-column`
 */
export function examplesIn(csv: string): readonly Example[] {
  const [head = [], ...rows] = csvRows(csv).map(({ cells }) => cells);
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

function noColumn(head: readonly string[], wanted: readonly string[]): Problem {
  return new Problem({
    code: 'train.no-column',
    message: `The file has no column that is called ${wanted.join(', ')}. Its columns are ${head.join(', ') || 'none'}.`,
    fix: 'Write in the first line what the columns are: one or more of text, subject and description, and category.',
  });
}
