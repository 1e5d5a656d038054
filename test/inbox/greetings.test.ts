import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox } from '../../src/db/schema.ts';
import type { Channel, RawRequest } from '../../src/ports/channel.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';

const seen: RawRequest[] = [];

/** A sender that shakes hands before it sends, and drops what is answered 401. */
const FUSSY: Channel = {
  verify: async ({ headers }) =>
    headers['x-proof'] === 'right' ? { authentic: true } : { authentic: false, reason: 'no proof' },
  deliveryId: () => null,
  parse: () => ({ kind: 'ignored', reason: 'It is nothing.', messages: [] }),
  async greet(request) {
    seen.push(request);
    const isPing = Buffer.from(request.body).toString() === 'ping';
    return isPing ? { status: 200, headers: { 'content-type': 'application/json' }, body: 'pong' } : null;
  },
  greetGet({ address = '' }, { tokens: [token] }) {
    const query = new URL(address).searchParams;
    return query.get('token') === token ? { status: 200, headers: {}, body: query.get('challenge') ?? '' } : null;
  },
  statuses: { 401: 503, 413: 406, 503: 202 },
};

describe('a channel that shakes hands', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    const secrets = { tokens: ['t0ken'], signing: [] };
    const channels = [
      aChannel({ name: 'fussy', maxBytes: 1024, secrets }),
      aChannel({ name: 'fussy-paused', paused: true, secrets }),
      aChannel({ name: 'fussy-unset', secrets: null, missingSecrets: ['FUSSY_TOKEN'] }),
    ];
    server = await aServer(database.connection, { channels, channelOf: () => FUSSY });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  const ask = (path: string, options: RequestInit = {}) => fetch(`${server.address}/hooks/fussy${path}`, options);
  const post = (body: string, proof = 'right') => ask('', { method: 'POST', body, headers: { 'x-proof': proof } });

  it('is answered, and nothing of it is kept', async () => {
    const response = await post('ping');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      'pong',
    ]);
    expect(await database.connection.queries.select().from(inbox)).toEqual([]);
  });

  it('sends messages as any other does', async () => {
    expect((await post('hello')).status).toBe(202);
  });

  it('proves itself first', async () => {
    const before = seen.length;
    expect((await post('ping', 'wrong')).status).toBe(503);
    expect(seen.length).toBe(before);
  });

  it('is refused with the statuses that do it no harm', async () => {
    expect((await post('x'.repeat(1025))).status).toBe(406);
    for (const name of ['fussy-paused', 'fussy-unset']) {
      expect((await fetch(`${server.address}/hooks/${name}`, { method: 'POST', body: 'hello' })).status).toBe(202);
    }
  });

  it('may ask with GET, and who cannot prove itself is told what the address is for', async () => {
    const asked = await ask('?token=t0ken&challenge=4711');
    expect([asked.status, await asked.text()]).toEqual([200, '4711']);
    const stranger = await ask('?token=wrong&challenge=4711');
    expect([stranger.status, await stranger.text()]).toEqual([405, expect.stringContaining('http.post-only')]);
  });

  it('is told the address that it called', async () => {
    await ask('/abc?x=1', { method: 'POST', body: 'ping', headers: { 'x-proof': 'right' } });
    expect(seen.at(-1)?.address).toBe(`${server.address}/hooks/fussy/abc?x=1`);
  });
});
