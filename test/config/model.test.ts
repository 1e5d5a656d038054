import { describe, expect, it } from 'vitest';
import { aConfig, findingsOf } from '../support/config.ts';

const TRIAGE = `categories: [billing, access]
rules:
  - { name: Money, why: It pays, owner: Ana, when: { text: { mentions: refund } }, then: { category: billing } }
  - { name: Doors, why: It blocks, owner: Ana, when: { text: { mentions: locked } }, then: { category: access } }
`;

function withModel(model: string) {
  return { 'triage.yaml': `${TRIAGE}model: ${model}\n` };
}

function findings(model: string): readonly string[] {
  return findingsOf(withModel(model)).filter((finding) => !finding.includes('OPENAI_API_KEY'));
}

describe('a language model in triage.yaml', () => {
  it('is asked nothing unless the config names one', () => {
    const { policy, model } = aConfig({});
    expect([policy.triage.model, model]).toEqual([null, null]);
  });

  it('needs no more than its name', () => {
    const { policy, model } = aConfig(withModel('{ name: gpt-5-mini }'));
    expect(policy.triage.model).toMatchObject({
      name: 'gpt-5-mini',
      asks: 'when_unsure',
      threshold: 0.8,
      takes: ['severity', 'language', 'product', 'fields'],
      noSummaryOf: [],
      draftsFor: [],
    });
    expect(model).toEqual({
      name: 'gpt-5-mini',
      timeoutSeconds: 20,
      effort: null,
      caps: { callsPerDay: 500, callsPerMonth: 10_000, costPerDay: null, costPerMonth: null },
      prices: null,
      mask: null,
      maskAlso: [],
    });
  });

  it('has its prices, and what else it is not to see', () => {
    const { model } = aConfig(
      withModel(`{ name: m, prices: { input: 0.25, output: 2, currency: EUR }, maskAlso: { customer: 'K-\\d{6}' } }`),
    );
    expect(model?.prices).toEqual({ input: 0.25, cachedInput: 0.25, output: 2, currency: 'EUR' });
    expect(model?.maskAlso.map(({ name, find }) => [name, find('I am K-123456.')])).toEqual([
      ['customer', { start: 5, end: 13 }],
    ]);
  });

  it.each([
    ['{ name: m, categories: { biling: Money. } }', '"biling" is not a category'],
    ['{ name: m, noSummary: [biling] }', '"biling" is not a category'],
    ['{ name: m, drafts: [biling] }', '"biling" is not a category'],
    ['{ name: m, timeout: 21s }', 'is more than 20s'],
    ['{ name: m, caps: { costPerDay: 2 } }', 'costPerDay cannot be kept without prices'],
    ['{ name: m, maskAlso: { order: "(?<=x)y" } }', 'is not a pattern that we can use'],
    ['{ name: m, when: { chanel: website } }', 'chanel'],
    ['{ name: m, when: { category: biling } }', 'biling'],
    ['{ name: m, takes: [priority] }', 'is nothing that it reads'],
  ])('refuses %s', (model, message) => {
    expect(findings(model)).toEqual([expect.stringContaining(message)]);
  });

  it('refuses one that would have nothing to choose from', () => {
    expect(findingsOf({ 'triage.yaml': 'model: { name: m }\n' }).join('\n')).toContain(
      'there are no categories that a model could choose from',
    );
  });

  it('warns where the public endpoint would get no key', () => {
    expect(findingsOf(withModel('{ name: m }'))).toEqual([
      expect.stringMatching(/triage\.yaml:\d+:\d+ .*OPENAI_API_KEY is not set, so that the model is asked nothing/),
    ]);
  });
});
