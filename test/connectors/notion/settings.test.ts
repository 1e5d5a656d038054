import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../../connectors/notion/plan.ts';
import { NotionSettings } from '../../../connectors/notion/settings.ts';

const DATA_SOURCE = '1f0e1d2c-3b4a-4958-8776-655443322110';

describe('settings of a Notion database', () => {
  it('need nothing but the data source', () => {
    expect(NotionSettings.parse({ dataSource: DATA_SOURCE })).toEqual({
      dataSource: DATA_SOURCE,
      columns: {},
      plan: 'free',
      timeoutSeconds: 60,
    });
  });

  it('take the id without hyphens, too', () => {
    expect(NotionSettings.safeParse({ dataSource: DATA_SOURCE.replaceAll('-', '') }).success).toBe(true);
  });

  it.each([
    ['a name for a data source', { dataSource: 'Tickets' }],
    ['a plan that does not exist', { dataSource: DATA_SOURCE, plan: 'team' }],
    ['a key that nobody knows', { dataSource: DATA_SOURCE, token: 'ntn' }],
  ])('refuse %s', (_, settings) => {
    expect(NotionSettings.safeParse(settings).success).toBe(false);
  });
});

describe('the budget of a plan', () => {
  it.each([
    ['free', 180],
    ['plus', 180],
    ['business', 600],
    ['enterprise', 600],
  ] as const)('knows what %s allows in a minute', (plan, requests) => {
    expect(budgetOf({ plan }).requestsPerMinute).toBe(requests);
  });

  it('spends little of it on looking for edits', () => {
    const { requestsPerMinute, pollSeconds } = budgetOf({ plan: 'free' });
    expect(60 / pollSeconds.busy / requestsPerMinute).toBeLessThan(0.02);
  });
});
