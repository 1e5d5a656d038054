import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';

describe('the address at which the base calls', () => {
  const heard: RawRequest[] = [];
  const clock = { at: MORNING };
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection, {
      now: () => clock.at,
      news: {
        kind: 'airtable',
        async hear(call) {
          heard.push(call);
          return call.headers['x-airtable-content-mac'] === 'right';
        },
      },
    });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });
  beforeEach(() => {
    heard.splice(0);
    clock.at = clock.at.add({ minutes: 2 });
  });

  function call(given: { path?: string; mac?: string; body?: string } = {}): Promise<Response> {
    const { path = '/stores/airtable/news', mac = 'right', body = '{"base": {"id": "app1"} }' } = given;
    const headers = { 'content-type': 'application/json', 'x-airtable-content-mac': mac };
    return fetch(`${server.address}${path}`, { method: 'POST', headers, body });
  }

  it('answers 204 and nothing else to the base, whose call is heard byte for byte', async () => {
    const response = await call();
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(heard.map(({ body }) => new TextDecoder().decode(body))).toEqual(['{"base": {"id": "app1"} }']);
  });

  it.each([
    ['whose signature is wrong', { mac: 'wrong' }],
    ['of a base that nobody keeps tickets in', { path: '/stores/notion/news' }],
    ['of a kind that there is not', { path: '/stores/constructor/news' }],
  ])('answers 401 to a call %s', async (_, given) => {
    const response = await call(given);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'store.call-not-signed' } });
  });

  it('hears nothing that is larger than any call', async () => {
    const response = await call({ body: 'x'.repeat(100_001) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'store.call-too-large' } });
    expect(heard).toEqual([]);
  });

  it('asks for patience after 600 calls within a minute, whoever makes them', async () => {
    for (let count = 0; count < 600; count += 100) {
      await Promise.all(Array.from({ length: 100 }, () => call({ mac: 'wrong' })));
    }
    const response = await call();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
    clock.at = clock.at.add({ seconds: 1 });
    expect((await call()).status).toBe(204);
  });

  it('is closed where the base was not given it', async () => {
    const without = await aServer(database.connection);
    const response = await fetch(`${without.address}/stores/airtable/news`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    await without.close();
  });
});
