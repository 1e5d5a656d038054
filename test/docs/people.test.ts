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
