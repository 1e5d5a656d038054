import { afterEach, describe, expect, it } from 'vitest';
import { checkModel } from '../../../src/cli/doctor/model.ts';
import { aConfig } from '../../support/config.ts';
import { aModelEndpoint, modelError, type ModelEndpoint, type Reply } from '../../support/model-endpoint.ts';

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function said(reply: Reply, triage = 'categories: [billing]\nmodel: { name: m }\n') {
  const endpoint = await aModelEndpoint(() => reply);
  open.push(endpoint);
  const config = aConfig({ 'triage.yaml': triage }, { OPENAI_API_KEY: 'k' });
  const checkUps = await checkModel(config, { variables: { OPENAI_BASE_URL: endpoint.address }, connection: null });
  return { asked: endpoint.asked.length, lines: checkUps.map(({ sign, message }) => `${sign}: ${message}`) };
}

describe('what the doctor says of a language model', () => {
  it('is nothing where the config names none', async () => {
    expect(await said({ says: {} }, 'categories: [billing]\n')).toEqual({ asked: 0, lines: [] });
  });

  it('is how its endpoint can be held to the form, after one harmless question', async () => {
    const { asked, lines } = await said({ says: { category: 'question' } });
    expect(asked).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^good: m answered after \d+\.\d s; its endpoint holds it to our form/),
    ]);
  });

  it('is why it does not answer', async () => {
    const { lines } = await said(modelError(401, {}));
    expect(lines).toEqual([expect.stringMatching(/^error: 127\.0\.0\.1:\d+ does not let us in \(401\)\.$/)]);
  });
});
