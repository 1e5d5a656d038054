import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/learning.md', import.meta.url), 'utf8');
describe('the page on learning', () => {
  it('has examples that load without a warning', () => {
    const examples = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(examples).toHaveLength(2);
    for (const text of examples) {
      const { warnings } = aConfig({ 'triage.yaml': `categories: [billing, bug]\n${text}` }, { OPENAI_API_KEY: 'k' });
      expect(warnings.filter(({ path }) => path.startsWith('learning'))).toEqual([]);
    }
  });
});
