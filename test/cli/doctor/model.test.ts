import { afterEach, describe, expect, it } from 'vitest';
import { checkModel } from '../../../src/cli/doctor/model.ts';
import { checkVectors } from '../../../src/cli/doctor/vectors.ts';
import type { Connection } from '../../../src/db/connection.ts';
import { modelDays } from '../../../src/db/schema.ts';
import { aDatabase } from '../../support/database.ts';
import { MORNING } from '../../support/builders.ts';
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

describe('what the doctor says of a model of vectors', () => {
  const TRIAGE = 'categories: [billing]\nlearning: { embeddings: { name: e, dimensions: 8 } }\n';

  async function saidOf(reply: Reply, triage = TRIAGE, connection: Connection | null = null) {
    const endpoint = await aModelEndpoint(() => reply);
    open.push(endpoint);
    const config = aConfig({ 'triage.yaml': triage }, { OPENAI_API_KEY: 'k' });
    const variables = { OPENAI_BASE_URL: endpoint.address };
    const checkUps = await checkVectors(config, { variables, connection, now: () => MORNING });
    return checkUps.map(({ sign, message }) => `${sign}: ${message}`);
  }

  function vectorOf(length: number): Reply {
    return { status: 200, body: { data: [{ index: 0, embedding: Array.from({ length }, () => 1) }] } };
  }

  it('is how many numbers its vectors have, or why there are none', async () => {
    expect(await saidOf(vectorOf(8), 'categories: [billing]\n')).toEqual([]);
    expect(await saidOf(vectorOf(8))).toEqual([
      expect.stringMatching(/^good: e answered after \d+\.\d s with a vector of 8 numbers\.$/),
    ]);
    expect(await saidOf(modelError(401, {}))).toEqual([
      expect.stringMatching(/^warning: .* does not let us in \(401\)\. Words alone are learned from and heard\.$/),
    ]);
    expect(await saidOf(vectorOf(9))).toEqual(['error: e answers with vectors of 9 numbers, and not of 8.']);
  });

  it('is whether they are heard, what they took this month, and why the last could not be had', async () => {
    const database = await aDatabase('pglite');
    try {
      const problem = { code: 'model.unreachable', message: 'It could not be reached.', fix: 'Wait.' };
      const failed = { failures: 1, problem, failedAt: MORNING };
      const spent = { day: '2026-11-20', model: 'e', requests: 3, ...failed };
      await database.connection.queries.insert(modelDays).values(spent);
      expect(await saidOf(vectorOf(8), TRIAGE, database.connection)).toEqual([
        expect.stringMatching(
          new RegExp(
            '^good: e answered after .* numbers\\. Vectors of e are learned from the next time\\. They took 4 requests this month\\. ' +
              'The last that could not be had was on 20 November, and words alone were heard: It could not be reached\\.$',
          ),
        ),
      ]);
    } finally {
      await database.drop();
    }
  });
});
