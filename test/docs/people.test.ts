import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/people.md', import.meta.url), 'utf8');

it('docs/people.md has an example that loads, with what the page tells of', () => {
  const [, people = ''] = /```yaml\n# people\.yaml\n([\s\S]*?)```/.exec(PAGE) ?? [];
  const { policy, warnings } = aConfig({ 'people.yaml': people });
  expect(warnings).toEqual([]);
  expect(policy.queues['billing']).toMatchObject({ giveBackMinutes: 240, whenOwnerIsOff: 'return' });
});

it('docs/people.md has an example with a table of agents that loads, and names the columns that are read', () => {
  const [, people = ''] = /```yaml\n# people\.yaml, with a table\n([\s\S]*?)```/.exec(PAGE) ?? [];
  const base = { 'desk.yaml': 'name: Harbour\nstore: { kind: base }\n' };
  const { tables, warnings } = aConfig({ ...base, 'people.yaml': people });
  expect(warnings).toEqual([]);
  const titles = tables.flatMap(({ columns }) => columns.map(({ title }) => title));
  expect(titles.filter((title) => !PAGE.includes(`\`${title}\``))).toEqual([]);
  const [, renamed = ''] = /```yaml\n(agentsTable: \{.*)\n```/.exec(PAGE) ?? [];
  expect(aConfig({ ...base, 'people.yaml': renamed }).tables).toMatchObject([{ table: 'Team' }]);
});
