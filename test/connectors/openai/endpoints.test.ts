import { afterEach, describe, expect, it } from 'vitest';
import { createOpenaiModel } from '../../../connectors/openai/model.ts';
import { Problem } from '../../../src/domain/problem.ts';
import type { ModelGiven } from '../../../src/kit/connector.ts';
import { aQuestion, aTestModel, modelSettings } from '../../support/language-models.ts';
import {
  type AskedOfModel,
  aModelEndpoint,
  modelError,
  type ModelEndpoint,
  type Reply,
} from '../../support/model-endpoint.ts';

const GOOD: Reply = { says: { category: 'billing', quote: 'left my account twice', reason: 'It was charged twice.' } };

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function endpointThat(reply: (asked: AskedOfModel) => Reply): Promise<ModelEndpoint> {
  const endpoint = await aModelEndpoint(reply);
  open.push(endpoint);
  return endpoint;
}

function formatOf({ body }: AskedOfModel): string {
  return body.response_format?.type ?? 'text';
}

/** OpenAI with a model that thinks: it takes neither a temperature nor the old name of the limit. */
function openai({ body }: AskedOfModel): Reply {
  if (body.temperature !== undefined) {
    return modelError(400, {
      code: 'unsupported_value',
      param: 'temperature',
      message: "Unsupported value: 'temperature'",
    });
  }
  if (body.max_tokens !== undefined) {
    const message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    return modelError(400, { code: 'unsupported_parameter', param: 'max_tokens', message });
  }
  return GOOD;
}

/** Azure, v1, with a deployment of an older model: only JSON, and its own word for the fault. */
function azure(asked: AskedOfModel): Reply {
  const message = 'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later';
  return formatOf(asked) === 'json_schema' ? modelError(400, { code: 'BadRequest', message }) : GOOD;
}

/** Ollama with a model that thinks: under a form it says nothing, and counts no tokens. */
function ollama(asked: AskedOfModel): Reply {
  if (formatOf(asked) === 'json_schema') return { says: '', usage: null };
  return { says: '<think>Money.</think>\n{"category": "billing"}', usage: null };
}

/** vLLM: what it cannot take it calls so with 400, as a text and with the whole request behind it. */
function vllm(asked: AskedOfModel): Reply {
  if (formatOf(asked) !== 'text') {
    return {
      status: 400,
      body: {
        object: 'error',
        message: `[{'loc': ('body', 'response_format')}, ${JSON.stringify(asked.body)}]`,
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    };
  }
  return GOOD;
}

/** LM Studio: a schema or nothing; JSON alone is refused, as a bare text. */
function lmStudio(asked: AskedOfModel, takesSchemas = true): Reply {
  const refused = { status: 400, body: { error: "'response_format.type' must be 'json_schema' or 'text'" } };
  if (formatOf(asked) === 'json_object') return refused;
  return formatOf(asked) === 'json_schema' && !takesSchemas
    ? { status: 400, body: { error: 'Schema not supported' } }
    : GOOD;
}

describe('the words that an endpoint takes', () => {
  it.each<[string, (asked: AskedOfModel) => Reply, readonly string[], string]>([
    ['OpenAI', openai, ['json_schema', 'json_schema', 'json_schema'], 'json_schema'],
    ['Azure', azure, ['json_schema', 'json_object'], 'json_object'],
    ['Ollama', ollama, ['json_schema', 'json_object'], 'json_object'],
    ['vLLM', vllm, ['json_schema', 'json_object', 'text'], 'text'],
    ['LM Studio', (asked) => lmStudio(asked), ['json_schema'], 'json_schema'],
    ['LM Studio without schemas', (asked) => lmStudio(asked, false), ['json_schema', 'json_object', 'text'], 'text'],
  ])('of %s are found out once, and known after a restart', async (_, reply, formats, level) => {
    const endpoint = await endpointThat(reply);
    const test = await aTestModel(endpoint);
    expect(await test.played(test.model.read(aQuestion(), {}))).toMatchObject({
      category: 'billing',
      usage: { requests: formats.length },
    });
    expect(endpoint.asked.map(formatOf)).toEqual(formats);
    const again = await test.again();
    const second = await test.played(again.read(aQuestion({ text: 'My account was charged two times.' }), {}));
    expect(second).toMatchObject({ category: 'billing', usage: { requests: 1 } });
    expect(endpoint.asked.slice(-1).map(formatOf)).toEqual([level]);
  });

  it('are looked for anew by a check, which says what it found', async () => {
    let isOld = true;
    const question: Reply = { says: { category: 'question' } };
    const endpoint = await endpointThat((asked) =>
      isOld && formatOf(asked) === 'json_schema' ? azure(asked) : question,
    );
    const test = await aTestModel(endpoint);
    expect(await test.played(test.model.check({}))).toEqual({ level: 'json_object', milliseconds: 0 });
    isOld = false;
    expect(await test.played(test.model.check({}))).toEqual({ level: 'json_schema', milliseconds: 0 });
    expect(endpoint.asked.map(formatOf)).toEqual(['json_schema', 'json_object', 'json_schema']);
    expect(JSON.stringify(endpoint.asked)).toContain('when are you open on Saturdays');
  });

  it('are never more than eight requests, however much is refused', async () => {
    const endpoint = await endpointThat(({ body }) => {
      const [param] = ['reasoning_effort', 'temperature', 'max_tokens', 'max_completion_tokens'].filter(
        (name) => name in body,
      );
      return modelError(400, { param: param ?? null, message: 'No.' });
    });
    const test = await aTestModel(endpoint, { settings: { effort: 'low' } });
    await expect(test.played(test.model.read(aQuestion(), {}))).rejects.toThrow('does not take our request');
    expect(endpoint.asked.length).toBeLessThanOrEqual(8);
  });
});

describe('what is sent', () => {
  it('says the lists first and the ticket last, in the strictest form that all servers know', async () => {
    const endpoint = await endpointThat(() => GOOD);
    const test = await aTestModel(endpoint, { settings: { effort: 'low' } });
    const missing = [
      { field: 'order', question: 'Which order?', choices: [] },
      { field: 'browser', question: 'Which browser?', choices: ['Firefox'] },
    ];
    await test.played(test.model.read(aQuestion({ missing, summaryFor: ['billing'] }), {}));
    const [{ body, headers } = { body: null, headers: {} }] = endpoint.asked;
    expect(body).toMatchObject({ model: 'm', temperature: 0, max_tokens: 600, reasoning_effort: 'low' });
    const [system, user] = body?.messages ?? [];
    expect(system?.content).toMatch(/"billing": Invoices, payments that failed, refunds\.[\s\S]*"summary"/);
    expect(user?.content).toMatch(
      /^Further keys[\s\S]*"field_1": "Which order\?"[\s\S]*\nBEGIN ([0-9a-f]{24})\nSubject: Charged twice\n\nHello,[\s\S]*\nEND \1\nAnswer with the JSON object alone/,
    );
    const format = body?.response_format?.json_schema?.schema;
    expect(format).toMatchObject({ type: 'object', additionalProperties: false });
    expect(format?.properties).toMatchObject({
      category: { anyOf: [{ type: 'string', enum: ['billing', 'bug', 'question'] }, { type: 'null' }] },
      field_2: { anyOf: [{ type: 'string', enum: ['Firefox'] }, { type: 'null' }] },
    });
    expect(format).toMatchObject({ required: Object.keys(format?.properties ?? {}) });
    expect(JSON.stringify(format)).not.toMatch(/maxLength|minimum|pattern|\$schema/);
    expect(Object.keys(headers).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
    expect(headers).toMatchObject({ authorization: 'Bearer sk-test', 'user-agent': 'Tabledesk' });
  });

  it('begins alike for all tickets, so that an endpoint need not read it again', async () => {
    const endpoint = await endpointThat(() => GOOD);
    const test = await aTestModel(endpoint);
    await test.played(test.model.read(aQuestion(), {}));
    await test.played(test.model.read(aQuestion({ text: 'Another.' }), {}));
    const [one, other] = endpoint.asked.map(({ body }) => body.messages[0]?.content);
    expect(one).toBe(other);
  });

  it('has 2,000 characters of the ticket, and none that nobody sees', async () => {
    const endpoint = await endpointThat(() => GOOD);
    const test = await aTestModel(endpoint);
    const text = `Re\u200bfund\u202e me\u0007\u{e0041}.\n\n\n\n${'word '.repeat(10_000)}`;
    await test.played(test.model.read(aQuestion({ text }), {}));
    const content = endpoint.asked[0]?.body.messages[1]?.content ?? '';
    expect(content).toContain('\n\nRefund me.\n\nword word');
    expect(content.length).toBeLessThan(2400);
    for (const sign of ['\u200b', '\u202e', '\u0007', '\u{e0041}']) expect(content).not.toContain(sign);
  });

  it('is counted, and costs what the prices say', async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } };
    const endpoint = await endpointThat(() => ({ says: { category: 'bug' }, usage }));
    const prices = { input: 1, cachedInput: 0.1, output: 10, currency: 'EUR' };
    const test = await aTestModel(endpoint, { settings: { prices } });
    const { usage: used } = await test.played(test.model.read(aQuestion(), {}));
    expect(used).toMatchObject({ requests: 1, inputTokens: 1000, outputTokens: 100 });
    expect(used.cost).toBeCloseTo(0.00164, 10);
    expect(test.spendings).toHaveLength(1);
  });

  it('is guessed where the endpoint does not count', async () => {
    const endpoint = await endpointThat(() => ({ says: { category: 'bug' }, usage: null }));
    const test = await aTestModel(endpoint);
    const { usage } = await test.played(test.model.read(aQuestion(), {}));
    expect(usage.inputTokens).toBeGreaterThan(300);
    expect(usage.outputTokens).toBeGreaterThan(3);
  });
});

describe('where it is sent', () => {
  async function asked(environment: ModelGiven['environment']) {
    const calls: { url: string; internal: boolean | undefined; body: string }[] = [];
    const nothing = { get: async () => null, set: async () => undefined };
    const model = await createOpenaiModel(modelSettings(), {
      environment,
      now: () => Temporal.Instant.from('2026-11-20T10:00:00Z'),
      schedule: () => ({ cancel: () => undefined }),
      ask: async (url, { internal, body }) => {
        calls.push({ url, internal, body: Buffer.from(body ?? []).toString() });
        throw new Problem({ code: 'fetch.address-refused', message: 'No.', fix: 'No.' });
      },
      ledger: { claim: async () => undefined, spend: async () => undefined, ended: async () => undefined },
      memory: nothing,
      answers: nothing,
    });
    const code = await model.read(aQuestion({ text: 'Mail greta.olsen@example.com' }), {}).then(
      () => null,
      (error: unknown) => (error instanceof Problem ? error.code : error),
    );
    return { calls, code };
  }

  it('is the public endpoint, which may not lead into our own network', async () => {
    const { calls, code } = await asked({ OPENAI_API_KEY: 'sk-1' });
    expect(calls).toMatchObject([{ url: 'https://api.openai.com/v1/chat/completions', internal: false }]);
    expect(calls[0]?.body).toContain('Mail [EMAIL_1]');
    expect(code).toBe('model.address-refused');
  });

  it.each([
    ['http://localhost:11434/v1', false],
    ['http://ollama:11434/v1/', false],
    ['http://192.168.1.20:1234/v1', false],
    ['http://[::1]:8000/v1', false],
    ['http://gpu.office.lan/v1', false],
    ['https://desk.openai.azure.com/openai/v1/', true],
    ['https://203.0.113.9/v1', false],
    ['https://8.8.8.8/v1', true],
  ])('is %s where the admin says so; masked: %s', async (address, isMasked) => {
    const { calls } = await asked({ OPENAI_BASE_URL: address });
    expect(calls).toMatchObject([{ url: `${address.replace(/\/$/, '')}/chat/completions`, internal: true }]);
    expect(calls[0]?.body.includes('greta.olsen@example.com')).toBe(!isMasked);
  });

  it.each([
    [{}, 'model.no-key'],
    [{ OPENAI_BASE_URL: 'http://models.example.com/v1', OPENAI_API_KEY: 'k' }, 'model.address-refused'],
    [{ OPENAI_BASE_URL: 'localhost:11434' }, 'model.address-refused'],
    [{ OPENAI_BASE_URL: 'https://user:pass@models.example.com/v1' }, 'model.address-refused'],
  ])('is nowhere with %o', async (environment, code) => {
    expect(await asked(environment)).toEqual({ calls: [], code });
  });
});
