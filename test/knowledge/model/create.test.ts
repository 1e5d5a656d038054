import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../../connectors/index.ts';
import { createCurrentModel } from '../../../src/knowledge/model/create.ts';
import { ask } from '../../../src/kit/ask.ts';
import { aConfig } from '../../support/config.ts';
import { aDatabase, type TestDatabase } from '../../support/database.ts';
import { aQuestion } from '../../support/language-models.ts';
import { aModelEndpoint, type ModelEndpoint } from '../../support/model-endpoint.ts';
import { MORNING } from '../../support/builders.ts';

const TRIAGE = 'categories: [billing, bug]\n';
const ENVIRONMENT = { OPENAI_API_KEY: 'k' };

describe('the language model of the config', () => {
  let database: TestDatabase;
  let endpoint: ModelEndpoint;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    endpoint = await aModelEndpoint(() => ({ says: { category: 'billing' } }));
  });
  afterAll(async () => {
    await endpoint.close();
    await database.drop();
  });

  it('is none, then one, then another, as the files say, and none of them is asked before there is a question', async () => {
    const configOf = (model: string) => aConfig({ 'triage.yaml': `${TRIAGE}${model}` }, ENVIRONMENT);
    const held = { config: configOf('') };
    const kept = new Map<string, unknown>();
    const current = createCurrentModel({
      connection: database.connection,
      connectors: CONNECTORS,
      config: { current: () => held.config },
      environment: { OPENAI_BASE_URL: endpoint.address },
      now: () => MORNING,
      schedule: () => ({ cancel: () => undefined }),
      ask,
      memory: { get: async (name) => kept.get(name) ?? null, set: async (name, value) => void kept.set(name, value) },
    });
    expect(current()).toBeNull();
    held.config = configOf('model: { name: one, caps: { callsPerDay: 1 } }');
    const one = current();
    expect([one?.name, current() === one, await one?.level()]).toEqual(['one', true, null]);
    expect(endpoint.asked).toHaveLength(0);
    expect(await one?.read(aQuestion(), {})).toMatchObject({ category: 'billing', usage: { requests: 1 } });
    expect(await one?.level()).toBe('json_schema');
    expect(await one?.read(aQuestion(), {})).toMatchObject({ category: 'billing', usage: { requests: 0 } });
    await expect(one?.read(aQuestion({ text: 'Other.' }), {})).rejects.toThrow('the 1 requests that a day may have');
    held.config = configOf('model: { name: two }');
    expect(current()?.name).toBe('two');
    expect(endpoint.asked.map(({ body }) => body.model)).toEqual(['one']);
  });
});
