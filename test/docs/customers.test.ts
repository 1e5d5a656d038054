import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aConfig } from '../support/config.ts';

const PAGE = readFileSync(new URL('../../docs/customers.md', import.meta.url), 'utf8');

describe('the page on customers', () => {
  const examples = [...PAGE.matchAll(/```yaml\n# (\w+\.yaml)\n([\s\S]*?)```/g)].map(([, file = '', text = '']) => ({
    file,
    text,
  }));

  it('has examples that load without a warning', () => {
    expect(examples.map(({ file }) => file)).toEqual([
      'customers.yaml',
      'triage.yaml',
      'customers.yaml',
      'customers.yaml',
    ]);
    for (const { file, text } of examples) {
      const files = { 'desk.yaml': 'name: Test desk\nstore: { kind: base }\n', [file]: text };
      expect(aConfig(files, { CRM_TOKEN: 'x' }).warnings).toEqual([]);
    }
  });
});
