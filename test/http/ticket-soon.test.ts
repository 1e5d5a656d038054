import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signed, TOKEN } from '../connectors/teams/teams.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aJsonChannel, aServer, type TestServer } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk } from '../support/pipeline.ts';
import { recorded } from '../support/recorded.ts';

describe('a sender that would wait for the ticket', () => {
  const secrets = { tokens: [], signing: [TOKEN] };
  const teams = aChannel({ name: 'teams', kind: 'teams', secrets, settings: { workflow: null } });
  const channels = [aJsonChannel(), teams];
  let database: TestDatabase;
  let server: TestServer;
  /** Whether requests become tickets as they come; at first nobody takes any, and no work from before goes on. */
  const lane = { isOpen: false };
  beforeAll(async () => {
    database = await aDatabase('pglite');
    const desk = aDesk(database.connection, { config: aLiveConfig({ channels }) });
    const wake = async () => void (lane.isOpen && (await desk.pipeline.drainInbox()));
    server = await aServer(database.connection, { channels, wake });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  function post(message: string, headers: Record<string, string>): Promise<Response> {
    const body = JSON.stringify({ email: 'zoe@example.com', message });
    return fetch(`${server.address}/hooks/json/letmein`, { method: 'POST', body, headers });
  }

  it('is told that there is none where it takes longer', async () => {
    const response = await post('Nobody takes this in.', { prefer: 'wait=1' });
    lane.isOpen = true;
    expect([response.status, await response.json()]).toEqual([
      202,
      { id: expect.any(String), number: null, url: null, status: null },
    ]);
  });

  it('learns its number and status, and a repetition those of the first (A-003)', async () => {
    const headers = { 'idempotency-key': 'evt-1', prefer: 'respond-async, wait=5' };
    const first = await post('It is broken.', headers);
    const told: unknown = await first.json();
    expect([first.status, first.headers.get('preference-applied')]).toEqual([200, 'wait']);
    expect(told).toEqual({ id: expect.any(String), number: expect.any(Number), url: null, status: expect.any(String) });
    const again = await post('It is broken.', headers);
    expect([again.status, await again.json()]).toEqual([200, told]);
  });

  it('waits without asking where its chat shows what we say, as Teams does', async () => {
    const { headers, body } = signed(recorded('teams', 'mention'));
    const given = { method: 'POST', headers, body: Buffer.from(body) };
    const first = await fetch(`${server.address}/hooks/teams`, given);
    const told: unknown = await first.json();
    expect(told).toEqual({ type: 'message', text: expect.stringMatching(/^Thank you, we have it as T-\d+\.$/) });
    const again = await fetch(`${server.address}/hooks/teams`, given);
    expect([again.status, await again.json()]).toEqual([200, told]);
  });

  it.each([{}, { prefer: 'wait=0' }, { prefer: 'wait' }, { prefer: 'await=5' }])(
    'is anybody else who does not ask: %j',
    async (headers) => {
      const response = await post(`Hello there. ${JSON.stringify(headers)}`, headers);
      expect([response.status, await response.json()]).toEqual([202, { id: expect.any(String) }]);
    },
  );
});
