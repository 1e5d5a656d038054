import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, type Client, createClient } from '../../../connectors/airtable/client.ts';
import { createPace } from '../../../connectors/airtable/pace.ts';
import { Account, Page, type Shape } from '../../../connectors/airtable/wire.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { aClock, type JumpingClock } from '../../support/jumping-clock.ts';

const WHO = { id: 'usrAAAAAAAAAAAAAA', email: 'robot@example.com' };

type Script = (request: IncomingMessage, response: ServerResponse) => void;

describe('the client', () => {
  let server: Server;
  let script: Script[];
  let seen: { method: string | undefined; url: string | undefined; token: string | undefined; body: string }[];
  let clock: JumpingClock;
  let spent: number;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);

  beforeEach(async () => {
    [script, seen, spent, clock] = [[], [], 0, aClock()];
    unhandled.splice(0);
    process.on('unhandledRejection', note);
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method, url, headers } = request;
        seen.push({ method, url, token: headers.authorization, body });
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
      { base: 'appAAAAAAAAAAAAAA', timeoutSeconds },
      {
        environment: { AIRTABLE_TOKEN: 'pat.secret', AIRTABLE_ENDPOINT_URL: address(), ...environment },
        meter: { spend: () => void (spent += 1), spentThisMonth: () => spent },
        pace: createPace(clock),
        pause: clock.pause,
      },
    );
  }

  function asked<Value>(shape: Shape<Value>, given: Partial<Asked<Value>> = {}): Asked<Value> {
    return { kind: 'schema', method: 'GET', path: '/whoami', shape, isRepeatable: true, ...given };
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

  function html(status: number): Script {
    return (_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
  }

  it('asks with the token, and says what was answered and when', async () => {
    script = [json(200, WHO, { date: 'Fri, 20 Nov 2026 10:00:05 GMT' })];
    const answered = await aClient().ask(asked(Account));
    expect(answered.value).toEqual(WHO);
    expect(String(answered.at)).toBe('2026-11-20T10:00:05Z');
    expect(seen).toEqual([{ method: 'GET', url: '/v0/meta/whoami?', token: 'Bearer pat.secret', body: '' }]);
    expect(spent).toBe(1);
  });

  it('asks the base for rows, with a body', async () => {
    script = [json(200, WHO)];
    const given = { kind: 'rows', method: 'POST', path: '/tblA/listRecords', body: { pageSize: 100 } } as const;
    await aClient({ AIRTABLE_ENDPOINT_URL: `${address()}/` }).ask(asked(Account, given));
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/v0/appAAAAAAAAAAAAAA/tblA/listRecords?',
      body: '{"pageSize":100}',
    });
  });

  it('asks nothing without a token', async () => {
    const problem = await problemOf(aClient({ AIRTABLE_TOKEN: '' }).ask(asked(Account)));
    expect(problem.code).toBe('airtable.token-missing');
    expect(problem.fix).toContain('AIRTABLE_TOKEN');
    expect([seen.length, spent]).toEqual([0, 0]);
  });

  it.each([
    [
      401,
      { error: { type: 'AUTHENTICATION_REQUIRED', message: 'Authentication required' } },
      'airtable.not-authorised',
    ],
    [403, { error: { type: 'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND', message: 'x' } }, 'airtable.no-access'],
    [403, { error: { type: 'INVALID_PERMISSIONS', message: 'x' } }, 'airtable.locked'],
    [404, { error: 'NOT_FOUND' }, 'airtable.not-found'],
    [413, { error: { type: 'REQUEST_TOO_LARGE' } }, 'airtable.rejected'],
    [422, { error: { type: 'UNKNOWN_FIELD_NAME', message: 'Unknown field name: "x"' } }, 'airtable.rejected'],
  ])('tells what a %i with %j means, and asks once', async (status, body, code) => {
    script = [json(status, body)];
    const problem = await problemOf(aClient().ask(asked(Account)));
    expect(problem).toMatchObject({ code, retry: 'never' });
    expect(seen.length).toBe(1);
  });

  it('keeps the reason of a refusal, and leaves its sentence out of ours', async () => {
    script = [json(422, { error: { type: 'INVALID_VALUE_FOR_COLUMN', message: 'Cannot parse "Greta Holm"' } })];
    const problem = await problemOf(aClient().ask(asked(Account)));
    expect(problem).toMatchObject({
      message: 'Airtable refuses GET /whoami (422 INVALID_VALUE_FOR_COLUMN).',
      answer: { status: 422, type: 'INVALID_VALUE_FOR_COLUMN', message: 'Cannot parse "Greta Holm"' },
    });
  });

  it('tells the two meanings of 429 apart, and pauses for the first', async () => {
    script = [
      json(429, { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded.' }] }),
      json(200, WHO),
      json(429, { errors: [{ error: 'PUBLIC_API_BILLING_LIMIT_EXCEEDED', message: 'API billing plan limit.' }] }),
    ];
    const client = aClient();
    const rows = { kind: 'rows' } as const;
    expect((await problemOf(client.ask(asked(Account, rows)))).code).toBe('airtable.rate-limited');
    expect((await problemOf(client.ask(asked(Account, rows)))).retry).toEqual({ afterSeconds: 30 });
    expect(seen.length).toBe(1);
    await clock.pause(30_000);
    await client.ask(asked(Account, rows));
    expect(await problemOf(client.ask(asked(Account, rows)))).toMatchObject({
      code: 'airtable.month-spent',
      retry: { afterSeconds: 3600 },
    });
    expect((await problemOf(client.ask(asked(Account, rows)))).code).toBe('airtable.month-spent');
    expect(seen.length).toBe(3);
  });

  it('asks for the schema again after the pause', async () => {
    script = [json(429, { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'x' }] }), json(200, WHO)];
    const client = aClient();
    await clock.pause(1000);
    const before = clock.now();
    await client.ask(asked(Account));
    expect(clock.now().since(before).total('seconds')).toBe(30);
  });

  it.each([
    ['500', json(500, { error: { type: 'SERVER_ERROR', message: 'x' } }), 'airtable.unavailable'],
    ['502 with a page', html(502), 'airtable.unavailable'],
    ['503 without a body', (_, response) => response.writeHead(503).end(), 'airtable.unavailable'],
    ['504 with a page', html(504), 'airtable.unavailable'],
    ['a broken connection', (request) => void request.socket.destroy(), 'airtable.unreachable'],
  ] as [string, Script, string][])('asks three times after %s, and then later', async (_, answer, code) => {
    script = [answer];
    const client = aClient();
    await clock.pause(1000);
    const before = clock.now();
    expect(await problemOf(client.ask(asked(Account)))).toMatchObject({ code, retry: 'later' });
    expect([seen.length, spent]).toEqual([3, 3]);
    expect(clock.now().since(before).total('seconds')).toBe(4);
  });

  it('is content with the second answer', async () => {
    script = [html(502), json(200, WHO)];
    expect((await aClient().ask(asked(Account))).value).toEqual(WHO);
  });

  it('asks once for what must not be done twice', async () => {
    script = [html(502)];
    await problemOf(aClient().ask(asked(Account, { isRepeatable: false })));
    expect(seen.length).toBe(1);
  });

  it.each([
    ['a page in place of an answer', html(200)],
    ['an answer of another shape', json(200, { records: [] })],
    ['a list', json(200, [])],
  ])('does not believe %s', async (_, answer) => {
    script = [answer];
    expect(await problemOf(aClient().ask(asked(Account)))).toMatchObject({
      code: 'airtable.unreadable',
      retry: 'later',
    });
  });

  it('does not take rows under the names of fields for empty ones', async () => {
    const record = { id: 'recAAAAAAAAAAAAAA', createdTime: '2026-11-20T10:00:00.000Z', fields: { Status: 'Open' } };
    script = [json(200, { records: [record] })];
    const asking = aClient().ask(asked(Page, { kind: 'rows' }));
    expect((await problemOf(asking)).code).toBe('airtable.unreadable');
  });

  it('gives up on a body that never ends, and on its connection, which would keep the process', async () => {
    const ended: Promise<unknown>[] = [];
    script = [
      (request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
        ended.push(once(request.socket, 'close'));
      },
    ];
    const problem = await problemOf(aClient({}, 0.05).ask(asked(Account, { isRepeatable: false })));
    expect(problem.code).toBe('airtable.unreachable');
    await Promise.all(ended);
  });

  it('gives up on headers that never come', async () => {
    script = [() => undefined];
    const problem = await problemOf(aClient({}, 0.05).ask(asked(Account, { isRepeatable: false })));
    expect(problem.code).toBe('airtable.unreachable');
  });

  it('says where nobody listens', async () => {
    const environment = { AIRTABLE_ENDPOINT_URL: 'http://127.0.0.1:1' };
    expect(await problemOf(aClient(environment).ask(asked(Account)))).toMatchObject({
      code: 'airtable.unreachable',
      fix: expect.stringContaining('AIRTABLE_ENDPOINT_URL'),
    });
  });
});
