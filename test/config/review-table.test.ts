import { describe, expect, it } from 'vitest';
import { ON_TABLES } from '../support/agents-table.ts';
import { aConfig, findingsOf } from '../support/config.ts';

describe('where the weekly review goes', () => {
  it('is people, or a table of the base, or both', () => {
    expect(findingsOf({ 'reports.yaml': 'weekly: { at: Mon 08:00 }\n' })).toEqual([
      'error config/reports.yaml:1:9 weekly: the weekly review goes to nobody; say under to who gets it, or name a table of your base.',
    ]);
    const { reports } = aConfig({ ...ON_TABLES, 'reports.yaml': 'weekly: { table: Weekly review }\n' });
    expect([reports.weekly?.to, reports.weekly?.table?.table]).toEqual([[], 'Weekly review']);
  });

  it('is no table of a base that has none', () => {
    expect(findingsOf({ 'reports.yaml': 'weekly: { to: lead@example.com, table: Weekly review }\n' })).toEqual([
      'error config/reports.yaml:1:40 weekly.table: the store "embedded" has no tables beside that of the tickets; send the review to people, or keep tickets in a base such as Airtable or Notion.',
    ]);
  });

  it('needs the key of the table, and each column that is called otherwise', () => {
    const named = 'weekly: { table: { table: Reviews, columns: { figure: Name } } }\n';
    const columns = aConfig({ ...ON_TABLES, 'reports.yaml': named }).reports.weekly?.table?.wanted.columns ?? [];
    expect(columns.flatMap(({ title, isNeeded, written }) => (isNeeded ? [[title, written]] : []))).toEqual([
      ['Key', 'key'],
      ['Name', 'line'],
    ]);
  });
});
