import { describe, expect, it } from 'vitest';
import { createMattermostChannel } from '../../../connectors/mattermost/channel.ts';
import { MattermostSettings } from '../../../connectors/mattermost/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aMattermost, TOKENS, ZOE } from './mattermost.ts';

const SECRETS = { tokens: [...TOKENS, 'old-token'], signing: [] };
const ROOM = 'hawos4dqtby53pd64o4a4cmeoo';
const POST = 'axdygg1957njfe5pu38saikdho';
const ROOT = 'r00t000000000000000000000a';
const MADE = { id: 'made0000000000000000000000' };
const SERVER = { server: 'https://chat.example.com/' };

function aServer(
  mattermost = aMattermost(),
  settings: object = SERVER,
  access: string | null = 'bot-token',
): PlainChannel {
  return createMattermostChannel(MattermostSettings.parse(settings), aChannelGiven({ access, ask: mattermost.ask }));
}

/** A server that says nothing but what it answers a webhook with. */
function aWebhook(): PlainChannel {
  return aServer(aMattermost(), {}, null);
}

/** The recorded request, changed. */
function aPost(change: object): RawRequest {
  const sent = JSON.parse(Buffer.from(recorded('mattermost', 'post').body).toString());
  return aRequest('application/json', JSON.stringify({ ...sent, ...change }));
}

function aCommand(change: Readonly<Record<string, string>>): RawRequest {
  const fields = Object.fromEntries(
    new URLSearchParams(Buffer.from(recorded('mattermost', 'command').body).toString()),
  );
  return aRequest('application/x-www-form-urlencoded', new URLSearchParams({ ...fields, ...change }).toString());
}

function said(text: string, place: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { to: ROOM, thread: POST, key: 'reply:1', subject: 'Re', text, voice: 'person', ...place };
}

const RECEIPT = { id: '1', isRepeat: false, ticket: 'T-1042' };

describe('Mattermost', () => {
  testChannel({
    channel: aServer(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('mattermost'),
      ['the old token, while both are in force', aPost({ token: 'old-token' })],
    ],
    forged: [
      ['no token', aPost({ token: undefined })],
      ['an empty token', aPost({ token: '' })],
      ['another token', aPost({ token: 'mmtokenofthehook000000000' })],
      ['a token of another kind', aPost({ token: { $ne: '' } })],
      ['a command with another token', aCommand({ token: 'guess' })],
    ],
  });

  it('is asked over the internet without encryption only where the admin says that it is in our network', () => {
    const problems = (settings: object) => MattermostSettings.safeParse(settings).error?.issues[0]?.message;
    expect(problems({ server: 'http://chat.example.com' })).toContain('is not encrypted');
    expect(problems({ server: 'http://mattermost:8065', internal: true })).toBeUndefined();
    expect(problems({ server: 'chat.example.com' })).toContain('is not the address of a server');
  });
});

describe('a post in Mattermost', () => {
  it('is read as it was written', () => {
    const message = messageRead(aServer(), recorded('mattermost', 'post'));
    expect([message.text, message.externalId, message.sentAt?.toString()]).toEqual([
      'My laptop & phone are dead 🙈\nWhat now?',
      POST,
      '2025-11-22T08:26:40.123Z',
    ]);
    expect(message.from).toEqual({
      name: 'zoe',
      email: null,
      identities: [{ kind: 'mattermost', value: 'kwhybz3qkbrgxdmcdk46m8cnny' }],
    });
    expect(message.conversation).toEqual({ to: ROOM, thread: POST, name: `mattermost:${POST}` });
  });

  it('as a form is read without the word that calls us, with the time in seconds', () => {
    const message = messageRead(aServer(), recorded('mattermost', 'called-with-files'));
    expect([message.text, message.sentAt?.toString()]).toEqual(['it looks so', '2025-11-22T08:26:41Z']);
  });

  it('within a thread belongs to that thread, with names, address and files as the server knows them (A-010, A-023)', async () => {
    const file = { id: 'f1le00000000000000000000aa', name: 'screen.png', mime_type: 'image/png', size: 2048 };
    const post = { id: 'b1dygg1957njfe5pu38saikdho', root_id: ROOT, metadata: { files: [file] } };
    const mattermost = aMattermost({ [`/users/${ZOE.id}`]: ZOE, [`/posts/${post.id}`]: post });
    const channel = aServer(mattermost);
    const parsed = channel.parse(recorded('mattermost', 'called-with-files'));
    const whole = (await channel.complete?.(parsed)) ?? parsed;
    const [message] = whole.kind === 'messages' ? whole.messages : [];
    expect(message?.from).toMatchObject({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message?.conversation).toEqual({ to: ROOM, thread: ROOT, name: `mattermost:${ROOT}` });
    const url = `https://chat.example.com/api/v4/files/${file.id}`;
    expect(message?.attachments).toEqual([{ name: 'screen.png', contentType: 'image/png', size: 2048, url }]);
    expect(mattermost.asked.map(({ token }) => token)).toEqual(['Bearer bot-token', 'Bearer bot-token']);
  });

  it('with files alone has a text, and brings them though nobody says how they are called', () => {
    const request = aPost({ text: '', file_ids: 'f1le00000000000000000000aa,../users/me' });
    expect(messageRead(aServer(), request).attachments.map(({ url }) => url)).toEqual([
      'https://chat.example.com/api/v4/files/f1le00000000000000000000aa',
    ]);
    expect([messageRead(aServer(), request).text, messageRead(aWebhook(), request).text]).toEqual([
      'A file.',
      '(no text)',
    ]);
  });

  it('of a bot, such as our own, is none of our business, and is not kept', async () => {
    const mattermost = aMattermost({ [`/users/${ZOE.id}`]: { ...ZOE, is_bot: true } });
    expect((await aServer(mattermost).greet?.(recorded('mattermost', 'post')))?.body).toBe('{}');
    for (const [, request] of allRecorded('mattermost')) expect(await aServer().greet?.(request)).toBeNull();
  });

  it('is thanked for below it where no letter can come, and else is not', () => {
    const answer = (channel: PlainChannel) => channel.answer?.(recorded('mattermost', 'post'), RECEIPT)?.body;
    expect(JSON.parse(answer(aWebhook()) ?? '')).toEqual({
      response_type: 'comment',
      text: 'Thank you, we have it as T-1042.',
    });
    expect(answer(aServer())).toBe('{}');
  });

  it('that is none is kept for a person to look at', () => {
    expect(aServer().parse(aRequest('application/json', '{"token":"old-token"}'))).toMatchObject({
      kind: 'unreadable',
    });
  });
});

describe('a command of Mattermost', () => {
  it('is a request, answered to who called it alone, and later in a direct message', () => {
    const request = recorded('mattermost', 'command');
    const { text, from, conversation } = messageRead(aServer(), request);
    expect([text, from.name, conversation]).toEqual([
      'reset my password, please & soon',
      'zoe',
      { to: `@${ZOE.id}`, thread: null, name: null },
    ]);
    expect(JSON.parse(aServer().answer?.(request, RECEIPT)?.body ?? '')).toEqual({
      response_type: 'ephemeral',
      text: 'Thank you, we have it as T-1042.',
    });
  });

  it('without words says how it is used, and is not kept', async () => {
    const answer = await aServer().greet?.(aCommand({ text: ' ' }));
    expect(answer?.body).toContain('/help-desk my screen is dark');
  });
});

describe('an answer in Mattermost', () => {
  it('stands in the thread, and calls nobody who is not named', async () => {
    const mattermost = aMattermost({ [`/posts/${POST}`]: { id: POST, root_id: '' }, '/posts': MADE });
    expect(await aServer(mattermost).send?.(said('Hello @zoe and @all, @channel is @here.'))).toEqual({
      kind: 'sent',
      id: MADE.id,
      knownAs: [`mattermost:${POST}`],
    });
    expect(mattermost.asked.at(-1)).toMatchObject({
      params: {
        channel_id: ROOM,
        root_id: POST,
        message: 'Hello @zoe and @\u200ball, @\u200bchannel is @\u200bhere.',
        pending_post_id: expect.stringMatching(/^[0-9a-f]{26}$/),
      },
      token: 'Bearer bot-token',
      internal: false,
    });
  });

  it('stands in the thread of a post that nobody knew to be within one', async () => {
    const mattermost = aMattermost({ [`/posts/${POST}`]: { id: POST, root_id: ROOT }, '/posts': MADE });
    expect(await aServer(mattermost).send?.(said('Hello'))).toMatchObject({ knownAs: [`mattermost:${ROOT}`] });
    expect(mattermost.asked.at(-1)?.params).toMatchObject({ root_id: ROOT });
  });

  it('to a command is a direct message', async () => {
    const answers = {
      '/users/me': { ...ZOE, id: 'b0t00000000000000000000000' },
      '/channels/direct': MADE,
      '/posts': MADE,
    };
    const mattermost = aMattermost(answers);
    await aServer(mattermost).send?.(said('Hello', { to: `@${ZOE.id}`, thread: null }));
    expect(mattermost.asked.map(({ path, params }) => [path, params])).toEqual([
      ['/users/me', null],
      ['/channels/direct', ['b0t00000000000000000000000', ZOE.id]],
      ['/posts', expect.objectContaining({ channel_id: MADE.id, message: 'Hello' })],
    ]);
  });

  it('reaches a server in our own network where the admin says that it is there', async () => {
    const mattermost = aMattermost({ [`/posts/${POST}`]: { id: POST, root_id: '' }, '/posts': MADE });
    await aServer(mattermost, { server: 'http://mattermost:8065', internal: true }).send?.(said('Hello'));
    expect(mattermost.asked.map(({ internal }) => internal)).toEqual([true, true]);
  });

  it.each([
    [400, 'chat.refused', 'never'],
    [401, 'chat.not-authorised', 'later'],
    [403, 'chat.refused', 'never'],
    [429, 'chat.rate-limited', { afterSeconds: 30 }],
    [503, 'chat.unavailable', 'later'],
  ])('that Mattermost answers with %i fails as %s, %j', async (status, code, retry) => {
    const mattermost = aMattermost({ [`/posts/${POST}`]: { message: 'No.', status_code: status } }, status);
    await expect(aServer(mattermost).send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });

  it('needs a server and access, and says so', async () => {
    expect(await aWebhook().send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
    expect(await aServer(aMattermost(), {}).send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });
});

describe('files of Mattermost', () => {
  it('are fetched with the token, which nobody else is shown', async () => {
    const link = async (url: string, settings = {}) => aServer(aMattermost(), { ...SERVER, ...settings }).linkTo?.(url);
    const url = 'https://chat.example.com/api/v4/files/f1le00000000000000000000aa';
    expect(await link(url)).toEqual({ url, headers: { authorization: 'Bearer bot-token' }, internal: false });
    expect(await link(url, { internal: true })).toMatchObject({ internal: true });
    const other = 'https://chat.example.com.evil.example/api/v4/files/x';
    expect(await link(other, { internal: true })).toEqual({ url: other, headers: {} });
  });
});
