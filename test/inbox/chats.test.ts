import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inbox } from '../../src/db/schema.ts';
import type { RawRequest } from '../../src/ports/channel.ts';
import { PUBLIC_KEY, signed as signedByDiscord } from '../connectors/discord/discord.ts';
import { signed as signedByIntercom } from '../connectors/intercom/intercom.ts';
import { TOKENS } from '../connectors/mattermost/mattermost.ts';
import { withToken } from '../connectors/telegram/telegram.ts';
import { signed as signedByTwilio } from '../connectors/twilio/twilio.ts';
import { signed as signedByMeta } from '../connectors/whatsapp/whatsapp.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aServer, type TestServer } from '../support/http-server.ts';
import { aChannel } from '../support/live-config.ts';
import { aRequest, recorded } from '../support/recorded.ts';

const CHANNELS = [
  aChannel({ name: 'telegram', kind: 'telegram', secrets: { tokens: ['new-token'], signing: [] }, settings: {} }),
  aChannel({ name: 'discord', kind: 'discord', secrets: { tokens: [], signing: [PUBLIC_KEY] }, settings: {} }),
  aChannel({
    name: 'whatsapp',
    kind: 'whatsapp',
    secrets: { tokens: ['say-this'], signing: ['new-secret'] },
    settings: { template: null },
  }),
  aChannel({
    name: 'sms',
    kind: 'twilio',
    secrets: { tokens: [], signing: ['new-secret'] },
    settings: { account: 'AC0123456789abcdef0123456789abcdef', template: null },
  }),
  aChannel({
    name: 'mattermost',
    kind: 'mattermost',
    secrets: { tokens: TOKENS, signing: [] },
    settings: { server: null, internal: false },
  }),
  aChannel({
    name: 'intercom',
    kind: 'intercom',
    secrets: { tokens: [], signing: ['new-secret'] },
    settings: { admin: null, region: 'us' },
  }),
];

describe('chats at the door', () => {
  let database: TestDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    server = await aServer(database.connection, { channels: CHANNELS });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  /** What a channel answers, and how much it keeps of it. */
  async function post(name: string, ...requests: readonly RawRequest[]): Promise<[(number | string)[], number]> {
    await database.empty();
    const answers: (number | string)[] = [];
    for (const { body, headers } of requests) {
      const given = { method: 'POST', body: Buffer.from(body), headers };
      const response = await fetch(`${server.address}/hooks/${name}`, given);
      answers.push(response.status, await response.text());
    }
    const kept = await database.connection.queries.select().from(inbox);
    return [answers, kept.length];
  }

  it('greet who starts a bot of Telegram, and take a message once', async () => {
    const { message, ...rest } = JSON.parse(Buffer.from(recorded('telegram', 'private').body).toString());
    const start = aRequest('application/json', JSON.stringify({ ...rest, message: { ...message, text: '/start' } }));
    const [[status, text], kept] = await post('telegram', withToken(start));
    expect([status, JSON.parse(String(text)).method, kept]).toEqual([200, 'sendMessage', 0]);
    const request = recorded('telegram', 'private');
    const [answers, times] = await post('telegram', withToken(request), withToken(request), request);
    expect([answers[0], answers[2], answers[4], times]).toEqual([202, 200, 401, 1]);
  });

  it('let Discord find out that wrong signatures are refused, and confirm a command', async () => {
    const ping = aRequest('application/json', '{"type":1,"id":"1","version":1}');
    const probes = [signedByDiscord(ping), signedByDiscord(ping, { isOther: true }), ping];
    const [answers, kept] = await post('discord', ...probes);
    expect([answers[0], answers[1], answers[2], answers[4], kept]).toEqual([200, '{"type":1}', 401, 401, 0]);
    const [[status, text], times] = await post('discord', signedByDiscord(recorded('discord', 'command')));
    expect([status, JSON.parse(String(text)).type, times]).toEqual([200, 4, 1]);
  });

  it('shake hands with Meta, and take a message once', async () => {
    const ask = async (token: string) => {
      const query = `hub.mode=subscribe&hub.challenge=77&hub.verify_token=${token}`;
      const response = await fetch(`${server.address}/hooks/whatsapp?${query}`);
      return [response.status, await response.text()];
    };
    expect([await ask('say-this'), await ask('guess')]).toEqual([
      [200, '77'],
      [403, 'The token is wrong.'],
    ]);
    const request = signedByMeta(recorded('whatsapp', 'text'));
    const [answers, times] = await post('whatsapp', request, request, recorded('whatsapp', 'text'));
    expect([answers[0], answers[2], answers[4], times]).toEqual([202, 200, 401, 1]);
  });

  it('are there for Intercom, which asks with HEAD, and take a conversation once', async () => {
    const asked = await fetch(`${server.address}/hooks/intercom`, { method: 'HEAD' });
    expect([asked.status, await asked.text()]).toEqual([200, '']);
    const request = signedByIntercom(recorded('intercom', 'created'));
    const [answers, times] = await post('intercom', request, request, recorded('intercom', 'created'));
    expect([answers[0], answers[2], answers[4], times]).toEqual([202, 200, 401, 1]);
  });

  it('answer a command of Mattermost with 200, since it shows nothing else', async () => {
    const fields = new URLSearchParams(Buffer.from(recorded('mattermost', 'command').body).toString());
    const command = (change: Record<string, string>) =>
      aRequest(
        'application/x-www-form-urlencoded',
        new URLSearchParams({ ...Object.fromEntries(fields), ...change }).toString(),
      );
    const [answers, kept] = await post('mattermost', command({ text: '' }), command({ token: 'guess' }));
    expect([answers[0], JSON.parse(String(answers[1])).response_type, answers[2], kept]).toEqual([
      200,
      'ephemeral',
      401,
      0,
    ]);
  });

  it('tell Twilio nothing that would become a message, and take one once', async () => {
    const request = signedByTwilio(recorded('twilio', 'sms'), { address: `${server.address}/hooks/sms` });
    const [answers, times] = await post('sms', request, request, signedByTwilio(recorded('twilio', 'sms')));
    expect([answers.slice(0, 4), answers[4], times]).toEqual([[200, '<Response/>', 200, '<Response/>'], 401, 1]);
  });
});
