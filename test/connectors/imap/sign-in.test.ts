import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImapChannel } from '../../../connectors/imap/channel.ts';
import { ImapSettings } from '../../../connectors/imap/settings.ts';
import { ask } from '../../../src/kit/ask.ts';
import type { ChannelGiven } from '../../../src/kit/connector.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { anImapServer, type ImapServer } from '../../support/imap-server.ts';
import { aMail } from '../../support/mails.ts';

/** What a token endpoint answers. */
type Said = readonly [status: number, body: object | string];

describe('a mailbox that is opened by OAuth 2', () => {
  const clock = { now: MORNING };
  let server: ImapServer;
  let provider: Server;
  /** What the provider was asked, and what it answers; the last answer stays. */
  const asked: Record<string, string>[] = [];
  const answers: Said[] = [];

  beforeEach(async () => {
    server = await anImapServer();
    server.arrive(aMail({ headers: ['Subject: one'], body: 'One.' }));
    provider = createServer((request, response) => void answer(request, response));
    await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready));
    asked.splice(0);
    answers.splice(0);
    clock.now = MORNING;
  });
  afterEach(async () => {
    await server.close();
    provider.closeAllConnections();
    await new Promise((closed) => provider.close(closed));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.push(Object.fromEntries(new URLSearchParams(await text(request))));
    const [status, body] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, ''];
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  function aMailbox(settings: object = {}, given: Partial<ChannelGiven> = { access: 'refresh-1' }) {
    const tokenUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/token`;
    const parsed = ImapSettings.parse({
      host: '127.0.0.1',
      port: server.port,
      encryption: 'none',
      user: 'support@desk.example',
      begin: 'everything',
      oauth: { tokenUrl, clientId: 'app-1', ...settings },
    });
    return createImapChannel(parsed, aChannelGiven({ ask, now: () => clock.now, ...given }));
  }

  /** Reads it once: until the first mail is here, or it cannot be opened. */
  async function read(channel: ReturnType<typeof aMailbox>): Promise<'read' | Error> {
    const stop = new AbortController();
    const { promise: read, resolve } = Promise.withResolvers<'read'>();
    const listening = channel.listen?.({
      deliver: async () => {
        resolve('read');
        return { id: '1', isRepeat: false };
      },
      memory: { get: async () => undefined, set: async () => undefined },
      pause: () => new Promise(() => undefined),
      signal: stop.signal,
    });
    const failed = Promise.resolve(listening).then(
      () => 'read' as const,
      (error: Error) => error,
    );
    const outcome = await Promise.race([read, failed]);
    stop.abort();
    await failed;
    return outcome;
  }

  it('shows an access token, and another once that has ended', async () => {
    answers.push([200, { access_token: 't-1', token_type: 'Bearer', expires_in: 3599 }]);
    answers.push([200, { access_token: 't-2', expires_in: 3599 }]);
    server.tokens.add('t-1').add('t-2');
    const channel = aMailbox(
      { clientSecret: 'env:APP_SECRET' },
      { access: 'refresh-1', environment: { APP_SECRET: 's' } },
    );
    expect([await read(channel), await read(channel)]).toEqual(['read', 'read']);
    expect(asked).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'refresh-1', client_id: 'app-1', client_secret: 's' },
    ]);
    clock.now = MORNING.add({ minutes: 59 });
    expect(await read(channel)).toBe('read');
    expect(asked).toHaveLength(2);
    const shown = server.said.filter((each) => each.startsWith('AUTHENTICATE'));
    expect(shown.map((each) => Buffer.from(each.split(' ')[2] ?? '', 'base64').toString())).toEqual(
      ['t-1', 't-1', 't-2'].map((token) => `user=support@desk.example\x01auth=Bearer ${token}\x01\x01`),
    );
  });

  it('asks for another token where the server takes it no more, and shows the latest refresh token', async () => {
    answers.push([200, { access_token: 't-1', refresh_token: 'refresh-2' }], [200, { access_token: 't-2' }]);
    server.tokens.add('t-2');
    const channel = aMailbox();
    expect(await read(channel)).toMatchObject({ code: 'imap.not-authorised' });
    expect(await read(channel)).toBe('read');
    expect(asked.map((each) => each['refresh_token'])).toEqual(['refresh-1', 'refresh-2']);
  });

  it('is opened by an app in its own name, where nobody signed in for it', async () => {
    answers.push([200, { access_token: 't-1', expires_in: 3599 }]);
    server.tokens.add('t-1');
    const scope = 'https://outlook.office365.com/.default';
    const given = { environment: { APP_SECRET: 's' } };
    expect(await read(aMailbox({ clientSecret: 'env:APP_SECRET', scope }, given))).toBe('read');
    expect(asked).toEqual([{ grant_type: 'client_credentials', client_id: 'app-1', client_secret: 's', scope }]);
  });

  it.each<[Said, string]>([
    [
      [400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked. Trace ID: 77' }],
      'The provider gives no access token for the mailbox: invalid_grant: Token has been expired or revoked.',
    ],
    [[503, '<html>'], 'The provider gives no access token for the mailbox: it answers 503.'],
    [[200, {}], 'The provider gives no access token for the mailbox: it answers 200.'],
  ])('says why it gets no token: %j', async (answer, message) => {
    answers.push(answer);
    expect(await read(aMailbox())).toMatchObject({ code: 'imap.no-token', retry: 'later', message });
    expect(server.said).toEqual([]);
  });

  it('says that it has nothing to sign in with', async () => {
    const settings = { clientSecret: 'env:APP_SECRET' };
    expect(await read(aMailbox(settings, {}))).toMatchObject({ code: 'imap.no-access' });
    expect(asked).toEqual([]);
  });

  it('shows its secrets over no line that others can read', () => {
    const oauth = { tokenUrl: 'http://login.example.com/token', clientId: 'app-1' };
    const parsed = ImapSettings.safeParse({ host: 'imap.example.com', user: 'a', oauth });
    expect(parsed.error?.issues[0]?.path).toEqual(['oauth', 'tokenUrl']);
  });
});
