import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox } from '../../src/db/schema.ts';
import { MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aJsonChannel, aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { aClock } from '../support/pipeline.ts';

describe.each(ENGINES)('receiving on %s', (engine) => {
  const clock = aClock();
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase(engine);
    const channels = [
      aChannel({ maxBytes: 200_000 }),
      aChannel({ name: 'paused', paused: true }),
      aChannel({ name: 'slow', perMinute: 6 }),
      aJsonChannel(),
      aJsonChannel({ name: 'unset', secrets: null, missingSecrets: ['JSON_TOKEN'] }),
      aJsonChannel({ name: 'tokenless', secrets: { tokens: [], signing: [] } }),
      aJsonChannel({ name: 'elsewhere', kind: 'carrier_pigeon' }),
    ];
    server = await aServer(database.connection, { channels, now: clock.now });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  function post(
    path: string,
    body: string | URLSearchParams | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${server.address}/hooks/${path}`, { method: 'POST', body, headers });
  }

  async function rowsOf(id: string) {
    const rows = await database.connection.queries.select().from(inbox);
    return rows.filter((row) => row.id === id);
  }

  async function idOf(response: Response): Promise<string> {
    const { id } = (await response.json()) as { id: string };
    return id;
  }

  describe('the answers of a hook', () => {
    it('is 202 with the id of the record', async () => {
      const response = await post('website', new URLSearchParams({ message: 'one' }));
      expect(response.status).toBe(202);
      expect(await rowsOf(await idOf(response))).toMatchObject([{ channel: 'website', state: 'waiting' }]);
    });

    it('is 200 with the same id for a delivery that came before', async () => {
      const first = await post('json/letmein', '{"message":"two"}', { 'idempotency-key': 'key-1' });
      const again = await post('json/letmein', '{"message":"changed"}', { 'idempotency-key': 'key-1' });
      expect([first.status, again.status]).toEqual([202, 200]);
      expect(await idOf(again)).toBe(await idOf(first));
    });

    it.each([
      ['json', 'no token'],
      ['json/wrong', 'a wrong token'],
    ])('is 401 at /hooks/%s, with %s, and says no more', async (path) => {
      const response = await post(path, '{"message":"three"}');
      const text = await response.text();
      expect(response.status).toBe(401);
      expect(text).toContain('request.not-authentic');
      expect(text).not.toMatch(/letmein|no token|one of those/);
    });

    it('is 413 for more bytes than the channel takes, whether they are announced or not', async () => {
      const large = 'x'.repeat(200_001);
      const announced = await post('website', large);
      const stream = new Blob([large]).stream();
      const counted = await fetch(`${server.address}/hooks/website`, {
        method: 'POST',
        body: stream,
        duplex: 'half',
      });
      const fitting = await post('website', 'x'.repeat(200_000), { 'content-type': 'text/plain' });
      expect([announced.status, counted.status, fitting.status]).toEqual([413, 413, 202]);
    });

    it('is 429 over the limit of the channel, and says when there is room again', async () => {
      const answers = [];
      for (let n = 0; n < 8; n += 1) answers.push(await post('slow', `message=${n}`));
      expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202, 202, 202, 202, 429, 429]);
      expect(answers[7]?.headers.get('retry-after')).toBe('10');
      clock.forward({ seconds: 10 });
      expect((await post('slow', 'message=8')).status).toBe(202);
      expect((await post('slow', 'message=9')).status).toBe(429);
    });

    it.each(['nowhere', 'paused', 'unset', 'tokenless/x', 'elsewhere', 'constructor', '__proto__'])(
      'is 503 at /hooks/%s and never 404, and says when to try again',
      async (path) => {
        const response = await post(path, '{"message":"four"}');
        expect(response.status).toBe(503);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await response.text()).toContain('channel.closed');
      },
    );

    it('is remembered for who sets the channel up, without a word of a secret', async () => {
      await post('json/wrong', '{"message":"three"}');
      expect(server.inbox.lastTurnedAway('json')).toEqual({
        at: clock.now(),
        status: 401,
        reason: 'The request could not prove who sent it: the token is not one of those in force.',
      });
      expect(server.inbox.lastTurnedAway('paused')).toBeNull();
    });

    it('names the setting that a closed channel lacks', async () => {
      const response = await post('unset', '{}');
      expect(await response.text()).toContain('it lacks JSON_TOKEN in the environment');
    });

    it('is 405 for anything but POST', async () => {
      const response = await fetch(`${server.address}/hooks/website`);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    });

    it('is a page for a browser', async () => {
      const response = await post('paused', 'message=five', { accept: 'text/html' });
      expect(response.status).toBe(503);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(await response.text()).toContain('The channel paused is closed');
    });
  });

  describe('the record of a request', () => {
    const bodies: readonly (readonly [string, string, Uint8Array])[] = [
      ['emoji and right-to-left text', 'application/json', Buffer.from('{"message":"👩‍💻 שלום"}')],
      ['line ends as they came', 'text/plain', Buffer.from('a\r\nb\nc\rd\r\n')],
      ['bytes that are no UTF-8', 'application/octet-stream', Buffer.from([0, 255, 254, 0x80, 13, 10, 0])],
      ['escapes and order of keys', 'application/json', Buffer.from('{"b":"\\u00e9\\/","2":1,"1":2, "b" : 3}')],
      ['nothing at all', 'text/plain', Buffer.from('')],
    ];
    it.each(bodies)('holds the body byte for byte: %s (A-007)', async (_what, type, body) => {
      const response = await post('website', body.slice(), { 'content-type': type });
      const [row] = await rowsOf(await idOf(response));
      expect(Buffer.from(row?.body ?? []).equals(body)).toBe(true);
      expect(row?.headers['content-type']).toBe(type);
    });

    it('holds headers that tell about the delivery, and none that opens a door', async () => {
      const response = await post('json', '{"message":"six"}', {
        authorization: 'Bearer letmein',
        cookie: 'session=1',
        'x-tabledesk-token': 'letmein',
        'x-telegram-bot-api-secret-token': 'hush',
        'x-api-key': 'hush',
        'typeform-signature': 'sha256=abc',
        'x-webflow-timestamp': '12345',
        'user-agent': 'a test',
        'content-type': 'application/json',
        'accept-language': 'en',
      });
      const [row] = await rowsOf(await idOf(response));
      expect(row?.headers).toEqual({
        'content-type': 'application/json',
        'typeform-signature': 'sha256=abc',
        'x-webflow-timestamp': '12345',
        'user-agent': 'a test',
      });
    });

    it('is kept although nobody knows its type: what cannot be read is found again later (A-002)', async () => {
      const response = await post('website', 'whatever', { 'content-type': 'application/x-unheard-of' });
      expect(response.status).toBe(202);
    });
  });

  describe('a delivery without an id', () => {
    const text = 'message=the same words again';
    const type = { 'content-type': 'application/x-www-form-urlencoded' };

    it('is recognised within ten minutes, even across the edge of a window', async () => {
      clock.set(MORNING.add({ minutes: 69 }));
      const first = await post('website', text, type);
      clock.set(MORNING.add({ minutes: 71 }));
      const again = await post('website', text, type);
      clock.set(MORNING.add({ minutes: 78, seconds: 59 }));
      const late = await post('website', text, type);
      expect([first.status, again.status, late.status]).toEqual([202, 200, 200]);
      expect(await idOf(again)).toBe(await idOf(first));
    });

    it('is recognised by a process whose clock is behind that of the one that had it first', async () => {
      clock.set(MORNING.add({ minutes: 91 }));
      const first = await post('website', 'message=by another clock', type);
      clock.set(MORNING.add({ minutes: 88 }));
      const again = await post('website', 'message=by another clock', type);
      expect([first.status, again.status]).toEqual([202, 200]);
      expect(await idOf(again)).toBe(await idOf(first));
      clock.set(MORNING.add({ minutes: 79 }));
    });

    it('is another one after that, and over another channel, and with another type', async () => {
      clock.set(MORNING.add({ minutes: 79, seconds: 1 }));
      const later = await post('website', text, type);
      const elsewhere = await post('slow', text, type);
      const otherwise = await post('website', text, { 'content-type': 'text/plain' });
      expect([later.status, elsewhere.status, otherwise.status]).toEqual([202, 202, 202]);
    });
  });

  describe('the id that a sender gives', () => {
    it('may be longer than an index takes', async () => {
      const key = { 'idempotency-key': 'k'.repeat(6000) };
      const first = await post('json/letmein', '{"message":"seven"}', key);
      const again = await post('json/letmein', '{"message":"seven"}', key);
      expect([first.status, again.status]).toEqual([202, 200]);
    });

    it('cannot be mistaken for the hash of another request', async () => {
      const first = await post('json/letmein', '{"message":"eight"}');
      const [row] = await rowsOf(await idOf(first));
      const forged = await post('json/letmein', '{"message":"nine"}', { 'idempotency-key': row?.deliveryId ?? '' });
      expect(row?.deliveryId).toMatch(/^sha256:/);
      expect(forged.status).toBe(202);
    });
  });

  it('takes 500 requests at once, 50 of them twice: each is there once, under the id that was told (A-002)', async () => {
    const names = Array.from({ length: 450 }, (_, n) => `burst-${n}`);
    const all = [...names, ...names.slice(0, 50)];
    const answers = await Promise.all(
      all.map(async (name) => {
        const response = await post('json/letmein', '{"message":"ten"}', { 'idempotency-key': name });
        return { name, status: response.status, id: await idOf(response) };
      }),
    );
    const rows = await database.connection.queries.select().from(inbox);
    const stored = new Map(rows.map((row) => [row.deliveryId, row.id]));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(450);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    for (const { name, id } of answers) expect(stored.get(`id:${name}`)).toBe(id);
    expect(rows.filter((row) => row.deliveryId.startsWith('id:burst-'))).toHaveLength(450);
  }, 60_000);

  it('never logs a token or a body', async () => {
    await post('json/letmein', '{"message":"hidden words"}');
    await post('json/wrong-token', '{"message":"hidden words"}', { authorization: 'Bearer hidden-bearer' });
    expect(server.log.join('')).not.toMatch(/letmein|wrong-token|hidden/);
  });
});
