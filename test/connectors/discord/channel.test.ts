import { describe, expect, it } from 'vitest';
import { createDiscordChannel } from '../../../connectors/discord/channel.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aDiscord, isValidForDiscord, PUBLIC_KEY, signed } from './discord.ts';

const OTHER_KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const SECRETS = { tokens: [], signing: [PUBLIC_KEY, 'no key at all'] };

function anApp(discord = aDiscord()): PlainChannel {
  return createDiscordChannel({}, aChannelGiven({ access: 'bot-token', ask: discord.ask }));
}

/** The recorded interaction, changed. */
function anInteraction(name: string, change: object): RawRequest {
  const interaction = JSON.parse(Buffer.from(recorded('discord', name).body).toString());
  return aRequest('application/json', JSON.stringify({ ...interaction, ...change }));
}

function said(text: string, place: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { to: '645', thread: '867', key: 'reply:1', subject: 'Re', text, voice: 'person', ...place };
}

describe('Discord', () => {
  const request = recorded('discord', 'command');
  testChannel({
    channel: anApp(),
    secrets: SECRETS,
    authentic: allRecorded('discord').map(([name, each]) => [name, signed(each)] as const),
    forged: [
      ['no signature', request],
      ['another key', signed(request, { isOther: true })],
      ['another body', { ...signed(request), body: recorded('discord', 'form').body }],
      ['another time', withHeaders(signed(request), { 'x-signature-timestamp': String(MORNING.epochMilliseconds) })],
      ['a recorded request, six minutes later', signed(request, { at: MORNING.subtract({ minutes: 6 }) })],
      ['a time of the future', signed(request, { at: MORNING.add({ minutes: 6 }) })],
      ['a signature that is none', withHeaders(signed(request), { 'x-signature-ed25519': 'zz' })],
    ],
    library: {
      name: 'discord-interactions',
      accepts: isValidForDiscord,
      letsPass: ['a recorded request, six minutes later', 'a time of the future'],
    },
  });

  it('believes both keys while they are changed', () => {
    const secrets = { tokens: [], signing: [OTHER_KEY, PUBLIC_KEY] };
    for (const isOther of [true, false]) {
      expect(anApp().verify(signed(request, { isOther }), secrets)).toEqual({ authentic: true });
    }
  });

  it('is told that we are there when it asks', async () => {
    const answer = await anApp().greet?.(aRequest('application/json', '{"type":1,"id":"1","version":1}'));
    expect(answer).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"type":1}' });
  });
});

describe('a command of Discord', () => {
  it('is read with its file, and is answered in a direct message', () => {
    const message = messageRead(anApp(), recorded('discord', 'command'));
    expect([message.text, message.externalId, message.sentAt?.toString()]).toEqual([
      'My card was charged twice 🙈',
      '1441700000000000001',
      '2025-11-22T08:01:05.49Z',
    ]);
    expect(message.from).toEqual({
      name: 'Zoë (shop)',
      email: null,
      identities: [{ kind: 'discord', value: '53908232506183680' }],
    });
    expect(message.conversation).toEqual({ to: '@53908232506183680', thread: null, name: null });
    expect(message.attachments).toEqual([
      {
        name: 'bill.pdf',
        contentType: 'application/pdf',
        size: 20_481,
        url: 'https://cdn.discordapp.com/ephemeral-attachments/1/2/bill.pdf?ex=1&is=2&hm=3',
      },
    ]);
  });

  it('in the messages with the bot belongs to what is said there', () => {
    const { conversation, from } = messageRead(anApp(), recorded('discord', 'direct-command'));
    expect([conversation?.to, conversation?.name, from.name]).toEqual([
      '1177000000000000001',
      'discord:1177000000000000001',
      'Zoë Müller',
    ]);
  });

  it('without words opens a form, and nothing is kept of it', async () => {
    const answer = await anApp().greet?.(anInteraction('command', { data: { type: 1, name: 'help-desk' } }));
    const form = JSON.parse(answer?.body ?? '');
    expect([form.type, form.data.custom_id, form.data.components.map(({ type }: { type: number }) => type)]).toEqual([
      9,
      'tabledesk_request',
      [18, 18, 18],
    ]);
    for (const [, request] of allRecorded('discord')) expect(await anApp().greet?.(request)).toBeNull();
  });

  it('is confirmed to who called it alone', () => {
    for (const [, request] of allRecorded('discord')) {
      const answer = anApp().answer?.(request, { id: '1', isRepeat: false });
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ type: 4, data: { flags: 64 } });
    }
  });
});

describe('a form of Discord', () => {
  it('is read in labels, and in rows as it came formerly', () => {
    const form = messageRead(anApp(), recorded('discord', 'form'));
    expect([form.subject, form.text, form.attachments[0]?.name]).toEqual([
      'New screen',
      'Mine is cracked.\nWho gives me another?',
      'crack.png',
    ]);
    const rows = messageRead(anApp(), recorded('discord', 'form-in-rows'));
    expect([rows.subject, rows.text]).toEqual(['My keyboard is wet.', 'My keyboard is wet.']);
  });

  it('of somebody else, and a button, are no requests', () => {
    const other = anInteraction('form', { data: { custom_id: 'other', components: [] } });
    for (const request of [other, anInteraction('command', { type: 3 })]) {
      expect(anApp().parse(request).kind).toBe('ignored');
    }
  });
});

describe('a message of Discord that somebody makes a ticket of', () => {
  it('speaks for who wrote it, with names in place of ids, and is answered below it', () => {
    const message = messageRead(anApp(), recorded('discord', 'of-message'));
    expect([message.text, message.from.name]).toEqual(['@Zoë Müller the door of room 4 is stuck :sad:', 'jo.d']);
    expect(message.conversation).toEqual({
      to: '645027906669510667',
      thread: '867793854505943041',
      name: 'discord:645027906669510667/867793854505943041',
    });
  });

  it('is one delivery however often that is asked', () => {
    const again = anInteraction('of-message', { id: '1441700000000000099' });
    expect(anApp().deliveryId(again)).toBe(anApp().deliveryId(recorded('discord', 'of-message')));
  });

  it('belongs to its thread, or to the message that it answers', () => {
    const inThread = messageRead(anApp(), anInteraction('of-message', { channel: { type: 11 } }));
    expect(inThread.conversation?.name).toBe('discord:645027906669510667');
    const interaction = JSON.parse(Buffer.from(recorded('discord', 'of-message').body).toString());
    const [message] = Object.values<object>(interaction.data.resolved.messages);
    const messages = { '867793854505943041': { ...message, message_reference: { message_id: '77' } } };
    const answering = anInteraction('of-message', { data: { ...interaction.data, resolved: { messages } } });
    expect(messageRead(anApp(), answering).thread.belongsTo).toEqual(['discord:645027906669510667/77']);
  });

  it('is answered to the person where our bot may not speak', () => {
    const among = messageRead(anApp(), anInteraction('of-message', { context: 2, guild_id: undefined }));
    expect(among.conversation).toEqual({ to: '@80351110224678912', thread: null, name: null });
  });
});

describe('an answer in Discord', () => {
  it('replies to the message, and mentions nobody', async () => {
    const discord = aDiscord();
    expect(await anApp(discord).send?.(said('Hello @everyone'))).toEqual({
      kind: 'sent',
      id: '645/1',
      knownAs: ['discord:645/1'],
    });
    expect(discord.asked).toEqual([
      {
        path: '/channels/645/messages',
        token: 'Bot bot-token',
        params: {
          content: 'Hello @everyone',
          nonce: expect.stringMatching(/^[\da-f]{25}$/),
          enforce_nonce: true,
          flags: 4,
          allowed_mentions: { parse: [] },
          message_reference: { message_id: '867', fail_if_not_exists: false },
        },
      },
    ]);
  });

  it('to one person goes into the messages with the bot, to which later ones belong', async () => {
    const discord = aDiscord();
    const delivery = await anApp(discord).send?.(said('Hello', { to: '@80351110224678912', thread: null }));
    expect(delivery).toEqual({ kind: 'sent', id: '99/2', knownAs: ['discord:99'] });
    expect(discord.asked.map(({ path }) => path)).toEqual(['/users/@me/channels', '/channels/99/messages']);
    expect(discord.asked[0]?.params).toEqual({ recipient_id: '80351110224678912' });
  });

  it('that is long comes in several messages, each with a mark of its own', async () => {
    const discord = aDiscord();
    await anApp(discord).send?.(said('word '.repeat(700)));
    expect(discord.asked.map(({ params }) => String(params['content']).length <= 2000)).toEqual([true, true]);
    expect(new Set(discord.asked.map(({ params }) => params['nonce'])).size).toBe(2);
    expect(discord.asked[1]?.params).not.toHaveProperty('message_reference');
  });

  it.each([
    [403, { message: 'Cannot send messages to this user', code: 50_007 }, 'chat.refused', 'never'],
    [404, { message: 'Unknown Channel', code: 10_003 }, 'chat.refused', 'never'],
    [401, { message: '401: Unauthorized', code: 0 }, 'chat.not-authorised', 'later'],
    [429, { message: 'You are being rate limited.', retry_after: 1.3 }, 'chat.rate-limited', { afterSeconds: 2 }],
    [502, '<html>', 'chat.unavailable', 'later'],
  ])('that Discord answers with %i %j fails as %s, %j', async (status, answer, code, retry) => {
    await expect(anApp(aDiscord(answer, status)).send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });

  it('needs the token of the bot, and says so', async () => {
    const app = createDiscordChannel({}, aChannelGiven());
    expect(await app.send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });
});
