import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

function withLearning(learning: string) {
  return { 'triage.yaml': `categories: [billing, access]\nlearning: ${learning}\n` };
}

describe('learning in triage.yaml', () => {
  it('is on by itself, for nineteen right answers of twenty', () => {
    expect(aConfig({}).learning).toEqual({ isOn: true, promise: 0.95, renamed: {} });
  });

  it('can be switched off, promise otherwise, and know old names', () => {
    const { learning } = aConfig(withLearning('{ enabled: false, promise: 80%, renamed: { invoices: billing } }'));
    expect(learning).toEqual({ isOn: false, promise: 0.8, renamed: { invoices: 'billing' } });
  });

  it.each([
    ['{ promise: 79% }', 'is less than 80%'],
    ['{ promise: 100% }', 'is more than 99%'],
    ['{ renamed: { invoices: biling } }', '"biling" is not a category; did you mean "billing"?'],
    ['{ renamed: { access: billing } }', '"access" is still a category'],
  ])('refuses %s', (learning, said) => {
    expect(findingsOf(withLearning(learning)).filter((finding) => !finding.includes('no rule gives'))).toEqual([
      expect.stringContaining(said),
    ]);
  });
});
