import { afterEach, describe, expect, it } from 'vitest';
import { aQuestion, aTestModel } from '../../support/language-models.ts';
import { aModelEndpoint, type ModelEndpoint, type Reply } from '../../support/model-endpoint.ts';

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpointThat(reply: Parameters<typeof aModelEndpoint>[0]): Promise<ModelEndpoint> {
  const endpoint = await aModelEndpoint(reply);
  open.push(endpoint);
  return endpoint;
}

const BILLING = {
  category: 'billing',
  severity: 'medium',
  product: 'Web shop',
  language: 'en',
  sentiment: 'negative',
  frustration: 'annoyed',
  intent: 'wants money back',
  quote: 'left my account twice',
  reason: 'The customer was charged twice.',
};

async function reading(reply: Reply | ((index: number) => Reply), question = aQuestion()) {
  const endpoint = await endpointThat((_, index) => (typeof reply === 'function' ? reply(index) : reply));
  const test = await aTestModel(endpoint);
  return { ...(await test.played(test.model.read(question, {}))), asked: endpoint.asked };
}

describe('a reading', () => {
  it('is what the model says, from the lists alone', async () => {
    expect(await reading({ says: BILLING })).toMatchObject({
      category: 'billing',
      severity: 'medium',
      product: 'Web shop',
      language: 'en',
      sentiment: 'negative',
      frustration: 'annoyed',
      intent: 'wants money back',
      reason: 'The customer was charged twice: “left my account twice”',
      summary: null,
      fields: {},
      usage: { requests: 1, inputTokens: 400, outputTokens: 50, cost: null },
    });
  });
});
