import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox } from '../../src/db/schema.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import { signed } from '../connectors/slack/slack.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { withHeaders } from '../support/form-tools.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { aRequest, recorded } from '../support/recorded.ts';

const SECRETS = { tokens: [], signing: ['new-secret'] };

describe('Slack at the door', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    const channels = [aChannel({ name: 'slack', kind: 'slack', secrets: SECRETS, settings: {} })];
    server = await aServer(database.connection, { channels });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  async function post(request: RawRequest): Promise<[number, string]> {
    const body = Buffer.from(request.body);
    const response = await fetch(`${server.address}/hooks/slack`, { method: 'POST', body, headers: request.headers });
    return [response.status, await response.text()];
  }

  it('gets its challenge back, and nothing is kept of it', async () => {
    const handshake = aRequest('application/json', '{"type":"url_verification","challenge":"3eZbrw","token":"x"}');
    expect(await post(signed(handshake))).toEqual([200, '3eZbrw']);
    expect((await post(handshake))[0]).toBe(401);
    expect(await database.connection.queries.select().from(inbox)).toEqual([]);
  });

  it('shows who called a command that we have it, and takes what comes again once', async () => {
    const [status, text] = await post(signed(recorded('slack', 'command')));
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { response_type: 'ephemeral', text: 'Thank you, we have it. The answer comes as a message to you.' },
    ]);
    const again = withHeaders(signed(recorded('slack', 'mention')), { 'x-slack-retry-num': '1' });
    expect([(await post(signed(recorded('slack', 'mention'))))[0], (await post(again))[0]]).toEqual([202, 200]);
    expect((await database.connection.queries.select().from(inbox)).length).toBe(2);
  });
});
