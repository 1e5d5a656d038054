import { describe, expect, it } from 'vitest';
import { rowFindingText } from '../../src/config/agent-rows.ts';
import { readArticleRows } from '../../src/config/article-rows.ts';
import { articlesTableOf } from '../../src/config/articles-table.ts';
import { ArticleColumns } from '../../src/config/written/knowledge.ts';
import { shelveConfig } from '../../src/config/shelved.ts';
import { staffConfig } from '../../src/config/staffed.ts';
import type { TableRow } from '../../src/ports/store-tables.ts';
import type { Cell } from '../../src/ports/ticket-store.ts';
import { aConfig } from '../support/config.ts';
import { ON_TABLES } from '../support/agents-table.ts';
import { aStandingConfig } from '../support/live-config.ts';

const LOADED = aConfig({
  ...ON_TABLES,
  'triage.yaml': 'categories: [access]\n',
  'knowledge.yaml': 'articlesTable: Articles\n',
  'articles/refund.md': '---\ntitle: Get a refund\napproved: true\n---\n\nWithin 30 days.\n',
});

const PASSWORD = { Title: 'A new password', Body: 'Choose **Forgot**.', Approved: true, Category: 'access' };

function aRow(values: Readonly<Record<string, Cell>>, id = 'rec1'): TableRow {
  return { id, values };
}

function read(rows: readonly TableRow[]) {
  const table = articlesTableOf({ articlesTable: 'Articles' });
  if (table === null) throw new Error('no table');
  return readArticleRows(table, rows, { categories: ['access'] });
}

describe('the table of articles', () => {
  it('is wanted with title and body, and with columns that have other titles', () => {
    expect(LOADED.tables.map(({ table }) => table)).toEqual(['Articles']);
    expect(LOADED.tables[0]?.columns.filter(({ isNeeded }) => isNeeded).map(({ title }) => title)).toEqual([
      'Title',
      'Body',
    ]);
    const own = articlesTableOf({
      articlesTable: { table: 'Help', columns: { ...ArticleColumns.parse({}), url: 'Page' } },
    });
    expect(own?.wanted.columns.filter(({ isNeeded }) => isNeeded).map(({ title }) => title)).toEqual([
      'Title',
      'Body',
      'Page',
    ]);
  });

  it('holds an article in each row, and none in an empty one', () => {
    const { articles, findings } = read([
      aRow({ ...PASSWORD, Language: 'German', Keywords: 'locked out, forgot', Link: 'https://help.example.com/p' }),
      aRow({ Title: null, Body: null, Approved: false }, 'rec2'),
    ]);
    expect(findings).toEqual([]);
    expect(articles).toMatchObject([
      {
        name: 'rec1',
        title: 'A new password',
        approved: true,
        audience: 'customer',
        category: 'access',
        language: 'de',
        keywords: ['locked out', 'forgot'],
        url: 'https://help.example.com/p',
      },
    ]);
  });

  it('approves nothing that is not ticked, and nothing that is for the team alone', () => {
    const { articles } = read([
      aRow({ Title: 'A', Body: 'a' }),
      aRow({ Title: 'B', Body: 'b', Approved: 'yes' }, 'rec2'),
      aRow({ Title: 'C', Body: 'c', Approved: true, Internal: true }, 'rec3'),
      aRow({ Title: 'D', Body: 'd', Approved: 1 }, 'rec4'),
    ]);
    expect(articles.map(({ title, approved }) => [title, approved])).toEqual([
      ['A', false],
      ['B', false],
      ['C', false],
      ['D', true],
    ]);
  });

  it.each([
    [{ Body: 'b' }, 'Articles, row rec1, Title: the row has no title; write what it is about.'],
    [
      { ...PASSWORD, Category: 'acces' },
      'Articles, row "A new password", Category: "acces" is not a category; did you mean "access"? Allowed: access.',
    ],
    [
      { ...PASSWORD, Link: 'javascript:alert(1)' },
      'Articles, row "A new password", Link: "javascript:alert(1)" is not a web address; write it with https:// before it.',
    ],
    [
      { ...PASSWORD, Language: 'Klingonish' },
      'Articles, row "A new password", Language: "Klingonish" is not a language; write it as de, or as German.',
    ],
  ])('has a row with a mistake mended first: %j', (values, line) => {
    const { articles, findings } = read([aRow(values)]);
    expect(articles).toEqual([]);
    expect(findings.map(rowFindingText)).toEqual([line]);
  });
});

describe('a config with a table of articles', () => {
  function aShelf(rows: readonly TableRow[]) {
    const table = { rows, reads: 0 };
    const memory = { get: async () => null, set: async () => undefined };
    const staffed = staffConfig(aStandingConfig(LOADED), { rows: async () => [], memory });
    const config = shelveConfig(staffed, {
      rows: async () => {
        table.reads += 1;
        return table.rows;
      },
      versionOf: async () => JSON.stringify(table.rows),
    });
    return { table, config };
  }

  it('has the articles of the files, then those of the table, and reads these when they changed', async () => {
    const { table, config } = aShelf([aRow(PASSWORD)]);
    const titles = () => config.current().policy.offers.articles.map(({ title }) => title);
    expect(titles()).toEqual(['Get a refund']);
    await config.catchUp();
    await config.catchUp();
    expect(titles()).toEqual(['Get a refund', 'A new password']);
    expect(table.reads).toBe(1);
    table.rows = [];
    await config.catchUp();
    expect(titles()).toEqual(['Get a refund']);
  });

  it('is the same policy while the rows say the same, and says what is wrong with them', async () => {
    const { config } = aShelf([aRow(PASSWORD), aRow({ Body: 'half an article' }, 'rec2')]);
    await config.catchUp();
    expect(config.current().policy).toBe(config.current().policy);
    expect(config.rowFindings()).toHaveLength(1);
  });
});
