import { describe, expect, it } from 'vitest';
import { createIntercomChannel } from '../../../connectors/intercom/channel.ts';
import { IntercomSettings } from '../../../connectors/intercom/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { anIntercom, signed } from './intercom.ts';
import { processorSeconds } from '../../support/processor-time.ts';

const SECRETS = { tokens: [], signing: ['new-secret', 'old-secret'] };

function aWorkspace(intercom = anIntercom(), settings: object = { admin: '814860' }, access = 'a-token'): PlainChannel {
  return createIntercomChannel(IntercomSettings.parse(settings), aChannelGiven({ access, ask: intercom.ask }));
}

/** The recorded notification, changed. */
function aNotice(name: string, change: object, itemChange: object = {}): RawRequest {
  const notice = JSON.parse(Buffer.from(recorded('intercom', name).body).toString());
  const data = { ...notice.data, item: { ...notice.data.item, ...itemChange } };
  return aRequest('application/json', JSON.stringify({ ...notice, data, ...change }));
}

/** A reply as the recorded one, of another author or with other words. */
function aReply(change: object): RawRequest {
  const { data } = JSON.parse(Buffer.from(recorded('intercom', 'replied').body).toString());
  const [part] = data.item.conversation_parts.conversation_parts;
  return aNotice('replied', {}, { conversation_parts: { conversation_parts: [{ ...part, ...change }] } });
}

function said(text: string): OutgoingMessage {
  return { to: '191115', thread: null, key: 'reply:1', subject: 'Re', text, voice: 'person' };
}

describe('Intercom', () => {
  const request = recorded('intercom', 'created');
  testChannel({
    channel: aWorkspace(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('intercom').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, 'old-secret')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, 'new-secre')],
      ['another body', { ...signed(request), body: recorded('intercom', 'replied').body }],
    ],
    tellsAddresses: true,
  });

  it('finds somebody at an address that it asks before it takes it', () => {
    const bare = { address: 'https://desk.example/hooks/intercom', headers: {}, body: new Uint8Array(), token: null };
    expect(aWorkspace().greetGet?.({ ...bare, receivedAt: request.receivedAt }, SECRETS)?.status).toBe(200);
  });
});

describe('a conversation of Intercom', () => {
  it('is read as it was written, with the pictures within (A-010)', () => {
    const message = messageRead(aWorkspace(), recorded('intercom', 'created'));
    expect([message.text, message.subject, message.externalId, message.sentAt?.toString()]).toEqual([
      'My laptop & phone are dead 🙈\nWhat now?',
      'My laptop & phone are dead 🙈',
      '191115/2166901112',
      '2025-11-22T08:26:40Z',
    ]);
    expect(message.from).toEqual({
      name: 'Zoë Müller',
      email: 'zoe@example.com',
      identities: [{ kind: 'intercom', value: '5c9553cb27e377f24eed49f7' }],
    });
    expect(message.conversation).toEqual({ to: '191115', thread: null, name: 'intercom:191115' });
    expect(message.attachments).toEqual([
      {
        name: 'screen.png',
        contentType: 'application/octet-stream',
        size: 0,
        url: 'https://downloads.intercomcdn.com/i/o/42/screen.png?expires=1763803600&signature=ab',
      },
    ]);
  });

  it('goes on with what was written last, and its files', () => {
    const message = messageRead(aWorkspace(), recorded('intercom', 'replied'));
    expect([message.text, message.externalId, message.conversation?.name]).toEqual([
      'It is still dark. See here <https://a.example/x>.',
      '191115/2824391734',
      'intercom:191115',
    ]);
    expect(message.attachments).toMatchObject([{ name: 'log file.txt', contentType: 'text/plain', size: 2048 }]);
  });

  it('is read of apps that are set to a version before 2, also of people without an address', () => {
    const { text, from } = messageRead(aWorkspace(), recorded('intercom', 'created-before-version-2'));
    expect([text, from.name, from.email]).toEqual(['Hello, who is there?', 'Plum Hexagon', null]);
  });

  it.each([
    ['plain text, as since version 2.15', { body: 'a < b\nand 1 <2>' }, 'a < b\nand 1 <2>'],
    ['a file alone', { body: null }, 'log file.txt'],
  ])('may be %s', (_what, change, text) => {
    expect(messageRead(aWorkspace(), aReply(change)).text).toBe(text);
  });

  it.each(['admin', 'bot', 'team'])('in which the last word is of the type %s asks nothing', (type) => {
    const request = aReply({ author: { type, id: '814860', name: 'Ben' } });
    expect(aWorkspace().parse(request)).toMatchObject({ kind: 'ignored' });
  });

  it.each(['ping', 'conversation.admin.replied', 'contact.created', 'ticket.created'])(
    'is not what %s tells of, and that is not kept',
    async (topic) => {
      expect(await aWorkspace().greet?.(aNotice('replied', { topic }))).toMatchObject({ status: 200 });
    },
  );

  it('is kept where it cannot be read', async () => {
    const odd = aNotice('created', {}, { id: null });
    expect([await aWorkspace().greet?.(odd), aWorkspace().parse(odd).kind]).toEqual([null, 'unreadable']);
    for (const [, request] of allRecorded('intercom')) expect(await aWorkspace().greet?.(request)).toBeNull();
  });

  it('is read in no more time than its length takes', () => {
    const reply = aReply({ body: `<p>${'<img '.repeat(100_000)}</p>` });
    expect(processorSeconds(() => messageRead(aWorkspace(), reply))).toBeLessThan(10);
  });
});

describe('an answer in Intercom', () => {
  it('is of a teammate, in which nothing is markup', async () => {
    const intercom = anIntercom();
    expect(await aWorkspace(intercom).send?.(said('Hello <b>Zoë</b>,\nit works.\n\nBye'))).toEqual({
      kind: 'sent',
      id: '191115/2824391799',
      knownAs: ['intercom:191115'],
    });
    expect(intercom.asked).toEqual([
      {
        url: 'https://api.intercom.io/conversations/191115/reply',
        params: {
          message_type: 'comment',
          type: 'admin',
          admin_id: '814860',
          body: '<p>Hello &lt;b&gt;Zoë&lt;/b&gt;,<br>it works.</p><p>Bye</p>',
        },
        headers: expect.objectContaining({ authorization: 'Bearer a-token', 'intercom-version': '2.14' }),
      },
    ]);
  });

  it.each([
    ['eu', 'https://api.eu.intercom.io/conversations/191115/reply'],
    ['au', 'https://api.au.intercom.io/conversations/191115/reply'],
  ])('goes to where the workspace is hosted: %s', async (region, url) => {
    const intercom = anIntercom();
    await aWorkspace(intercom, { admin: '814860', region }).send?.(said('Hello'));
    expect(intercom.asked[0]?.url).toBe(url);
  });

  it('needs access and a teammate, and says so', async () => {
    const without = createIntercomChannel(IntercomSettings.parse({ admin: '1' }), aChannelGiven());
    expect(await without.send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
    expect(await aWorkspace(anIntercom(), {}).send?.(said('Hello'))).toMatchObject({
      reason: 'not sent: the channel has no teammate as whom it answers',
    });
  });

  it.each([
    [401, { errors: [{ code: 'token_unauthorized', message: 'Not authorized' }] }, 'chat.not-authorised', 'later'],
    [404, { errors: [{ code: 'not_found', message: 'Resource Not Found' }] }, 'chat.refused', 'never'],
    [429, { errors: [{ code: 'rate_limit_exceeded', message: '' }] }, 'chat.rate-limited', { afterSeconds: 30 }],
    [502, '<html>', 'chat.unavailable', 'later'],
  ])('that Intercom answers with %i %j fails as %s, %j', async (status, answer, code, retry) => {
    await expect(aWorkspace(anIntercom(status, answer)).send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });
});
