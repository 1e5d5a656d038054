import { describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../connectors/telegram/channel.ts';
import { TelegramSettings } from '../../../connectors/telegram/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { isValidForGrammy, readByGrammy } from './grammy.ts';
import { aTelegram, aTelegramThatSends, sentTo, withToken } from './telegram.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aBot(telegram = aTelegramThatSends(), settings: object = { username: 'our_help_bot' }): PlainChannel {
  const given = aChannelGiven({ name: 'chat', access: '7000000001:secret', ask: telegram.ask });
  return createTelegramChannel(TelegramSettings.parse(settings), given);
}

/** The recorded message, changed. */
function aMessage(name: string, change: object): RawRequest {
  const { message, ...rest } = JSON.parse(Buffer.from(recorded('telegram', name).body).toString());
  return aRequest('application/json', JSON.stringify({ ...rest, message: { ...message, ...change } }));
}

function said(text: string, place: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { to: '4242', thread: '5', key: 'reply:1', subject: 'Re', text, voice: 'person', ...place };
}

describe('Telegram', () => {
  const request = recorded('telegram', 'private');
  testChannel({
    channel: aBot(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('telegram').map(([name, each]) => [name, withToken(each)] as const),
      ['the old token, while both are in force', withToken(request, 'old-token')],
    ],
    forged: [
      ['no token', request],
      ['another token', withToken(request, 'new-toke')],
      ['an empty token', withToken(request, '')],
      ['the token in another header', withHeaders(request, { 'x-tabledesk-token': 'new-token' })],
    ],
    library: { name: 'grammy', accepts: isValidForGrammy },
  });

  it('is read as grammY reads it', async () => {
    for (const name of ['private', 'photo']) {
      const { text, from } = messageRead(aBot(), recorded('telegram', name));
      expect({ text, name: from.name }).toEqual(await readByGrammy(recorded('telegram', name)));
    }
  });

  it('is open to nobody where the channel asks by itself', async () => {
    const verdict = aBot(aTelegramThatSends(), { poll: true }).verify(request, { tokens: [], signing: [] });
    expect(verdict.authentic).toBe(false);
  });
});

describe('a message to a bot', () => {
  it('is read as it was written, and everything to the bot alone is one conversation', () => {
    const message = messageRead(aBot(), recorded('telegram', 'private'));
    expect([message.text, message.subject]).toEqual([
      'My laptop & phone are dead 🙈\nWhat now?',
      'My laptop & phone are dead 🙈',
    ]);
    expect(message.from).toEqual({
      name: 'Zoë Müller',
      email: null,
      identities: [{ kind: 'telegram', value: '4242' }],
    });
    expect(message.conversation).toEqual({ to: '4242', thread: '5', name: 'telegram:chat:4242' });
    expect([message.externalId, message.sentAt?.toString()]).toEqual(['4242/5', '2025-11-22T08:26:40Z']);
  });

  it('brings the largest size of a picture, named without the token of the bot (A-010)', () => {
    const message = messageRead(aBot(), recorded('telegram', 'photo'));
    expect(message.text).toBe('It looks so.');
    expect(message.attachments).toEqual([
      {
        name: 'photo.jpg',
        contentType: 'image/jpeg',
        size: 98_765,
        url: 'https://api.telegram.org/getFile?file_id=AgAClarge',
      },
    ]);
    expect(message.thread.knownAs).toContain('telegram:chat:4242/album 13579');
  });

  it.each([
    ['a file', {}, 'log file.txt'],
    ['a contact', { document: null, contact: { phone_number: '+4915112345', first_name: 'Jo' } }, 'Jo +4915112345'],
    [
      'a place',
      { document: null, location: { latitude: 52.5, longitude: 13.4 } },
      'https://maps.google.com/?q=52.5,13.4',
    ],
    ['a sticker', { document: null, sticker: { file_id: 'x', emoji: '👍' } }, '👍'],
    ['a command', { document: null, text: '/ask my screen is dark' }, 'my screen is dark'],
  ])('that is %s has a text', (_what, change, text) => {
    expect(messageRead(aBot(), aMessage('document', change)).text).toBe(text);
  });

  it.each([
    ['of a bot', 'private', { from: { id: 1, is_bot: true, first_name: 'Bot' } }],
    ['of somebody who joined', 'private', { text: undefined, new_chat_members: [] }],
    ['among people', 'group-mention', { text: 'Lunch?', entities: [] }],
    ['to another bot', 'group-command', { text: '/ask@other_help_bot who?' }],
    ['to one whose name begins alike', 'group-mention', { text: '@our_help_bot2 who?' }],
  ])('%s is none of our business, and is not kept', async (_what, name, change) => {
    expect(await aBot().greet?.(aMessage(name, change))).toEqual({ status: 200, headers: {}, body: '' });
  });

  it('that was edited changes nothing, and is not kept', async () => {
    const { message, ...rest } = JSON.parse(Buffer.from(recorded('telegram', 'private').body).toString());
    const edited = aRequest('application/json', JSON.stringify({ ...rest, edited_message: message }));
    expect(await aBot().greet?.(edited)).toEqual({ status: 200, headers: {}, body: '' });
  });

  it('starts it, and is greeted', async () => {
    for (const text of ['/start', '/start from_shop', '/help', '/ask']) {
      const answer = await aBot().greet?.(aMessage('private', { text }));
      expect(JSON.parse(answer?.body ?? '')).toMatchObject({ method: 'sendMessage', chat_id: '4242' });
    }
    for (const [, request] of allRecorded('telegram')) expect(await aBot().greet?.(request)).toBeNull();
  });
});

describe('a message in a group', () => {
  it('is a request where it mentions the bot, or is a command', () => {
    const mention = messageRead(aBot(), recorded('telegram', 'group-mention'));
    expect([mention.text, mention.conversation]).toEqual([
      'the door of room 4 is stuck',
      { to: '-1001234567890', thread: '100', name: null },
    ]);
    const command = messageRead(aBot(), recorded('telegram', 'group-command'));
    expect([command.text, command.conversation?.thread]).toEqual(['who has the key?', '33/101']);
    expect(command.thread.mustBelong).toBeUndefined();
  });

  it('that answers the bot belongs to the ticket of what it answers', () => {
    const { thread } = messageRead(aBot(), recorded('telegram', 'group-reply'));
    expect([thread.belongsTo, thread.mustBelong]).toEqual([['telegram:chat:-1001234567890/102'], undefined]);
  });

  it('that answers a person, or continues an album, counts where that is a ticket', () => {
    const other = { message_id: 100, from: { id: 7, first_name: 'Jo' }, text: 'The door is stuck.' };
    const answer = messageRead(aBot(), aMessage('group-reply', { reply_to_message: other }));
    expect([answer.thread.belongsTo, answer.thread.mustBelong]).toEqual([['telegram:chat:-1001234567890/100'], true]);
    const chat = { id: -5, type: 'group' };
    const album = messageRead(aBot(), aMessage('photo', { chat, caption: undefined }));
    expect([album.thread.belongsTo, album.thread.mustBelong]).toEqual([['telegram:chat:-5/album 13579'], true]);
  });

  it('that points the bot at what somebody said speaks for them', () => {
    const other = { message_id: 99, from: { id: 7, first_name: 'Jo' }, text: 'The door is stuck.' };
    const message = messageRead(aBot(), aMessage('group-mention', { text: '@our_help_bot', reply_to_message: other }));
    expect([message.text, message.from.name, message.conversation?.thread]).toEqual(['The door is stuck.', 'Jo', '99']);
  });
});

describe('an answer in Telegram', () => {
  it('answers the message, as plain text', async () => {
    const telegram = aTelegramThatSends();
    expect(await aBot(telegram).send?.(said('Hello <b>&</b> *you*'))).toEqual({
      kind: 'sent',
      id: '4242/201',
      knownAs: ['telegram:chat:4242/201'],
    });
    expect(telegram.asked).toEqual([
      {
        method: 'sendMessage',
        token: '7000000001:secret',
        params: {
          chat_id: '4242',
          text: 'Hello <b>&</b> *you*',
          link_preview_options: { is_disabled: true },
          reply_parameters: { message_id: 5, allow_sending_without_reply: true },
        },
      },
    ]);
  });

  it('stands in the topic of a forum', async () => {
    const telegram = aTelegramThatSends();
    await aBot(telegram).send?.(said('Hello', { thread: '33/101' }));
    expect(telegram.asked[0]?.params).toMatchObject({ message_thread_id: 33, reply_parameters: { message_id: 101 } });
  });

  it('that is long comes as several messages, of which none is sent twice', async () => {
    const answers = [
      { ok: true, result: sentTo(4242, 1) },
      { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 7 } },
      { ok: true, result: sentTo(4242, 2) },
    ];
    const telegram = aTelegram(() => answers.shift() ?? {});
    const bot = aBot(telegram);
    const long = said(`${'word '.repeat(800)}\n${'more '.repeat(200)}`);
    await expect(bot.send?.(long)).rejects.toMatchObject({ code: 'chat.rate-limited', retry: { afterSeconds: 7 } });
    expect(await bot.send?.(long)).toMatchObject({ knownAs: ['telegram:chat:4242/1', 'telegram:chat:4242/2'] });
    expect(telegram.asked.map(({ params }) => String(params['text']).slice(0, 4))).toEqual(['word', 'more', 'more']);
  });

  it('goes where a group went that became a supergroup, and what answers it there belongs to its ticket', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    const moved = { ok: false, error_code: 400, description, parameters: { migrate_to_chat_id: -1_001_234_567_890 } };
    const telegram = aTelegram(({ params }) =>
      params['chat_id'] === '-42' ? moved : { ok: true, result: sentTo(params['chat_id'], 102) },
    );
    const bot = aBot(telegram);
    expect(await bot.send?.(said('Hello', { to: '-42', thread: '7' }))).toEqual({
      kind: 'sent',
      id: '-1001234567890/102',
      knownAs: ['telegram:chat:-1001234567890/102'],
    });
    // Messages have other numbers there.
    expect(telegram.asked[1]?.params).not.toHaveProperty('reply_parameters');
    const { thread, conversation } = messageRead(bot, recorded('telegram', 'group-reply'));
    expect([thread.belongsTo, conversation?.to]).toEqual([['telegram:chat:-1001234567890/102'], '-1001234567890']);
  });

  it('that has nowhere to go fails, and is not sent on for ever', async () => {
    const moved = { ok: false, error_code: 400, description: 'moved', parameters: { migrate_to_chat_id: -5 } };
    await expect(aBot(aTelegram(() => moved)).send?.(said('Hello'))).rejects.toMatchObject({ code: 'chat.refused' });
  });

  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'chat.refused', 'never'],
    [400, 'Bad Request: chat not found', 'chat.refused', 'never'],
    [401, 'Unauthorized', 'chat.not-authorised', 'later'],
    [404, 'Not Found', 'chat.not-authorised', 'later'],
    [500, 'Internal Server Error', 'chat.unavailable', 'later'],
  ])('that Telegram answers with %i, %s, fails as %s, %s', async (status, description, code, retry) => {
    const bot = aBot(aTelegram(() => ({ ok: false, error_code: status, description })));
    await expect(bot.send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });

  it('needs access, and says so', async () => {
    const bot = createTelegramChannel(TelegramSettings.parse({}), aChannelGiven());
    expect(await bot.send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });
});

describe('files of Telegram', () => {
  it('lie where Telegram says when they are fetched', async () => {
    const telegram = aTelegram(() => ({ ok: true, result: { file_id: 'x', file_path: 'photos/file_7.jpg' } }));
    const [file] = messageRead(aBot(), recorded('telegram', 'photo')).attachments;
    expect(await aBot(telegram).linkTo?.(file?.url ?? '')).toEqual({
      url: 'https://api.telegram.org/file/bot7000000001:secret/photos/file_7.jpg',
      headers: {},
    });
    expect(telegram.asked[0]).toMatchObject({ method: 'getFile', params: { file_id: 'AgAClarge' } });
  });

  it('that are too large are given up', async () => {
    const bot = aBot(aTelegram(() => ({ ok: false, error_code: 400, description: 'Bad Request: file is too big' })));
    await expect(bot.linkTo?.('https://api.telegram.org/getFile?file_id=x')).rejects.toMatchObject({
      code: 'chat.refused',
      message: 'Telegram refuses getFile: Bad Request: file is too big.',
    });
  });
});
