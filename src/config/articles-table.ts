import { type BaseTable, baseTable } from './base-table.ts';
import { ArticleColumns, type Knowledge } from './written/knowledge.ts';

/** What a row of the table of articles says, by our names for it. */
export type ArticleCell = keyof ArticleColumns;

/** The table of the base in which articles are, and the titles of its columns. */
export type ArticlesTable = BaseTable<ArticleColumns>;

/** The table that knowledge.yaml names; null where it names none. */
export function articlesTableOf({ articlesTable: written }: Pick<Knowledge, 'articlesTable'>): ArticlesTable | null {
  if (written === undefined) return null;
  return baseTable(written, {
    usual: ArticleColumns.parse({}),
    usedFor: 'Articles are read from it, as knowledge.yaml says under articlesTable.',
    guide: 'docs/knowledge.md',
    // Without the tick of who approved it nothing of the table is shown to customers.
    needed: ['title', 'body'],
  });
}
