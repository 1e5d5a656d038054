import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { aQuestion, aTestModel, type TestModel } from '../../support/language-models.ts';
import { aModelEndpoint, modelError, type ModelEndpoint, type Reply } from '../../support/model-endpoint.ts';

/** The longest that a ticket waits for a model. */
const DEADLINE = 20_000;

const GOOD: Reply = {
  says: { category: 'billing', quote: 'left my account twice', reason: 'The customer was charged twice.' },
};

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpointThat(replies: readonly Reply[]): Promise<ModelEndpoint> {
  const endpoint = await aModelEndpoint((_, index) => replies[index] ?? replies.at(-1) ?? GOOD);
  open.push(endpoint);
  return endpoint;
}

/** How a reading ends: with its category, or the code of a problem; after how many requests, and when. */
async function ending(replies: readonly Reply[], wishes: Parameters<typeof aTestModel>[1] = {}) {
  const endpoint = await endpointThat(replies);
  const test = await aTestModel(endpoint, wishes);
  return { ...(await endingOf(test)), requests: endpoint.asked.length, endpoint, test };
}

async function endingOf(
  test: TestModel,
  model = test.model,
): Promise<{ end: string | null; at: number; problem: Problem | null }> {
  try {
    const { category } = await test.played(model.read(aQuestion(), {}));
    return { end: category, at: test.passed(), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { end: error.code, at: test.passed(), problem: error };
  }
}

function retryAfter(seconds: string): Reply {
  return modelError(429, { code: 'rate_limit_exceeded', message: 'Slow down.' }, { 'retry-after': seconds });
}

const FILTERED = modelError(400, { code: 'content_filter', message: 'The response was filtered.' });
const UNREADABLE: Reply = { says: 'I would say this is about money.' };

describe('an endpoint that fails', () => {
  it.each<[string, readonly Reply[], { end: string | null; requests: number; at?: number }]>([
    ['keeps silent', ['silence'], { end: 'model.too-slow', requests: 1, at: DEADLINE }],
    ['drips', ['drip'], { end: 'model.too-slow', requests: 1, at: DEADLINE }],
    ['breaks off each time', ['break off'], { end: 'model.unreachable', requests: 3, at: 2000 }],
    ['breaks off once', ['break off', GOOD], { end: 'billing', requests: 2, at: 500 }],
    ['cuts its answer on the way', ['cut in the middle', GOOD], { end: 'billing', requests: 2, at: 500 }],
    ['answers no JSON', [{ status: 200, body: '{"choices": [' }, GOOD], { end: 'billing', requests: 2 }],
    ['answers something else', [{ status: 200, body: { hello: 1 } }], { end: 'model.unreachable', requests: 3 }],
    [
      'answers with a page',
      [{ status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
      { end: 'model.unreachable', requests: 3 },
    ],
    [
      'does not let us in',
      [modelError(401, { code: 'invalid_api_key' })],
      { end: 'model.not-authorised', requests: 1, at: 0 },
    ],
    ['does not permit the model', [modelError(403, { code: null })], { end: 'model.not-authorised', requests: 1 }],
    ['has no such model', [modelError(404, { code: 'model_not_found' })], { end: 'model.not-found', requests: 1 }],
    [
      'has nothing left to spend',
      [modelError(429, { code: 'insufficient_quota' })],
      { end: 'model.no-credit', requests: 1 },
    ],
    ['wants to be paid', [{ status: 402 }], { end: 'model.no-credit', requests: 1 }],
    [
      'is asked too often',
      [modelError(429, { code: 'rate_limit_exceeded' })],
      { end: 'model.rate-limited', requests: 3, at: 2000 },
    ],
    ['is asked too often for 4 s', [retryAfter('4'), GOOD], { end: 'billing', requests: 2, at: 4000 }],
    [
      'is asked too often until a date',
      [retryAfter('Fri, 20 Nov 2026 10:00:03 GMT'), GOOD],
      { end: 'billing', requests: 2, at: 3000 },
    ],
    ['is asked too often for a minute', [retryAfter('60')], { end: 'model.rate-limited', requests: 1, at: 0 }],
    [
      'is asked too often for 9 s, twice',
      [retryAfter('9'), retryAfter('9'), retryAfter('9')],
      { end: 'model.rate-limited', requests: 3, at: 18_000 },
    ],
    ['is asked too often for 12 s, twice', [retryAfter('12')], { end: 'model.rate-limited', requests: 2, at: 12_000 }],
    ['has a fault of its own', [{ status: 500 }], { end: 'model.unreachable', requests: 3, at: 2000 }],
    ['had a fault of its own', [{ status: 503 }, { status: 502 }, GOOD], { end: 'billing', requests: 3, at: 2000 }],
    [
      'leads elsewhere',
      [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
      { end: 'model.rejected', requests: 1 },
    ],
    ['takes nothing', [modelError(400, { code: 'weird', message: 'No.' })], { end: 'model.rejected', requests: 3 }],
  ])('%s', async (_, replies, expected) => {
    const { end, requests, at } = await ending(replies);
    expect({ end, requests, at }).toEqual({ ...expected, at: expected.at ?? at });
    expect(at).toBeLessThanOrEqual(DEADLINE);
  });

  it('refuses the connection', async () => {
    const gone = await aModelEndpoint(() => GOOD);
    await gone.close();
    const test = await aTestModel(gone);
    expect(await endingOf(test)).toMatchObject({ end: 'model.unreachable', at: 2000 });
    expect(test.ended).toEqual([{ code: 'model.unreachable', isKept: false }]);
  });

  it('is given less time where the config says so', async () => {
    expect(await ending(['silence'], { settings: { timeoutSeconds: 5 } })).toMatchObject({
      end: 'model.too-slow',
      at: 5000,
    });
  });

  it('is not waited for by whoever gives up', async () => {
    const test = await aTestModel(await endpointThat(['silence']));
    const giveUp = new AbortController();
    const reading = test.model.read(aQuestion(), { signal: giveUp.signal });
    giveUp.abort(new Error('the service stops'));
    await expect(reading).rejects.toThrow('the service stops');
  });

  it('names neither the ticket nor the key in what is said of it', async () => {
    const echo = modelError(400, { code: 'x', message: `bad input: ${aQuestion().text} sk-test` });
    const { problem } = await ending([echo]);
    expect(JSON.stringify(problem)).not.toMatch(/left my account|sk-test/);
  });
});

describe('a model that answers badly', () => {
  it.each<[string, readonly Reply[], { end: string | null; requests: number }]>([
    ['refuses', [{ says: null, refusal: 'I cannot help with that.' }], { end: 'model.refused', requests: 1 }],
    ['is kept back by a filter', [{ says: '{"cat', finish: 'content_filter' }], { end: 'model.refused', requests: 1 }],
    ['is not even asked by a filter', [FILTERED], { end: 'model.refused', requests: 1 }],
    ['talks', [UNREADABLE], { end: 'model.unreadable', requests: 2 }],
    ['talks at first', [UNREADABLE, GOOD], { end: 'billing', requests: 2 }],
    ['says nothing', [{ says: '' }], { end: 'model.unreadable', requests: 2 }],
    ['says nothing at first', [{ says: null }, GOOD], { end: 'billing', requests: 2 }],
    ['is cut', [{ says: '{"category": "bil', finish: 'length' }, GOOD], { end: 'billing', requests: 2 }],
    ['fences its answer', [{ says: '```json\n{"category": "bug"}\n```' }], { end: 'bug', requests: 1 }],
    ['talks around its answer', [{ says: 'Sure: {"category": "bug"} Anything else?' }], { end: 'bug', requests: 1 }],
    [
      'thinks aloud',
      [{ says: '<think>{"category": "bug"}?</think>{"category": "question"}' }],
      { end: 'question', requests: 1 },
    ],
    ['gives a list', [{ says: '["billing"]' }, GOOD], { end: 'billing', requests: 2 }],
    ['forgets the category', [{ says: { severity: 'low' } }, GOOD], { end: 'billing', requests: 2 }],
    ['gives the category as a number', [{ says: { category: 1 } }, GOOD], { end: 'billing', requests: 2 }],
    ['invents a category', [{ says: { category: 'refunds' } }, GOOD], { end: 'billing', requests: 2 }],
    ['insists on its category', [{ says: { category: 'refunds' } }], { end: null, requests: 2 }],
    ['invents one, then talks', [{ says: { category: 'refunds' } }, UNREADABLE], { end: null, requests: 2 }],
    ['writes a category in its own way', [{ says: { category: ' Billing ' } }], { end: 'billing', requests: 1 }],
    ['does not know', [{ says: { category: null } }], { end: null, requests: 1 }],
  ])('%s', async (_, replies, expected) => {
    const { end, requests } = await ending(replies);
    expect({ end, requests }).toEqual(expected);
  });

  it('leaves out what is outside the lists, and takes the rest (A-025)', async () => {
    const endpoint = await endpointThat([
      {
        says: {
          category: 'bug',
          severity: 'apocalyptic',
          product: 'Toaster',
          language: 'xx',
          sentiment: 7,
          frustration: 'angry',
          intent: 'wants revenge',
        },
      },
    ]);
    const test = await aTestModel(endpoint);
    expect(await test.played(test.model.read(aQuestion(), {}))).toMatchObject({
      category: 'bug',
      severity: null,
      product: null,
      language: null,
      sentiment: null,
      frustration: 'angry',
      intent: null,
      reason: '',
    });
  });

  it('is told once what was wrong, and gets more room after its answer was cut', async () => {
    const { endpoint } = await ending([{ says: '{"category": "bil', finish: 'length' }, GOOD]);
    const [first, second] = endpoint.asked;
    expect([first?.body.max_tokens, second?.body.max_tokens]).toEqual([600, 4000]);
    expect(second?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(second?.body.messages.at(-1)?.content).toContain('It holds no JSON object that can be read.');
  });
});

describe('an endpoint that failed five times in a row', () => {
  it('is left alone for a minute, and then for longer, until it answers', async () => {
    const down = modelError(401, {});
    const { test, endpoint } = await ending([down, down, down, down, down, down, GOOD]);
    for (let times = 0; times < 4; times += 1) await endingOf(test);
    expect(endpoint.asked).toHaveLength(5);
    expect(await endingOf(test)).toMatchObject({ end: 'model.resting', problem: { retry: { afterSeconds: 60 } } });
    expect(endpoint.asked).toHaveLength(5);
    test.wait(60_000);
    expect(await endingOf(test)).toMatchObject({ end: 'model.not-authorised' });
    expect(await endingOf(test)).toMatchObject({ end: 'model.resting', problem: { retry: { afterSeconds: 120 } } });
    test.wait(120_000);
    expect(await endingOf(test)).toMatchObject({ end: 'billing' });
    expect(endpoint.asked).toHaveLength(7);
  });

  it('is left alone at once for as long as it asks', async () => {
    const { test, endpoint } = await ending([retryAfter('300'), GOOD]);
    expect(await endingOf(test)).toMatchObject({ end: 'model.resting', problem: { retry: { afterSeconds: 300 } } });
    test.wait(300_000);
    expect(await endingOf(test)).toMatchObject({ end: 'billing' });
    expect(endpoint.asked).toHaveLength(2);
  });

  it('is not left alone for tickets that it would not read', async () => {
    const { test, endpoint } = await ending([{ says: null, refusal: 'No.' }]);
    for (let times = 0; times < 6; times += 1) expect(await endingOf(test)).toMatchObject({ end: 'model.refused' });
    expect(endpoint.asked).toHaveLength(7);
  });
});

describe('a budget that is spent', () => {
  it('sends nothing', async () => {
    const spent = new Problem({
      code: 'model.budget-spent',
      message: 'Spent.',
      fix: 'Wait.',
      retry: { afterSeconds: 3600 },
    });
    const { end, requests, test } = await ending([GOOD], { claim: () => Promise.reject(spent) });
    expect([end, requests, test.ended]).toEqual([
      'model.budget-spent',
      0,
      [{ code: 'model.budget-spent', isKept: false }],
    ]);
  });

  it('ends a reading in the middle rather than going over it', async () => {
    let left = 1;
    const spent = new Problem({ code: 'model.budget-spent', message: 'Spent.', fix: 'Wait.' });
    const claim = async () => {
      left -= 1;
      if (left < 0) throw spent;
    };
    expect(await ending([UNREADABLE, GOOD], { claim })).toMatchObject({ end: 'model.budget-spent', requests: 1 });
  });
});

describe('an answer that is known', () => {
  it('is not paid for twice, also after a restart', async () => {
    const { test, endpoint } = await ending([GOOD]);
    const again = await test.again();
    expect(await test.played(again.read(aQuestion(), {}))).toMatchObject({
      category: 'billing',
      usage: { requests: 0 },
    });
    expect(endpoint.asked).toHaveLength(1);
    expect(test.ended.map(({ isKept }) => isKept)).toEqual([false, true]);
  });

  it('is none for another text, another list or another effort', async () => {
    const { test, endpoint } = await ending([GOOD]);
    await test.played(test.model.read(aQuestion({ text: 'Another.' }), {}));
    await test.played(test.model.read(aQuestion({ products: ['Toaster'] }), {}));
    expect(endpoint.asked).toHaveLength(3);
  });

  it('is not kept where there is none', async () => {
    const { test, endpoint } = await ending([{ says: null, refusal: 'No.' }, GOOD]);
    expect(await endingOf(test)).toMatchObject({ end: 'billing' });
    expect(endpoint.asked).toHaveLength(2);
  });
});
