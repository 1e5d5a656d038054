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
    const known = examples[0]?.text ?? '';
    for (const { file, text } of examples) {
      const desk = 'name: Test desk\nstore: { kind: base }\n';
      const files = { 'desk.yaml': desk, 'customers.yaml': known, [file]: text };
      expect(aConfig(files, { CRM_TOKEN: 'x' }).warnings).toEqual([]);
    }
  });
});
