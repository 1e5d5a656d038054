import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, type Client, createClient } from '../../../connectors/notion/client.ts';
import { createPace } from '../../../connectors/notion/pace.ts';
import { type Shape, Users, Written } from '../../../connectors/notion/wire.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { aClock, type JumpingClock } from '../../support/jumping-clock.ts';

const PAGE = { object: 'page', id: '1f0e1d2c-3b4a-4958-8776-655443322110' };

type Script = (request: IncomingMessage, response: ServerResponse) => void;

describe('the client of Notion', () => {
  let server: Server;
  let script: Script[];
  let seen: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage['headers'];
    body: string;
  }[];
  let ended: number;
  let clock: JumpingClock;
  let spent: number;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);

  beforeEach(async () => {
    [script, seen, spent, ended, clock] = [[], [], 0, 0, aClock()];
    unhandled.splice(0);
    process.on('unhandledRejection', note);
    server = createServer((request, response) => {
      let body = '';
      response.on('close', () => void (ended += 1));
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method, url, headers } = request;
        seen.push({ method, url, headers, body });
        (script.length > 1 ? script.shift() : script[0])?.(request, response);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });

  afterEach(async () => {
    process.off('unhandledRejection', note);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    if (unhandled.length > 0) throw new Error('a promise was left to itself', { cause: unhandled });
  });

  function address(): string {
    const bound = server.address();
    return typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '';
  }

  function aClient(environment: object = {}, timeoutSeconds = 5): Client {
    return createClient(
      { timeoutSeconds },
      {
        environment: { NOTION_TOKEN: 'ntn_secret', NOTION_BASE_URL: `${address()}/`, ...environment },
        meter: { spend: () => void (spent += 1), spentThisMonth: () => spent },
        pace: createPace(clock, 180),
        pause: clock.pause,
      },
    );
  }

  function asked<Value>(shape: Shape<Value>, given: Partial<Asked<Value>> = {}): Asked<Value> {
    return { method: 'get', path: 'pages/x', shape, isRepeatable: true, ...given };
  }

  async function problemOf(asking: Promise<unknown>): Promise<Problem> {
    return asking.then(
      () => {
        throw new Error('it was answered');
      },
      (error: Problem) => error,
    );
  }

  function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
    return (_, response) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  function refusal(status: number, code: string, data: object = {}, headers: Record<string, string> = {}): Script {
    return json(status, { object: 'error', status, code, message: 'Greta Holm', additional_data: data }, headers);
  }

  function html(status: number): Script {
    return (_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
  }

  it('asks with the token and its own version, and says what was answered and when', async () => {
    script = [json(200, PAGE, { date: 'Fri, 20 Nov 2026 10:00:05 GMT' })];
    const query = { filter_properties: ['title', 'f%5C%5C%3Ap'] };
    const answered = await aClient().ask(asked(Written, { method: 'patch', query, body: { in_trash: true } }));
    expect([answered.value.id, String(answered.at)]).toEqual([PAGE.id, '2026-11-20T10:00:05Z']);
    expect(seen).toMatchObject([
      {
        method: 'PATCH',
        url: '/v1/pages/x?filter_properties=title&filter_properties=f%5C%5C%3Ap',
        headers: { authorization: 'Bearer ntn_secret', 'notion-version': '2026-03-11' },
        body: '{"in_trash":true}',
      },
    ]);
    expect(spent).toBe(1);
  });

  it('asks nothing without a token', async () => {
    const problem = await problemOf(aClient({ NOTION_TOKEN: '' }).ask(asked(Written)));
    expect(problem.code).toBe('notion.token-missing');
    expect([seen.length, spent]).toEqual([0, 0]);
  });

  it.each([
    [401, 'unauthorized', 'notion.not-authorised', 'never'],
    [403, 'restricted_resource', 'notion.restricted', 'never'],
    [404, 'object_not_found', 'notion.not-found', 'never'],
    [400, 'validation_error', 'notion.rejected', 'never'],
    [400, 'missing_version', 'notion.rejected', 'never'],
    [409, 'conflict_error', 'notion.conflict', 'later'],
  ])(
    'tells what a %i with %s means, asks once, and leaves its sentence out of ours',
    async (status, code, ours, retry) => {
      script = [refusal(status, code)];
      const problem = await problemOf(aClient().ask(asked(Written)));
      expect(problem).toMatchObject({ code: ours, retry, answer: { status, code, message: 'Greta Holm' } });
      expect(`${problem.message} ${problem.fix}`).not.toContain('Greta');
      expect(seen.length).toBe(1);
    },
  );

  it('keeps what an error says besides its reason', async () => {
    script = [
      refusal(503, 'service_unavailable', { committed_resource_id: PAGE.id }),
      refusal(403, 'restricted_resource', { block_limit: 'block_creation' }),
    ];
    const once = { isRepeatable: false };
    expect(await problemOf(aClient().ask(asked(Written, once)))).toMatchObject({
      code: 'notion.unavailable',
      answer: { savedId: PAGE.id },
    });
    expect(await problemOf(aClient().ask(asked(Written, once)))).toMatchObject({
      code: 'notion.block-limit',
      answer: { isBlockLimit: true },
    });
  });

  it('lets everybody wait as long as a 429 says, in a header or in its body', async () => {
    const reason = { rate_limit_reason: 'public_api_space_request_rate_limit' };
    script = [
      refusal(429, 'rate_limited', reason, { 'retry-after': '95' }),
      refusal(429, 'rate_limited', { ...reason, retry_after: '7' }),
      refusal(529, 'service_overload'),
      json(200, PAGE),
    ];
    const client = aClient();
    for (const seconds of [95, 7, 60]) {
      const problem = await problemOf(client.ask(asked(Written)));
      expect(problem).toMatchObject({ code: 'notion.rate-limited', retry: { afterSeconds: seconds } });
      expect((await problemOf(client.ask(asked(Written)))).retry).toEqual({ afterSeconds: seconds });
      await clock.pause(seconds * 1000);
    }
    await client.ask(asked(Written));
    expect(seen.length).toBe(4);
  });

  it('does not try again what Notion has blocked', async () => {
    script = [refusal(429, 'rate_limited', { rate_limit_reason: 'public_api_request_blocked' })];
    const client = aClient();
    expect(await problemOf(client.ask(asked(Written)))).toMatchObject({ code: 'notion.blocked', retry: 'never' });
    expect((await problemOf(client.ask(asked(Written)))).code).toBe('notion.blocked');
    expect(seen.length).toBe(1);
  });

  it.each([
    ['500', refusal(500, 'internal_server_error'), 'notion.unavailable'],
    [
      '503 of a kind that the package does not know',
      refusal(503, 'database_connection_unavailable'),
      'notion.unavailable',
    ],
    ['502 with a page', html(502), 'notion.unavailable'],
    ['504 without a body', (_, response) => response.writeHead(504).end(), 'notion.unavailable'],
    ['a broken connection', (request) => void request.socket.destroy(), 'notion.unreachable'],
    ['a page in place of an answer', html(200), 'notion.unreadable'],
    ['an answer of another shape', json(200, { results: [] }), 'notion.unreadable'],
  ] as [string, Script, string][])('asks three times after %s, and then later', async (_, answer, code) => {
    script = [answer];
    const before = clock.now();
    expect(await problemOf(aClient().ask(asked(Users)))).toMatchObject({ code, retry: 'later' });
    expect([seen.length, spent]).toEqual([3, 3]);
    expect(clock.now().since(before).total('seconds')).toBe(4);
  });

  it('asks once for what must not be done twice', async () => {
    script = [html(502)];
    await problemOf(aClient().ask(asked(Written, { method: 'post', isRepeatable: false })));
    expect(seen.length).toBe(1);
  });

  it.each([
    ['headers that never come', () => undefined],
    [
      'a body that never ends',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":'),
    ],
  ] as [string, Script][])('gives up on %s, and ends the request itself', async (_, answer) => {
    script = [answer];
    const problem = await problemOf(aClient({}, 0.05).ask(asked(Written, { isRepeatable: false })));
    expect(problem.code).toBe('notion.unreachable');
    await expect.poll(() => ended).toBe(1);
  });

  it('says where nobody listens', async () => {
    const environment = { NOTION_BASE_URL: 'http://127.0.0.1:1' };
    expect(await problemOf(aClient(environment).ask(asked(Written)))).toMatchObject({
      code: 'notion.unreachable',
      fix: expect.stringContaining('NOTION_BASE_URL'),
    });
  });
});
