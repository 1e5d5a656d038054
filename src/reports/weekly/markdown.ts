import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { markdownText } from '../markdown-text.ts';
import { type Block, type Cell, documentOf, type ReviewDocument } from './document.ts';
import { readWeekly } from './review.ts';
import type { Week } from './week.ts';

export interface MarkdownAsked {
  config: Pick<LoadedConfig, 'policy'> & { reports: Pick<LoadedConfig['reports'], 'primary'> };
  publicAddress: string | null;
  now: Temporal.Instant;
  week: Week;
}

/** The review of a week in Markdown. */
export async function weeklyMarkdown(queries: Queries, asked: MarkdownAsked): Promise<string> {
  const { config, publicAddress, now, week } = asked;
  const review = await readWeekly(queries, { week, primary: config.reports.primary, now });
  return asMarkdown(documentOf(review, { desk: config.policy.desk, publicAddress }));
}

/** A review as a page of Markdown, for a chat, a wiki or a printer. */
function asMarkdown({ title, about, leading, sections, link }: ReviewDocument): string {
  const change = leading.change === null ? '' : ` ${cellMarkdown(leading.change)}`;
  return `${[
    `# ${markdownText(title)}`,
    markdownText(about),
    `**${markdownText(leading.title)}: ${cellMarkdown(leading.value)}**${change}`,
    ...sections.flatMap((section) => [`## ${markdownText(section.title)}`, ...section.blocks.map(blockMarkdown)]),
    ...(link === null ? [] : [`[Open it in the console](${link})`]),
  ].join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'words':
      return markdownText(block.text);
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
    case 'table':
      return [
        rowMarkdown(block.columns),
        rowMarkdown(block.columns.map(() => '---')),
        ...block.rows.map((cells) => rowMarkdown(cells.map(cellMarkdown))),
      ].join('\n');
  }
}

function rowMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellMarkdown({ text, link = null }: Cell): string {
  return link === null ? markdownText(text) : `[${markdownText(text)}](${link})`;
}
