import type { WantedTable } from '../ports/store-tables.ts';
import { ArticleColumns, type Knowledge } from './written/knowledge.ts';

/** What a row of the table of articles says, by our names for it. */
export type ArticleCell = keyof ArticleColumns;

/** The table of the base in which articles are, and the titles of its columns. */
export interface ArticlesTable {
  table: string;
  titles: ArticleColumns;
  wanted: WantedTable;
}

/** The table that knowledge.yaml names; null where it names none. */
export function articlesTableOf({ articlesTable: written }: Pick<Knowledge, 'articlesTable'>): ArticlesTable | null {
  if (written === undefined) return null;
  const usual = ArticleColumns.parse({});
  const { table, columns: titles } = typeof written === 'string' ? { table: written, columns: usual } : written;
  const isUsual = new Set(Object.values(usual));
  return {
    table,
    titles,
    wanted: {
      table,
      usedFor: 'Articles are read from it, as knowledge.yaml says under articlesTable.',
      columns: Object.values(titles).map((title) => ({
        title,
        // Without the tick of who approved it nothing of the table is shown to customers.
        isNeeded: title === titles.title || title === titles.body || !isUsual.has(title),
        isTicked: false,
      })),
    },
  };
}
