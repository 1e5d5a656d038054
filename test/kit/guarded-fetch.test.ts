import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { type Fetched, guardedFetch, type GuardedRequest } from '../../src/kit/guarded-fetch.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a test lets a request take. */
const USUAL: GuardedRequest = { maxBytes: 1000, timeoutSeconds: 20, maxRedirects: 3 };

/** This machine, which only a test may reach, under any name. */
const HERE: GuardedRequest = {
  ...USUAL,
  mayConnect: (address) => address === '127.0.0.1',
  resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
};

describe('a guarded request', () => {
  let port: number;
  let handler: Handler;
  let seen: { url: string; headers: IncomingMessage['headers']; method: string; body: string }[];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers, method = '' } = request;
      seen.push({ url, headers, method, body: Buffer.concat(chunks).toString() });
      handler(request, response);
    });
  });
  beforeEach(async () => {
    seen = [];
    handler = (_request, response) => response.end('hello');
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const at = (host: string, path = '/') => `http://${host}:${port}${path}`;

  it('brings back status, headers and bytes', async () => {
    handler = (_request, response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('gone');
    const answer = await guardedFetch(at('files.example', '/a?b=c'), HERE);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(answer.body.toString()).toBe('gone');
    expect(seen[0]?.url).toBe('/a?b=c');
    expect(seen[0]?.headers.host).toBe(`files.example:${port}`);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '017700000001', '0'])(
    'never gets to this machine by the name %s',
    async (host) => {
      expect(await problemOf(guardedFetch(at(host), USUAL))).toBe('fetch.address-refused');
      expect(seen).toEqual([]);
    },
  );

  it.each(['10.0.0.1', '192.168.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::7f00:1'])(
    'never gets to %s by a name that leads there',
    async (address) => {
      const resolve = () => Promise.resolve([{ address, family: address.includes(':') ? 6 : 4 }]);
      expect(await problemOf(guardedFetch(at('rebound.example'), { ...USUAL, resolve }))).toBe('fetch.address-refused');
    },
  );

  it.each(['ftp://files.example/a', 'file:///etc/passwd', 'data:text/plain,a', 'javascript:1', 'files.example/a', ''])(
    'asks nothing of what is no web address: “%s”',
    async (address) => expect(await problemOf(guardedFetch(address, HERE))).toBe('fetch.address-refused'),
  );

  it('connects to the address that was checked, although the name leads elsewhere a moment later', async () => {
    const answers = ['127.0.0.1', '127.0.0.2'];
    const resolve = () => Promise.resolve([{ address: answers.shift() ?? '127.0.0.3', family: 4 }]);
    const checked: string[] = [];
    const mayConnect = (address: string) => checked.push(address) > 0;
    expect((await guardedFetch(at('rebinding.example'), { ...USUAL, resolve, mayConnect })).body.toString()).toBe(
      'hello',
    );
    expect(checked).toEqual(['127.0.0.1']);
    expect(answers).toEqual(['127.0.0.2']);
  });

  it('takes of several addresses only those that may be connected to', async () => {
    const both = ['10.0.0.1', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const answer = await guardedFetch(at('two.example'), { ...HERE, resolve: () => Promise.resolve(both) });
    expect(answer.status).toBe(200);
  });

  it('asks whether it may with the port, also where the address names none', async () => {
    const asked: number[] = [];
    const mayConnect = (_address: string, ofPort: number) => asked.push(ofPort) < 0;
    await problemOf(guardedFetch('http://a.example/', { ...HERE, mayConnect }));
    await problemOf(guardedFetch('https://a.example/', { ...HERE, mayConnect }));
    await problemOf(guardedFetch(at('a.example'), { ...HERE, mayConnect }));
    expect(asked).toEqual([80, 443, port]);
  });

  it('follows redirects, relative ones too, and says where it ended', async () => {
    handler = (request, response) =>
      request.url === '/end'
        ? response.end('there')
        : response.writeHead(302, { location: request.url === '/' ? 'next' : '/end' }).end();
    const answer = await guardedFetch(at('a.example'), HERE);
    expect(answer.body.toString()).toBe('there');
    expect(answer.url).toBe(at('a.example', '/end'));
  });

  it('checks where each redirect leads', async () => {
    const resolve = (host: string) =>
      Promise.resolve([{ address: host === 'inside.example' ? '10.0.0.1' : '127.0.0.1', family: 4 }]);
    for (const location of [at('inside.example'), 'http://169.254.169.254/latest', 'http://[::1]/', 'file:///etc']) {
      handler = (_request, response) => response.writeHead(307, { location }).end();
      expect(await problemOf(guardedFetch(at('a.example'), { ...HERE, resolve }))).toBe('fetch.address-refused');
    }
    expect(seen).toHaveLength(4);
  });

  it('gives up after as many redirects as it may follow', async () => {
    handler = (_request, response) => response.writeHead(301, { location: '/' }).end();
    expect(await problemOf(guardedFetch(at('a.example'), HERE))).toBe('fetch.too-many-redirects');
    expect(seen).toHaveLength(4);
  });

  it('keeps headers that were meant for one origin from every other', async () => {
    handler = (request, response) => {
      if (request.url === '/end') response.end();
      else response.writeHead(302, { location: request.url === '/' ? '/same' : at('b.example', '/end') }).end();
    };
    await guardedFetch(at('a.example'), { ...HERE, headers: { authorization: 'Bearer secret' } });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret', undefined]);
  });

  it('posts a body, and follows no redirect with it', async () => {
    handler = (_request, response) => response.writeHead(307, { location: '/again' }).end();
    const answer = await guardedFetch(at('a.example'), { ...HERE, method: 'POST', body: Buffer.from('{"a":1}') });
    expect(answer.status).toBe(307);
    expect(seen.map(({ method, body }) => [method, body])).toEqual([['POST', '{"a":1}']]);
  });

  it('reads an answer of just the size that it may have, and no longer one', async () => {
    handler = (_request, response) => response.end(Buffer.alloc(1000));
    expect((await guardedFetch(at('a.example'), HERE)).body.length).toBe(1000);
    handler = (_request, response) => response.end(Buffer.alloc(1001));
    expect(await problemOf(guardedFetch(at('a.example'), HERE))).toBe('fetch.too-large');
  });

  it('stops reading an answer that does not say how long it is', async () => {
    handler = (_request, response) => {
      const send = () => response.write(Buffer.alloc(600), () => response.destroyed || setImmediate(send));
      send();
    };
    expect(await problemOf(guardedFetch(at('a.example'), HERE))).toBe('fetch.too-large');
  });

  it('gives up an answer that does not come, or does not end', async () => {
    handler = () => undefined;
    expect(await problemOf(guardedFetch(at('a.example'), { ...HERE, timeoutSeconds: 0.1 }))).toBe('fetch.too-slow');
    handler = (_request, response) => response.write('half');
    expect(await problemOf(guardedFetch(at('a.example'), { ...HERE, timeoutSeconds: 0.1 }))).toBe('fetch.too-slow');
  });

  it('gives up a name server that keeps silent', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const asked = { ...HERE, resolve, timeoutSeconds: 0.1 };
    expect(await problemOf(guardedFetch(at('a.example'), asked))).toBe('fetch.too-slow');
  });

  it('says that it may pass when a host is not known, or breaks off', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    const unknown = await guardedFetch(at('nowhere.example'), { ...HERE, resolve }).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'fetch.unreachable', retry: 'later' });
    handler = (_request, response) =>
      response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
    expect(await problemOf(guardedFetch(at('a.example'), HERE))).toBe('fetch.unreachable');
  });

  it('names the host and nothing else of the address, which may hold a secret', async () => {
    const asked = guardedFetch('http://user:password@10.0.0.1/path?token=secret', USUAL);
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).toContain('10.0.0.1');
    expect(JSON.stringify(error)).not.toMatch(/password|path|secret/);
  });
});

async function problemOf(asked: Promise<Fetched>): Promise<string> {
  try {
    return `answered ${(await asked).status}`;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
