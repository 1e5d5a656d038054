import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lostAndFound, readRequest } from '../../src/inbox/lost-and-found.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aJsonChannel, aServer, type TestServer } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk } from '../support/pipeline.ts';

describe.each(ENGINES)('lost and found on %s', (engine) => {
  const channels = [aChannel(), aJsonChannel()];
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase(engine);
    server = await aServer(database.connection, { channels });
    await post('website', 'message=Buy+now&hp_website=spam', 'application/x-www-form-urlencoded');
    await post('json/letmein', '{"broken":', 'application/json');
    await post('json/letmein', '{"message":"A real request"}', 'application/json');
    await post('json/letmein', '\0\u0001', 'application/x-unheard-of');
    await aDesk(database.connection, { config: aLiveConfig({ channels }) }).pipeline.drainInbox();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  async function post(path: string, body: string, type: string): Promise<void> {
    const response = await fetch(`${server.address}/hooks/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(202);
  }

  it('holds what became no ticket, newest first, each with its reason (A-013)', async () => {
    const { items, next } = await lostAndFound(database.connection.queries, { before: null, limit: 10 });
    expect(items.map(({ channel, state, problem }) => [channel, state, problem.code])).toEqual([
      ['json', 'lost', 'request.not-json'],
      ['website', 'ignored', 'inbox.ignored'],
    ]);
    expect(items[1]?.problem.message).toContain('hp_website');
    expect(items[0]).toMatchObject({ size: 10 });
    expect(next).toBeNull();
  });

  it('is read page by page', async () => {
    const first = await lostAndFound(database.connection.queries, { before: null, limit: 1 });
    const second = await lostAndFound(database.connection.queries, { before: first.next, limit: 1 });
    expect(first.items.map((item) => item.state)).toEqual(['lost']);
    expect(second.items.map((item) => item.state)).toEqual(['ignored']);
    expect(second.next).toBeNull();
  });

  it('keeps the request itself, byte for byte', async () => {
    const { items } = await lostAndFound(database.connection.queries, { before: null, limit: 1 });
    const request = await readRequest(database.connection.queries, items[0]?.id ?? '');
    expect(Buffer.from(request?.body ?? []).toString()).toBe('{"broken":');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(await readRequest(database.connection.queries, 'unknown')).toBeNull();
  });
});
