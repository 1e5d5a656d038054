import { describe, expect, it } from 'vitest';
import { ON_TABLES } from '../support/agents-table.ts';
import { aConfig, findingsOf } from '../support/config.ts';

describe('a table of articles', () => {
  it('is one of a base that has tables', () => {
    const files = { 'knowledge.yaml': 'articlesTable: Articles\n' };
    expect(findingsOf(files)).toEqual([
      'error config/knowledge.yaml:1:16 articlesTable: the store "embedded" has no tables beside that of the tickets; write the articles into files, or keep tickets in a base such as Airtable or Notion.',
    ]);
    expect(aConfig({ ...ON_TABLES, ...files }).articlesTable?.table).toBe('Articles');
  });
});
