import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import type { Embeddable } from '../../../src/ports/embedder.ts';
import { aTestEmbedder } from '../../support/language-models.ts';
import {
  type AskedOfModel,
  aModelEndpoint,
  modelError,
  type ModelEndpoint,
  type Reply,
} from '../../support/model-endpoint.ts';

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpointThat(reply: (asked: AskedOfModel, index: number) => Reply): Promise<ModelEndpoint> {
  const endpoint = await aModelEndpoint(reply);
  open.push(endpoint);
  return endpoint;
}

function texts(...said: string[]): readonly Embeddable[] {
  return said.map((text) => ({ text, requester: { name: 'Greta Olsen', email: 'greta.olsen@example.com' } }));
}

/** A vector that tells how long the text is. */
function numbersFor(text: string): number[] {
  return [1, text.length / 100, -0.4];
}

/** What `numbersFor` becomes, in steps of a 127th of the largest. */
const HELLO = Int8Array.of(127, 6, -51);
const GOODBYE = Int8Array.of(127, 9, -51);

/** As 32-bit numbers, the lowest byte first. */
function base64(numbers: readonly number[]): string {
  return Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
}

function answer({ body }: AskedOfModel, write: (numbers: number[]) => unknown = (numbers) => numbers): Reply {
  const { input = [] } = body;
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: write(numbersFor(text)) }));
  return { status: 200, body: { object: 'list', data, model: 'm', usage: { prompt_tokens: 9, total_tokens: 9 } } };
}

/** How a call ends: with its vectors, or the code of a problem. */
async function ending(
  reply: (asked: AskedOfModel, index: number) => Reply,
  wishes: Parameters<typeof aTestEmbedder>[1] = {},
  said = texts('Hello', 'Goodbye'),
) {
  const endpoint = await endpointThat(reply);
  const test = await aTestEmbedder(endpoint, wishes);
  try {
    const end = await test.played(test.embedder.embed(said, { seconds: 20 }));
    return { end, endpoint, test, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { end: error.code, endpoint, test, problem: error };
  }
}

/** OpenAI and Azure v1 write base64 when they like; Ollama leaves out what nobody asked for; vLLM adds to it. */
const SERVERS: Record<string, (asked: AskedOfModel) => Reply> = {
  OpenAI: (asked) => answer(asked),
  'Azure v1, in base64 whatever was asked for': (asked) => answer(asked, base64),
  'Ollama, that counts nothing': ({ body }) => ({
    status: 200,
    body: { data: (body.input ?? []).map((text) => ({ embedding: numbersFor(text) })) },
  }),
  'vLLM, with the last first': ({ body }) => {
    const data = (body.input ?? []).map((text, index) => ({ index, object: 'embedding', embedding: numbersFor(text) }));
    return { status: 200, body: { id: 'embd-1', created: 1, data: data.toReversed(), usage: { prompt_tokens: 9 } } };
  },
  'LM Studio, that writes tokens as nothing': ({ body }) => ({
    status: 200,
    body: { data: (body.input ?? []).map((text, index) => ({ index, embedding: numbersFor(text) })), usage: null },
  }),
};

describe('vectors of texts', () => {
  it.each(Object.entries(SERVERS))('come from %s', async (_, reply) => {
    const { end, endpoint, test } = await ending(reply);
    expect(end).toEqual([HELLO, GOODBYE]);
    expect(endpoint.asked.map(({ path, body }) => [path, body])).toEqual([
      ['/v1/embeddings', { model: 'm', input: ['Hello', 'Goodbye'], encoding_format: 'float' }],
    ]);
    expect([test.ended, test.spendings.length]).toEqual([[{ code: null, isKept: false }], 1]);
  });

  it('cost what the endpoint counts', async () => {
    const prices = { input: 2, cachedInput: 2, output: 0, currency: 'EUR' };
    const { test } = await ending((asked) => answer(asked), { settings: { prices } });
    expect(test.spendings).toEqual([{ inputTokens: 9, cachedTokens: 0, outputTokens: 0, cost: 0.000018 }]);
  });

  it('are of masked texts, unless the endpoint is our own', async () => {
    const said = texts('I am Greta Olsen, call +49 30 901820', 'Plain');
    const masked = await ending((asked) => answer(asked), { settings: { mask: true } }, said);
    const plain = await ending((asked) => answer(asked), {}, said);
    expect(masked.endpoint.asked[0]?.body.input).toEqual(['I am [NAME_1], call [PHONE_1]', 'Plain']);
    expect(plain.endpoint.asked[0]?.body.input?.[0]).toBe('I am Greta Olsen, call +49 30 901820');
    const [one, other] = [await masked.test.embedder.space(), await plain.test.embedder.space()];
    expect(one).not.toBe(other);
  });

  it('are not asked of texts that say nothing', async () => {
    const { end, endpoint } = await ending((asked) => answer(asked), {}, texts('\u200b', 'Hello', ' '));
    expect(end).toEqual([null, HELLO, null]);
    expect(endpoint.asked[0]?.body.input).toEqual(['Hello']);
  });

  it('have the length that was asked for, also where the endpoint knows no such wish', async () => {
    const reply = (asked: AskedOfModel) =>
      asked.body.dimensions === undefined
        ? answer(asked)
        : modelError(400, { message: 'Model "m" does not support matryoshka representation' });
    const { end, endpoint, test } = await ending(reply, { settings: { dimensions: 3 } });
    expect(end).toEqual([HELLO, GOODBYE]);
    expect(endpoint.asked.map(({ body }) => body.dimensions)).toEqual([3, undefined]);
    await test.played((await test.again()).embed(texts('Hello'), { seconds: 20 }));
    expect(endpoint.asked.length).toBe(3);
  });
});

describe('a model of vectors that answers badly', () => {
  it.each<[string, (asked: AskedOfModel) => Reply, string]>([
    [
      'with too few',
      ({ body }) => answer({ path: '', headers: {}, body: { ...body, input: ['Hello'] } }),
      'm answered with vectors that cannot be used: 1 vectors came where 2 were asked for.',
    ],
    [
      'with one place twice',
      () => ({ status: 200, body: { data: [1, 1].map((index) => ({ index, embedding: [1, 2] })) } }),
      'm answered with vectors that cannot be used: nobody can tell which vector belongs to which text.',
    ],
    [
      'with different lengths',
      () => ({ status: 200, body: { data: [[1], [1, 2]].map((embedding, index) => ({ index, embedding })) } }),
      'm answered with vectors that cannot be used: they differ in length.',
    ],
    [
      'with what is no number',
      (asked) => answer(asked, () => base64([1, Number.NaN, 3])),
      'm answered with vectors that cannot be used: not all of it is numbers.',
    ],
  ])('%s is not believed', async (_, reply, message) => {
    const { problem } = await ending(reply);
    expect([problem?.code, problem?.message]).toEqual(['model.unreadable', message]);
  });

  it('is refused when its vectors have another length than before, until the config says so', async () => {
    const endpoint = await endpointThat((asked, index) => answer(asked, (row) => (index === 0 ? row : [...row, 1])));
    const test = await aTestEmbedder(endpoint);
    await test.played(test.embedder.embed(texts('Hello'), { seconds: 20 }));
    const later = await test.again();
    await expect(test.played(later.embed(texts('Hello'), { seconds: 20 }))).rejects.toMatchObject({
      code: 'vectors.wrong-dimensions',
      message: 'm answers with vectors of 4 numbers, and not of 3.',
    });
    const told = await test.again({ dimensions: 4 });
    expect(await test.played(told.embed(texts('Hello'), { seconds: 20 }))).toHaveLength(1);
    expect(await told.space()).not.toBe(await later.space());
  });

  it.each([
    ['NaN in its JSON', '{"data": [{"index": 0, "embedding": [NaN]}]}'],
    ['null for a number', { data: [{ index: 0, embedding: [1, null] }] }],
    ['something else', { embedding: [1, 2] }],
  ])('has said nothing with %s', async (_, body) => {
    const { end, endpoint } = await ending(() => ({ status: 200, body }));
    expect([end, endpoint.asked.length]).toEqual(['model.unreachable', 3]);
  });
});

describe('an endpoint that takes less', () => {
  it('of a text gets its beginning, and so from then on', async () => {
    const reply = (asked: AskedOfModel) =>
      asked.body.input?.some(({ length }) => length > 600)
        ? modelError(400, { message: "This model's maximum context length is 128 tokens." })
        : answer(asked);
    const { end, endpoint, test } = await ending(reply, {}, texts('x'.repeat(2000), 'Hello'));
    expect([end.length, endpoint.asked.length]).toEqual([2, 3]);
    await test.played((await test.again()).embed(texts('y'.repeat(1500)), { seconds: 20 }));
    expect(endpoint.asked.at(-1)?.body.input?.[0]?.length).toBe(502);
    expect(endpoint.asked.length).toBe(4);
  });

  it('at a time gets fewer, and so from then on', async () => {
    const reply = (asked: AskedOfModel) =>
      (asked.body.input ?? []).length > 2
        ? { status: 413, body: { error: 'batch size 5 > maximum allowed batch size 2' } }
        : answer(asked);
    const { end, endpoint } = await ending(reply, {}, texts('a', 'b', 'c', 'd', 'e'));
    expect(end).toHaveLength(5);
    expect(endpoint.asked.map(({ body }) => body.input?.length)).toEqual([5, 3, 2, 1, 2]);
  });

  it('and refuses one text by itself has the others', async () => {
    const refuses = ({ body }: AskedOfModel) => body.input?.includes('rude') === true;
    const reply = (asked: AskedOfModel) => (refuses(asked) ? modelError(400, { code: 'rejected' }) : answer(asked));
    const endpoint = await endpointThat(reply);
    const test = await aTestEmbedder(endpoint);
    await test.played(test.embedder.embed(texts('Hello'), { seconds: 20 }));
    const made = await test.played(test.embedder.embed(texts('Hello', 'rude', 'Hello'), { seconds: 20 }));
    expect(made).toEqual([HELLO, null, HELLO]);
  });

  it('and refuses everything from the start is not asked about each text', async () => {
    const { end, endpoint } = await ending(() => modelError(400, { code: 'rejected' }));
    expect([end, endpoint.asked.length]).toEqual(['model.rejected', 1]);
  });
});

describe('an endpoint for vectors that fails', () => {
  const GOOD = answer({ path: '', headers: {}, body: { model: 'm', messages: [], input: ['Hello', 'Goodbye'] } });

  it.each<[string, readonly Reply[], { end: unknown; requests: number; at: number }]>([
    ['keeps silent', ['silence'], { end: 'model.too-slow', requests: 1, at: 20_000 }],
    ['breaks off once', ['break off', GOOD], { end: [HELLO, GOODBYE], requests: 2, at: 500 }],
    ['is down', ['break off'], { end: 'model.unreachable', requests: 3, at: 2000 }],
    [
      'wants to be asked later',
      [modelError(429, { message: 'Slow down.' }, { 'retry-after': '7' }), GOOD],
      { end: [HELLO, GOODBYE], requests: 2, at: 7000 },
    ],
    [
      'wants to be asked much later',
      [modelError(429, { message: 'Slow down.' }, { 'retry-after': '700' })],
      { end: 'model.rate-limited', requests: 1, at: 0 },
    ],
    ['does not let us in', [modelError(401, {})], { end: 'model.not-authorised', requests: 1, at: 0 }],
  ])('%s', async (_, replies, { end, requests, at }) => {
    const result = await ending((_asked, index) => replies[index] ?? replies.at(-1) ?? GOOD);
    expect([result.end, result.endpoint.asked.length, result.test.passed()]).toEqual([end, requests, at]);
  });

  it('says where the config names the model that nobody knows', async () => {
    const { problem } = await ending(() => modelError(404, { code: 'model_not_found' }));
    expect(problem?.fix).toBe(
      'Check learning.embeddings.name in triage.yaml, and OPENAI_BASE_URL, which mostly ends with /v1.',
    );
  });

  it('is left alone after five failures, for a minute', async () => {
    let isDown = true;
    const endpoint = await endpointThat((asked) => (isDown ? { status: 403 } : answer(asked)));
    const test = await aTestEmbedder(endpoint);
    const code = async () =>
      test.played(test.embedder.embed(texts('Hello'), { seconds: 20 })).catch((error: Problem) => error.code);
    for (let call = 0; call < 5; call++) expect(await code()).toBe('model.not-authorised');
    expect([await code(), endpoint.asked.length]).toEqual(['model.resting', 5]);
    isDown = false;
    test.wait(60_000);
    expect(await code()).toEqual([HELLO]);
  });

  it('is not asked when the budget is spent', async () => {
    const spent = new Problem({ code: 'model.budget-spent', message: 'Spent.', fix: 'Wait.' });
    const { end, endpoint } = await ending(() => GOOD, { claim: () => Promise.reject(spent) });
    expect([end, endpoint.asked.length]).toEqual(['model.budget-spent', 0]);
  });
});

describe('a check of a model of vectors', () => {
  it('asks about one harmless text, and tells how long its vectors are', async () => {
    const endpoint = await endpointThat((asked) => answer(asked));
    const test = await aTestEmbedder(endpoint);
    expect(await test.played(test.embedder.check())).toEqual({ dimensions: 3, milliseconds: 0 });
    expect(endpoint.asked.map(({ body }) => body.input)).toEqual([['Hello, when are you open on Saturdays?']]);
  });
});
