import { NEVER } from '../decide/condition.ts';
import type { Article } from '../decide/policy.ts';
import { statedLanguage } from '../domain/language.ts';
import type { TableRow } from '../ports/store-tables.ts';
import type { RowFinding } from './agent-rows.ts';
import type { ArticleCell, ArticlesTable } from './articles-table.ts';
import { fixOfName } from './finding.ts';
import { isBlank, listOf, textOf, tickOf } from './row-cells.ts';

/** A text of more letters is no article, and would be a burden for every search. */
const LONGEST_BODY = 50_000;

const LONGEST_TITLE = 200;

/** What was made of the rows. */
export interface ReadArticles {
  articles: readonly Article[];
  findings: readonly RowFinding[];
}

/** The articles that the rows hold. A row with a mistake holds none until it is mended: half an article helps nobody. */
export function readArticleRows(
  table: ArticlesTable,
  rows: readonly TableRow[],
  { categories }: { categories: readonly string[] },
): ReadArticles {
  const read = rows.filter((row) => !isBlank(row)).map((row) => readRow(table, row, categories));
  return {
    articles: read.flatMap(({ article }) => article ?? []),
    findings: read.flatMap(({ findings }) => findings),
  };
}

interface Fault {
  cell: ArticleCell;
  message: string;
  fix: string;
}

function readRow(
  table: ArticlesTable,
  row: TableRow,
  categories: readonly string[],
): { article: Article | null; findings: readonly RowFinding[] } {
  const cellOf = (cell: ArticleCell) => row.values[table.titles[cell]] ?? null;
  const textIn = (cell: ArticleCell) => textOf(cellOf(cell));
  const said = { title: textIn('title'), body: textIn('body'), category: textIn('category'), url: textIn('url') };
  const language = statedLanguage(textIn('language'));
  const faults = faultsOf({ ...said, language: { written: textIn('language'), code: language } }, categories);
  if (faults.length > 0) return { article: null, findings: faults.map((fault) => findingIn(table, row, fault)) };
  const isInternal = tickOf(cellOf('internal')) === true;
  const article: Article = {
    name: row.id,
    title: said.title,
    url: said.url === '' ? null : said.url,
    audience: isInternal ? 'internal' : 'customer',
    approved: tickOf(cellOf('approved')) === true && !isInternal,
    category: said.category === '' ? null : said.category,
    language,
    keywords: listOf(cellOf('keywords')),
    body: said.body,
    when: NEVER,
    place: `${table.table}, row "${said.title}"`,
  };
  return { article, findings: [] };
}

interface Said {
  title: string;
  body: string;
  category: string;
  url: string;
  language: { written: string; code: string | null };
}

function faultsOf({ title, body, category, url, language }: Said, categories: readonly string[]): readonly Fault[] {
  const faults: Fault[] = [];
  if (title === '') faults.push({ cell: 'title', message: 'the row has no title', fix: 'Write what it is about.' });
  if (title.length > LONGEST_TITLE) {
    const message = `the title has more than ${LONGEST_TITLE} letters`;
    faults.push({ cell: 'title', message, fix: 'Say it shorter.' });
  }
  if (body.length > LONGEST_BODY) {
    const message = `the text has more than ${LONGEST_BODY.toLocaleString('en')} letters`;
    faults.push({ cell: 'body', message, fix: 'Make several articles of it.' });
  }
  if (category !== '' && !categories.includes(category)) {
    faults.push({ cell: 'category', message: `"${category}" is not a category`, fix: fixOfName(category, categories) });
  }
  if (url !== '' && !isWebAddress(url)) {
    faults.push({ cell: 'url', message: `"${url}" is not a web address`, fix: 'Write it with https:// before it.' });
  }
  if (language.written !== '' && language.code === null) {
    const message = `"${language.written}" is not a language`;
    faults.push({ cell: 'language', message, fix: 'Write it as de, or as German.' });
  }
  return faults;
}

function isWebAddress(url: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  return protocol === 'https:' || protocol === 'http:';
}

function findingIn({ table, titles }: ArticlesTable, row: TableRow, { cell, message, fix }: Fault): RowFinding {
  const title = textOf(row.values[titles.title] ?? null);
  return { severity: 'error', table, row: title === '' ? row.id : `"${title}"`, column: titles[cell], message, fix };
}
