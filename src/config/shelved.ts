import type { TableRow } from '../ports/store-tables.ts';
import { type ReadArticles, readArticleRows } from './article-rows.ts';
import type { LoadedConfig } from './live.ts';
import type { StaffedConfig } from './staffed.ts';

interface ShelvedGiven {
  /** The rows of a table of the base, as they were read last. */
  rows(table: string): Promise<readonly TableRow[]>;
  /** Another one whenever the rows say something else. */
  versionOf(table: string): Promise<string>;
}

/** What a config in force comes to with the rows. */
interface Made extends ReadArticles {
  from: LoadedConfig;
  rows: readonly TableRow[];
  config: LoadedConfig;
}

/**
 * The articles of a table of the base are part of every config that is handed out from the first `catchUp` on. The rows
 * are many and long, so that they are only read where they changed.
 */
export function shelveConfig(staffed: StaffedConfig, { rows: rowsOf, versionOf }: ShelvedGiven): StaffedConfig {
  let rows: readonly TableRow[] = [];
  let version: string | null = null;
  let made: Made | null = null;

  function make(from: LoadedConfig): Made | null {
    const { articlesTable } = from;
    if (articlesTable === null) return null;
    if (made !== null && made.from === from && made.rows === rows) return made;
    const read = readArticleRows(articlesTable, rows, from.policy);
    made = { ...read, from, rows, config: shelved(from, read) };
    return made;
  }

  return {
    ...staffed,
    current: () => make(staffed.current())?.config ?? staffed.current(),
    async catchUp() {
      const { articlesTable } = staffed.current();
      const now = articlesTable === null ? null : `${articlesTable.table} ${await versionOf(articlesTable.table)}`;
      if (articlesTable !== null && now !== version) rows = await rowsOf(articlesTable.table);
      version = now;
      return staffed.catchUp();
    },
    rowFindings: () => [...staffed.rowFindings(), ...(make(staffed.current())?.findings ?? [])],
  };
}

/** Those of the files stand first. */
function shelved(from: LoadedConfig, { articles }: ReadArticles): LoadedConfig {
  const { offers } = from.policy;
  return { ...from, policy: { ...from.policy, offers: { ...offers, articles: [...offers.articles, ...articles] } } };
}
