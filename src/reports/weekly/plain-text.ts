import { oneLine } from '../../domain/sentences/words.ts';
import type { Block, Cell, ReviewDocument } from './document.ts';

/** Rows of a table that a chat shows; the rest is on the page. */
const ROWS_OF_A_CHAT = 5;

/** A review in plain text, whole: what stands beside the HTML of a letter. */
export function asText(review: ReviewDocument): string {
  return written(review, review.sections, Number.POSITIVE_INFINITY);
}

/** What of a review has room in a chat: what leads, what to look at, the key figures and the oldest tickets. */
export function asChat(review: ReviewDocument): string {
  return written(review, review.sections.slice(0, 3), ROWS_OF_A_CHAT * 3);
}

function written(
  { about, leading, link }: ReviewDocument,
  sections: ReviewDocument['sections'],
  mostRows: number,
): string {
  const change = leading.change === null ? '' : `, ${leading.change.text} against the week before`;
  return [
    about,
    `${leading.title}: ${leading.value.text}${change}`,
    ...sections.map(({ title, blocks }) => [title, ...blocks.map((block) => blockText(block, mostRows))].join('\n')),
    ...(link === null ? [] : [`All of it: ${link}`]),
  ].join('\n\n');
}

function blockText(block: Block, mostRows: number): string {
  switch (block.kind) {
    case 'words':
      return oneLine(block.text);
    case 'list':
      return block.items.map((item) => `- ${oneLine(item)}`).join('\n');
    case 'table': {
      const left = block.rows.length - mostRows;
      const rows = block.rows.slice(0, mostRows).map((cells) => `- ${rowText(block.columns, cells)}`);
      return [...rows, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n');
    }
  }
}

/** `Mon 16 Nov: New 3, Resolved 2`: what stands above a column goes with its cells. */
function rowText(columns: readonly string[], [first, ...others]: readonly Cell[]): string {
  const rest = others.map(({ text }, index) => `${columns[index + 1] ?? ''} ${oneLine(text)}`);
  return `${oneLine(first?.text ?? '')}: ${rest.join(', ')}`;
}
