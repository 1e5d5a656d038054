import { describe, expect, it } from 'vitest';
import { createWhatsAppChannel } from '../../../connectors/whatsapp/channel.ts';
import { WhatsAppSettings } from '../../../connectors/whatsapp/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aGraph, isValidForSdk, signed } from './whatsapp.ts';

const SECRETS = { tokens: ['say-this'], signing: ['new-secret', 'old-secret'] };
const TEMPLATE = { template: { name: 'we_have_news', language: 'pt_BR' } };

function aNumber(graph = aGraph(), settings: object = {}): PlainChannel {
  return createWhatsAppChannel(WhatsAppSettings.parse(settings), aChannelGiven({ access: 'EAA', ask: graph.ask }));
}

/** The recorded message, changed. */
function aMessage(name: string, change: object): RawRequest {
  const notice = JSON.parse(Buffer.from(recorded('whatsapp', name).body).toString());
  const { messages, ...value } = notice.entry[0].changes[0].value;
  const changes = [{ value: { ...value, messages: [{ ...messages[0], ...change }] }, field: 'messages' }];
  return aRequest('application/json', JSON.stringify({ ...notice, entry: [{ id: '1', changes }] }));
}

function said(text: string, place: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const to = { to: '4915112345678', thread: '106540352242922', silentSeconds: 60 };
  return { ...to, key: 'reply:1', subject: 'Re: Laptop', text, voice: 'person', ...place };
}

describe('WhatsApp', () => {
  const request = recorded('whatsapp', 'text');
  const unescaped = JSON.stringify(JSON.parse(new TextDecoder().decode(request.body)));
  testChannel({
    channel: aNumber(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('whatsapp').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, 'old-secret')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, 'new-secre')],
      ['the token of the handshake as secret', signed(request, 'say-this')],
      ['the same content in other bytes', { ...signed(request), body: new TextEncoder().encode(unescaped) }],
    ],
    library: { name: '@great-detail/whatsapp', accepts: isValidForSdk },
  });

  const asked = (query: string) => {
    const address = `https://desk.example/hooks/whatsapp?${query}`;
    return aNumber().greetGet?.({ ...request, address, body: new Uint8Array() }, SECRETS);
  };

  it('shakes hands with who knows the token', () => {
    expect(asked('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=say-this')).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: '1158201444',
    });
    expect(asked('hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=guess')?.status).toBe(403);
    expect(asked('hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=say-this')).toBeNull();
    expect(asked('')).toBeNull();
  });
});

describe('a message in WhatsApp', () => {
  it('is read as it was written, and everything from one person is one conversation', () => {
    const message = messageRead(aNumber(), recorded('whatsapp', 'text'));
    expect(message.text).toBe('My laptop & phone are dead 🙈\nWhat now?');
    expect(message.from).toEqual({
      name: 'Zoë Müller',
      email: null,
      identities: [
        { kind: 'whatsapp', value: 'DE.13491208655302741918' },
        { kind: 'phone', value: '+4915112345678' },
      ],
    });
    expect(message.conversation).toEqual({
      to: '4915112345678',
      thread: '106540352242922',
      name: 'whatsapp:106540352242922:DE.13491208655302741918',
    });
    expect(message.sentAt?.toString()).toBe('2025-11-22T08:26:40Z');
  });

  it('brings files by their ids, and belongs to what it answers (A-010)', () => {
    const { text, attachments, thread } = messageRead(aNumber(), recorded('whatsapp', 'image'));
    expect([text, thread.belongsTo?.[0]]).toEqual(['It looks so.', 'whatsapp:wamid.OURS']);
    expect(attachments).toEqual([
      { name: 'photo.jpg', contentType: 'image/jpeg', size: 0, url: 'https://graph.facebook.com/1479537139650973' },
    ]);
  });

  it('of somebody who keeps the number to themselves is known by the id alone', () => {
    const { from, conversation, text } = messageRead(aNumber(), recorded('whatsapp', 'without-number'));
    expect([from.name, from.identities, conversation?.to, text]).toEqual([
      'Jo',
      [{ kind: 'whatsapp', value: 'US.77' }],
      'US.77',
      'log file.txt',
    ]);
  });

  it('is still of the same conversation when the number or the id is left out later', () => {
    const names = ({ thread }: ReturnType<typeof messageRead>) => thread.belongsTo ?? [];
    const first = messageRead(aNumber(), recorded('whatsapp', 'text')).thread.knownAs;
    for (const left of ['from', 'from_user_id']) {
      const later = messageRead(aNumber(), aMessage('text', { [left]: undefined, id: 'wamid.LATER' }));
      expect(names(later).some((name) => first?.includes(name))).toBe(true);
    }
  });

  it('comes with others in one request', async () => {
    const parsed = aNumber().parse(recorded('whatsapp', 'several'));
    const messages = parsed.kind === 'messages' ? parsed.messages : [];
    expect(messages.map(({ from, text }) => [from.name, text])).toEqual([
      ['Zoë Müller', 'First.'],
      ['Sam', 'Call me'],
    ]);
    expect(aNumber().deliveryId(recorded('whatsapp', 'several'))).toBe('wamid.A wamid.B');
  });

  it.each([
    [{ location: { latitude: 52.5, longitude: 13.4, name: 'Shop' } }, 'Shop\nhttps://maps.google.com/?q=52.5,13.4'],
    [{ contacts: [{ name: { formatted_name: 'Jo' }, phones: [{ phone: '+1' }] }] }, 'Jo +1'],
    [{ button: { payload: 'x', text: 'Yes' } }, 'Yes'],
  ])('that is no text has one: %j', (change, text) => {
    expect(messageRead(aNumber(), aMessage('text', { text: undefined, ...change })).text).toBe(text);
  });

  it('in which nobody says anything makes no ticket', async () => {
    const reaction = aMessage('text', { type: 'reaction', text: undefined, reaction: { emoji: '👍' } });
    expect([await aNumber().greet?.(reaction), aNumber().parse(reaction).kind]).toEqual([null, 'ignored']);
  });

  it('that was delivered or read is none, and is not kept', async () => {
    const notice = JSON.parse(Buffer.from(recorded('whatsapp', 'text').body).toString());
    const { metadata } = notice.entry[0].changes[0].value;
    const value = { metadata, statuses: [{ id: 'wamid.OURS', status: 'read', recipient_user_id: 'US.77' }] };
    const entry = [{ id: '1', changes: [{ value, field: 'messages' }] }];
    const read = aRequest('application/json', JSON.stringify({ ...notice, entry }));
    expect(await aNumber().greet?.(read)).toEqual({ status: 200, headers: {}, body: '' });
    expect(await aNumber().greet?.(recorded('whatsapp', 'text'))).toBeNull();
  });
});

describe('an answer in WhatsApp that was not delivered', () => {
  const failed = (statuses: object[]) => {
    const notice = JSON.parse(Buffer.from(recorded('whatsapp', 'text').body).toString());
    const { metadata } = notice.entry[0].changes[0].value;
    const entry = [{ id: '1', changes: [{ value: { metadata, statuses }, field: 'messages' }] }];
    return aRequest('application/json', JSON.stringify({ ...notice, entry }));
  };
  const error = {
    code: 131_026,
    title: 'Message undeliverable',
    message: 'Message undeliverable',
    error_data: { details: 'Message Undeliverable.' },
  };

  it('is kept and says why, beside others that were', async () => {
    const told = failed([
      { id: 'wamid.ONE', status: 'delivered' },
      { id: 'wamid.TWO', status: 'failed', errors: [error] },
      { id: 'wamid.SIX', status: 'failed' },
    ]);
    const channel = aNumber();
    expect(await channel.greet?.(told)).toBeNull();
    expect(channel.deliveryId(told)).toBe('failed:wamid.TWO failed:wamid.SIX');
    expect(channel.parse(told)).toEqual({
      kind: 'messages',
      messages: [],
      reports: [
        {
          of: ['wamid.TWO'],
          outcome: 'failed',
          isAddressDead: false,
          says: 'WhatsApp says: Message undeliverable: Message Undeliverable. (131026)',
        },
        { of: ['wamid.SIX'], outcome: 'failed', isAddressDead: false, says: 'WhatsApp says: failed' },
      ],
    });
  });
});

describe('an answer in WhatsApp', () => {
  it('comes from the number to which was written', async () => {
    const graph = aGraph();
    expect(await aNumber(graph).send?.(said('Hello'))).toEqual({
      kind: 'sent',
      id: 'wamid.SENT0',
      knownAs: ['whatsapp:wamid.SENT0'],
    });
    expect(graph.asked).toEqual([
      {
        path: '/v23.0/106540352242922/messages',
        token: 'Bearer EAA',
        params: {
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: '4915112345678',
          type: 'text',
          text: { body: 'Hello', preview_url: false },
        },
      },
    ]);
  });

  it('reaches somebody without a number', async () => {
    const graph = aGraph();
    await aNumber(graph).send?.(said('Hello', { to: 'US.77' }));
    expect(graph.asked[0]?.params).toMatchObject({ recipient: 'US.77' });
    expect(graph.asked[0]?.params).not.toHaveProperty('to');
  });

  it('goes out as a template once the customer was silent for a day', async () => {
    const graph = aGraph();
    await aNumber(graph, TEMPLATE).send?.(said('Hello,\n\n  it works.', { silentSeconds: 24 * 3600 }));
    expect(graph.asked.map(({ params }) => params?.['template'])).toEqual([
      {
        name: 'we_have_news',
        language: { code: 'pt_BR' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'Hello, it works.' }] }],
      },
    ]);
  });

  it('does so too where WhatsApp says that it is late, and fills the template as it was told', async () => {
    const late = { error: { message: '(#131047) Re-engagement message', code: 131_047 } };
    for (const [fill, text] of [
      ['subject', 'Re: Laptop'],
      ['nothing', undefined],
    ] as const) {
      const graph = aGraph([400, late]);
      await aNumber(graph, { template: { ...TEMPLATE.template, fill } }).send?.(said('Hello'));
      const components = text === undefined ? {} : { components: [{ parameters: [{ text }] }] };
      expect(graph.asked[1]?.params).toMatchObject({ type: 'template', template: components });
      expect(JSON.stringify(graph.asked[1]).includes('components')).toBe(fill !== 'nothing');
    }
  });

  it('says what to do where there is no template', async () => {
    const graph = aGraph();
    await expect(aNumber(graph).send?.(said('Hello', { silentSeconds: 90_000 }))).rejects.toMatchObject({
      code: 'whatsapp.window-closed',
      retry: 'never',
      fix: expect.stringContaining('template'),
    });
    expect(graph.asked).toEqual([]);
  });

  it.each([
    [401, 190, 'chat.not-authorised', 'later'],
    [400, 131_056, 'chat.rate-limited', { afterSeconds: 30 }],
    [400, 131_026, 'chat.refused', 'never'],
    [400, 131_016, 'chat.unavailable', 'later'],
    [500, 0, 'chat.unavailable', 'later'],
  ])('that Meta answers with %i and %i fails as %s, %j', async (status, code, problem, retry) => {
    const channel = aNumber(aGraph([status, { error: { message: 'No.', code } }]));
    await expect(channel.send?.(said('Hello'))).rejects.toMatchObject({ code: problem, retry });
  });

  it('needs access, and says so', async () => {
    const channel = createWhatsAppChannel(WhatsAppSettings.parse({}), aChannelGiven());
    expect(await channel.send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });
});

describe('files of WhatsApp', () => {
  const [file] = messageRead(aNumber(), recorded('whatsapp', 'image')).attachments;

  it('lie where Meta says, and are fetched with the token', async () => {
    const url = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1';
    const graph = aGraph([200, { url, mime_type: 'image/jpeg' }]);
    expect(await aNumber(graph).linkTo?.(file?.url ?? '')).toEqual({ url, headers: { authorization: 'Bearer EAA' } });
    expect(graph.asked).toMatchObject([{ path: '/v23.0/1479537139650973', params: null, token: 'Bearer EAA' }]);
  });

  it('that lie elsewhere are not shown the token', async () => {
    const url = 'https://fbsbx.com.evil.example/a';
    expect(await aNumber(aGraph([200, { url }])).linkTo?.(file?.url ?? '')).toEqual({ url, headers: {} });
  });

  it('that are gone are given up', async () => {
    const channel = aNumber(aGraph([404, { error: { message: 'Unsupported get request.', code: 100 } }]));
    await expect(channel.linkTo?.(file?.url ?? '')).rejects.toMatchObject({ code: 'chat.refused' });
  });
});
