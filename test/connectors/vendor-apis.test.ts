import { syncBuiltinESMExports } from 'node:module';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CONNECTORS } from '../../connectors/index.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Ask } from '../../src/kit/connector.ts';
import { guardedFetch } from '../../src/kit/guarded-fetch.ts';
import type { OutgoingMessage } from '../../src/ports/notifier.ts';
import { aChannelGiven } from '../support/channels.ts';

/** What a system is asked, header by header, and what it answers. */
interface Vendor {
  settings?: object;
  access: string;
  environment?: Readonly<Record<string, string>>;
  to: string;
  thread?: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  answer: readonly [status: number, body: object | null];
  delivered: object;
  /** How it says that it is called too often, and for how long that lasts. */
  tooOften: readonly [status: number, headers: Readonly<Record<string, string>>, body: object | null, seconds: number];
  /** How it says that the token is none, or the address where that is all the secret there is. */
  badToken: readonly [status: number, body: object | null];
}

const JSON_SENT = { 'content-type': 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Tabledesk' };
const FORM_SENT = { ...JSON_SENT, 'content-type': 'application/x-www-form-urlencoded' };

/** The text in a card; its first line is the subject. */
const CARD = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  contentUrl: null,
  content: {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Re: Laptop', weight: 'Bolder' }] },
      { type: 'RichTextBlock', spacing: 'None', inlines: [{ type: 'TextRun', text: 'Hello <b>&</b> ü' }] },
    ],
    msteams: { width: 'Full', entities: [] },
  },
};

const VENDORS: Readonly<Record<string, Vendor>> = {
  slack: {
    access: 'xoxb-1',
    to: 'C0HELP123',
    thread: '1763800002.000300',
    url: 'https://slack.com/api/chat.postMessage',
    headers: { ...FORM_SENT, authorization: 'Bearer xoxb-1' },
    body: {
      channel: 'C0HELP123',
      thread_ts: '1763800002.000300',
      text: 'Hello &lt;b&gt;&amp;&lt;/b&gt; ü',
      link_names: 'false',
      unfurl_links: 'false',
      unfurl_media: 'false',
    },
    answer: [200, { ok: true, channel: 'C0HELP123', ts: '1763800100.000100' }],
    delivered: { kind: 'sent', id: 'C0HELP123/1763800100.000100' },
    tooOften: [429, { 'retry-after': '7' }, { ok: false, error: 'ratelimited' }, 7],
    badToken: [200, { ok: false, error: 'invalid_auth' }],
  },
  discord: {
    access: 'bot-token',
    to: '645',
    thread: '867',
    url: 'https://discord.com/api/v10/channels/645/messages',
    headers: { ...JSON_SENT, authorization: 'Bot bot-token', 'user-agent': 'DiscordBot (Tabledesk, 1)' },
    body: {
      content: 'Hello <b>&</b> ü',
      flags: 4,
      allowed_mentions: { parse: [] },
      message_reference: { message_id: '867', fail_if_not_exists: false },
      nonce: '662260a76ebb204ac62d4fa71',
      enforce_nonce: true,
    },
    answer: [200, { id: '900', channel_id: '645' }],
    delivered: { kind: 'sent', id: '645/900' },
    tooOften: [429, {}, { message: 'You are being rate limited.', retry_after: 6.4, global: false }, 7],
    badToken: [401, { message: '401: Unauthorized', code: 0 }],
  },
  telegram: {
    access: '7000000001:secret',
    to: '4242',
    thread: '5',
    url: 'https://api.telegram.org/bot7000000001:secret/sendMessage',
    headers: JSON_SENT,
    body: {
      chat_id: '4242',
      text: 'Hello <b>&</b> ü',
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: 5, allow_sending_without_reply: true },
    },
    answer: [200, { ok: true, result: { message_id: 201, date: 1_763_800_000, chat: { id: 4242, type: 'private' } } }],
    delivered: { kind: 'sent', id: '4242/201' },
    tooOften: [
      429,
      { 'retry-after': '7' },
      { ok: false, error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } },
      7,
    ],
    badToken: [401, { ok: false, error_code: 401, description: 'Unauthorized' }],
  },
  whatsapp: {
    access: 'EAA',
    to: '4915112345678',
    thread: '106540352242922',
    url: 'https://graph.facebook.com/v23.0/106540352242922/messages',
    headers: { ...JSON_SENT, authorization: 'Bearer EAA' },
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '4915112345678',
      type: 'text',
      text: { body: 'Hello <b>&</b> ü', preview_url: false },
    },
    answer: [200, { messaging_product: 'whatsapp', messages: [{ id: 'wamid.SENT' }] }],
    delivered: { kind: 'sent', id: 'wamid.SENT' },
    tooOften: [429, { 'retry-after': '7' }, { error: { message: 'Rate limit hit', code: 130_429 } }, 7],
    badToken: [401, { error: { message: 'Error validating access token', type: 'OAuthException', code: 190 } }],
  },
  twilio: {
    settings: { account: 'AC0123456789abcdef0123456789abcdef' },
    access: 'auth-token',
    to: '+4915112345678',
    thread: '+4930123456',
    url: 'https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json',
    headers: {
      ...FORM_SENT,
      authorization: 'Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjphdXRoLXRva2Vu',
    },
    body: { To: '+4915112345678', From: '+4930123456', Body: 'Hello <b>&</b> ü' },
    answer: [201, { sid: 'SM1', status: 'queued' }],
    delivered: { kind: 'sent', id: 'SM1' },
    tooOften: [429, { 'retry-after': '7' }, { code: 20_429, message: 'Too Many Requests', status: 429 }, 7],
    badToken: [401, { code: 20_003, message: 'Authenticate', status: 401 }],
  },
  teams: {
    settings: { workflow: 'env:TEAMS_WORKFLOW' },
    access: '',
    environment: {
      TEAMS_WORKFLOW: 'https://prod-1.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=s',
    },
    to: '19:253b@thread.tacv2',
    url: 'https://prod-1.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=s',
    headers: JSON_SENT,
    body: { type: 'message', attachments: [CARD] },
    answer: [202, null],
    delivered: { kind: 'sent', id: 'reply:1' },
    tooOften: [429, { 'retry-after': '7' }, { error: { code: 'TooManyRequests' } }, 7],
    badToken: [401, { error: { code: 'DirectApiAuthorizationRequired' } }],
  },
  mattermost: {
    settings: { server: 'https://chat.example' },
    access: 'mm-token',
    to: 'hawos4dqtby53pd64o4a4cmeoo',
    url: 'https://chat.example/api/v4/posts',
    headers: { ...JSON_SENT, authorization: 'Bearer mm-token' },
    body: {
      channel_id: 'hawos4dqtby53pd64o4a4cmeoo',
      message: 'Hello <b>&</b> ü',
      pending_post_id: '662260a76ebb204ac62d4fa712',
    },
    answer: [201, { id: 'cxdygg1957njfe5pu38saikdho' }],
    delivered: { kind: 'sent', id: 'cxdygg1957njfe5pu38saikdho' },
    tooOften: [429, { 'x-ratelimit-reset': '7' }, null, 7],
    badToken: [
      401,
      { id: 'api.context.session_expired.app_error', message: 'Invalid or expired session.', status_code: 401 },
    ],
  },
  intercom: {
    settings: { admin: '1234567' },
    access: 'dG9rOjE=',
    to: '191115',
    url: 'https://api.intercom.io/conversations/191115/reply',
    headers: { ...JSON_SENT, authorization: 'Bearer dG9rOjE=', accept: 'application/json', 'intercom-version': '2.14' },
    body: {
      message_type: 'comment',
      type: 'admin',
      admin_id: '1234567',
      body: '<p>Hello &lt;b&gt;&amp;&lt;/b&gt; ü</p>',
    },
    answer: [200, { type: 'conversation', id: '191115', conversation_parts: { conversation_parts: [{ id: '9' }] } }],
    delivered: { kind: 'sent', id: '191115/9' },
    // Seven seconds after `MORNING`.
    tooOften: [
      429,
      { 'x-ratelimit-reset': '1795168807' },
      { type: 'error.list', errors: [{ code: 'rate_limit_exceeded', message: 'Exceeded rate limit' }] },
      7,
    ],
    badToken: [401, { type: 'error.list', errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }] }],
  },
};

const SAID: Omit<OutgoingMessage, 'to' | 'thread'> = {
  key: 'reply:1',
  subject: 'Re: Laptop',
  text: 'Hello <b>&</b> ü',
  voice: 'person',
  silentSeconds: 60,
};

/** As the service asks, only that every name leads back to this machine, should nobody answer before. */
const askOverHttp: Ask = (url, asked) =>
  guardedFetch(url, {
    maxBytes: 1_000_000,
    timeoutSeconds: 10,
    maxRedirects: 0,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    mayConnect: (address) => address === '127.0.0.1',
    ...asked,
  });

describe.each(Object.entries(VENDORS))('an answer over the API of %s', (kind, vendor) => {
  const network = setupServer();
  beforeAll(() => {
    network.listen({ onUnhandledRequest: 'error' });
    // Whoever imported `request` by its name gets the one that msw put in its place.
    syncBuiltinESMExports();
  });
  afterEach(() => network.resetHandlers());
  afterAll(() => {
    network.close();
    syncBuiltinESMExports();
  });

  /** What is sent while the system answers so. */
  async function send(status: number, body: object | null, headers: Readonly<Record<string, string>> = {}) {
    const asked: { method: string; url: string; headers: object; body: unknown }[] = [];
    network.use(
      http.all('*', async ({ request }) => {
        asked.push(await readBack(request));
        return body === null
          ? new HttpResponse(null, { status, headers })
          : HttpResponse.json(body, { status, headers });
      }),
    );
    const { settings = {}, access, environment = {}, to, thread = null } = vendor;
    const given = { access: access || null, environment, ask: askOverHttp };
    const channel = CONNECTORS[kind]?.channel?.create(settings, aChannelGiven(given));
    const delivery = await channel?.send?.({ ...SAID, to, thread }).catch((error: unknown) => error);
    return { asked, delivery };
  }

  it('is asked for as its documentation says', async () => {
    const { asked, delivery } = await send(...vendor.answer);
    expect(asked).toEqual([{ method: 'POST', url: vendor.url, headers: vendor.headers, body: vendor.body }]);
    expect(delivery).toMatchObject(vendor.delivered);
  });

  it('that it has no time for comes again when it says', async () => {
    const [status, headers, body, seconds] = vendor.tooOften;
    const { asked, delivery } = await send(status, body, headers);
    expect(asked).toHaveLength(1);
    expect(delivery).toMatchObject({ code: 'chat.rate-limited', retry: { afterSeconds: seconds } });
  });

  it('that it does not believe waits for another token, which no problem shows', async () => {
    const { delivery } = await send(...vendor.badToken);
    expect(delivery).toMatchObject({ code: 'chat.not-authorised', retry: 'later' });
    const secret = vendor.access || 'sig=s';
    expect(delivery instanceof Problem && `${delivery.message} ${delivery.fix}`).not.toContain(secret);
  });
});

/** A request as it stood on the wire, without what the connection is about. */
async function readBack(request: Request) {
  const {
    host: _host,
    connection: _connection,
    'content-length': _length,
    ...headers
  } = Object.fromEntries(request.headers);
  const text = await request.text();
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  const body: unknown = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  return { method: request.method, url: request.url, headers, body };
}
