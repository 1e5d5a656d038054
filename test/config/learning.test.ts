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

  it('asks for vectors only where it names a model, with the caps and the mask of the language model', () => {
    const caps = { callsPerDay: 500, callsPerMonth: 10_000, costPerDay: null, costPerMonth: null };
    const alone = aConfig(withLearning('{ embeddings: { name: nomic-embed-text } }'), {
      OPENAI_BASE_URL: 'http://x/v1',
    });
    expect(aConfig({}).embedder).toBeNull();
    expect(alone.embedder).toEqual({
      name: 'nomic-embed-text',
      dimensions: null,
      caps,
      prices: null,
      mask: null,
      maskAlso: [],
    });
    const written = withLearning('{ embeddings: { name: e, dimensions: 256, price: 0.02 } }')['triage.yaml'];
    const model = 'model: { name: m, mask: true, caps: { callsPerDay: 20 } }\n';
    expect(aConfig({ 'triage.yaml': written + model }, { OPENAI_API_KEY: 'k' }).embedder).toMatchObject({
      dimensions: 256,
      caps: { ...caps, callsPerDay: 20 },
      prices: { input: 0.02, output: 0, currency: 'USD' },
      mask: true,
    });
    expect(aConfig(withLearning('{ enabled: false, embeddings: { name: e } }')).embedder).toBeNull();
  });

  it('needs the price of vectors where costs are capped', () => {
    const model = 'model: { name: m, prices: { input: 1, output: 2 }, caps: { costPerDay: 2 } }\n';
    const written = (price: string) => withLearning(`{ embeddings: { name: e${price} } }`)['triage.yaml'] + model;
    const told = (triage: string) =>
      findingsOf({ 'triage.yaml': triage }).filter((line) => line.includes('costPerDay'));
    expect(told(written(''))).toEqual([
      expect.stringContaining('costPerDay cannot be kept while nobody knows what vectors cost'),
    ]);
    expect(told(written(', price: 0'))).toEqual([]);
  });

  it.each([
    ['{ promise: 79% }', 'is less than 80%'],
    ['{ embeddings: { name: e, dimensions: 4 } }', '4 is too little; at least 8'],
    ['{ promise: 100% }', 'is more than 99%'],
    ['{ renamed: { invoices: biling } }', '"biling" is not a category; did you mean "billing"?'],
    ['{ renamed: { access: billing } }', '"access" is still a category'],
  ])('refuses %s', (learning, said) => {
    expect(findingsOf(withLearning(learning)).filter((finding) => !finding.includes('no rule gives'))).toEqual([
      expect.stringContaining(said),
    ]);
  });
});
