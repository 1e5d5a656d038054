import { describe, expect, it } from 'vitest';
import { createSlackChannel } from '../../../connectors/slack/channel.ts';
import { SlackSettings } from '../../../connectors/slack/settings.ts';
import type { InboundMessage } from '../../../src/domain/message.ts';
import type { Channel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aSlack, isValidForBolt, signed } from './slack.ts';

const SECRETS = { tokens: [], signing: ['new-secret', 'old-secret'] };
const ROOMS = { rooms: ['C0HELP123'] };

/** A channel of a workspace that cannot be asked, unless the test gives one that answers. */
function aSlackChannel(settings: object = ROOMS, slack = aSlack()): Channel {
  return createSlackChannel(SlackSettings.parse(settings), aChannelGiven({ access: 'xoxb-1', ask: slack.ask }));
}

async function messageIn(request: RawRequest, channel = aSlackChannel()): Promise<InboundMessage> {
  const parsed = await channel.parse(request);
  const [message] = parsed.kind === 'messages' ? parsed.messages : [];
  if (message === undefined) throw new Error(`read as ${parsed.kind}`);
  return message;
}

/** An event of the recorded kind, changed. */
function anEvent(change: object): RawRequest {
  const { event, ...rest } = JSON.parse(Buffer.from(recorded('slack', 'message-im').body).toString());
  return aRequest('application/json', JSON.stringify({ ...rest, event: { ...event, ...change } }));
}

function said(text: string): OutgoingMessage {
  const place = { to: 'C0HELP123', thread: '1763800002.000300' };
  return { ...place, key: 'reply:1', subject: 'Re', text, voice: 'person' };
}

describe('Slack', () => {
  const request = recorded('slack', 'message-im');
  testChannel({
    channel: aSlackChannel(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('slack').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, 'old-secret')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, 'other')],
      ['a time of the future', signed(request, 'new-secret', MORNING.add({ minutes: 6 }))],
      ['a recorded request, six minutes later', signed(request, 'new-secret', MORNING.subtract({ minutes: 6 }))],
      ['another body', { ...signed(request), body: recorded('slack', 'mention').body }],
      ['no time', withHeaders(signed(request), { 'x-slack-request-timestamp': '' })],
    ],
    library: { name: '@slack/bolt', accepts: isValidForBolt, letsPass: ['a time of the future'] },
  });

  it('signs as in the example of its documentation', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
      '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com' +
      '%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const receivedAt = Temporal.Instant.fromEpochMilliseconds(1_531_420_620_000);
    const given = withHeaders(aRequest('application/x-www-form-urlencoded', body, { receivedAt }), headers);
    const secrets = { tokens: [], signing: ['8f742231b10e8888abcd99yyyzzz85a5'] };
    expect(await aSlackChannel().verify(given, secrets)).toEqual({ authentic: true });
  });
});

describe('a message in Slack', () => {
  it('is read as it was seen', async () => {
    const message = await messageIn(recorded('slack', 'message-im'));
    expect(message.text).toBe('My laptop & phone are dead 🙈 see this page (https://example.com/a?b=1) <now>');
    expect(message.conversation).toEqual({ to: 'D024BE91L', thread: null, name: 'slack:D024BE91L' });
    expect(message.from).toEqual({
      name: 'U061F7AUR',
      email: null,
      identities: [{ kind: 'slack', value: 'U061F7AUR' }],
    });
    expect(message.sentAt?.toString()).toBe('2025-11-22T08:26:40Z');
  });

  it('that mentions the app is a request wherever it stands, and its thread is the ticket', async () => {
    const message = await messageIn(recorded('slack', 'mention'));
    expect(message.text).toBe('please ask @U0ANAANA1 in #help about my invoice');
    expect(message.conversation?.name).toBe('slack:C0GENERAL1/1763800001.000200');
    expect(message.thread.mustBelong).toBeUndefined();
  });

  it('that comes as two events is one delivery', () => {
    const [text, ts, channel] = ['<@U0BOTBOT1> hello', '1763800001.000200', 'C0GENERAL1'];
    const event = anEvent({ text, ts, channel, channel_type: 'channel' });
    expect(aSlackChannel().deliveryId(event)).toBe(aSlackChannel().deliveryId(recorded('slack', 'mention')));
  });

  it('begins a ticket in a room of ours, and its files come along', async () => {
    const message = await messageIn(recorded('slack', 'room-with-file'));
    expect([message.text, message.conversation?.thread]).toEqual(['screen shot.png', '1763800002.000300']);
    expect(message.attachments).toEqual([
      {
        name: 'screen shot.png',
        contentType: 'image/png',
        size: 51_234,
        url: 'https://files.slack.com/files-pri/T061EG9R6-F0S43P1CZ/download/screen_shot.png',
      },
    ]);
  });

  it('in a thread counts where the thread is a ticket', async () => {
    const message = await messageIn(recorded('slack', 'in-thread'));
    expect([message.conversation?.name, message.thread.mustBelong]).toEqual([
      'slack:C0HELP123/1763800002.000300',
      true,
    ]);
  });

  it.each([
    ['of an app', { bot_id: 'B1' }],
    ['of ours', { user: 'U0BOTBOT1' }],
    ['that was edited', { subtype: 'message_changed' }],
    ['of somebody who joined', { subtype: 'channel_join' }],
    ['among people, elsewhere', { channel: 'C0GENERAL1', channel_type: 'channel' }],
    ['that is a reaction', { type: 'reaction_added' }],
  ])('%s is none of our business, and is not kept', async (_what, change) => {
    expect(await aSlackChannel().greet?.(anEvent(change))).toEqual({ status: 200, headers: {}, body: '' });
  });

  it('is kept in rooms and in direct messages', async () => {
    for (const [, request] of allRecorded('slack')) expect(await aSlackChannel().greet?.(request)).toBeNull();
  });
});

describe('a command, a form and a shortcut of Slack', () => {
  it('are answered in private', async () => {
    const command = await messageIn(recorded('slack', 'command'));
    expect([command.text, command.from.name, command.conversation]).toEqual([
      'reset my password, please & soon',
      'greta',
      { to: 'U061F7AUR', thread: null, name: null },
    ]);
    const form = await messageIn(recorded('slack', 'form'));
    expect([form.subject, form.text]).toEqual(['New screen', 'Mine is cracked.\nWho gives me another?']);
    expect(form.conversation?.to).toBe('U061F7AUR');
  });

  it('of a message speak for who wrote it, in its thread', async () => {
    const message = await messageIn(recorded('slack', 'of-message'));
    expect([message.text, message.from.identities?.[0]?.value, message.conversation?.name]).toEqual([
      'The door of room 4 does not open.',
      'U061F7AUR',
      'slack:C0GENERAL1/1763800011.000600',
    ]);
  });

  const empty = aRequest('application/x-www-form-urlencoded', 'command=%2Fhelp-me&text=&user_id=U1&trigger_id=13.7');

  it('without words open a form', async () => {
    const slack = aSlack({ 'views.open': { ok: true } });
    expect(await aSlackChannel({}, slack).greet?.(empty)).toEqual({ status: 200, headers: {}, body: '' });
    expect(slack.asked).toMatchObject([
      { method: 'views.open', params: { trigger_id: '13.7' }, token: 'Bearer xoxb-1' },
    ]);
    expect(JSON.parse(slack.asked[0]?.params['view'] ?? '')).toMatchObject({ callback_id: 'tabledesk_request' });
  });

  it('say so when the form does not open', async () => {
    const slack = aSlack({ 'views.open': { ok: false, error: 'expired_trigger_id' } });
    const answer = await aSlackChannel({}, slack).greet?.(empty);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('behind the command'),
    });
  });
});

describe('what Slack knows of people', () => {
  const GRETA = { id: 'U061F7AUR', name: 'greta', profile: { display_name: 'Greta', email: 'Greta@Example.com' } };
  const ANA = { id: 'U0ANAANA1', name: 'ana', profile: { display_name: '', real_name: 'Ana Torres' } };
  const knows = () => aSlack({ 'users.info': ({ user }) => ({ ok: true, user: user === GRETA.id ? GRETA : ANA }) });

  it('stands in the ticket in place of their ids, and is asked once', async () => {
    const slack = knows();
    const channel = aSlackChannel({}, slack);
    for (let times = 0; times < 2; times += 1) {
      const done = await channel.complete?.(await channel.parse(recorded('slack', 'mention')));
      const [message] = done?.kind === 'messages' ? done.messages : [];
      expect([message?.from.name, message?.from.email]).toEqual(['Greta', 'greta@example.com']);
      expect([message?.text, message?.subject]).toEqual([
        'please ask @Ana Torres in #help about my invoice',
        'please ask @Ana Torres in #help about my invoice',
      ]);
    }
    expect(slack.asked.map(({ params }) => params['user'])).toEqual(['U061F7AUR', 'U0ANAANA1']);
  });

  it('is asked again when it could not be had', async () => {
    const answers = [
      { ok: false, error: 'internal_error' },
      { ok: true, user: GRETA },
    ];
    const channel = aSlackChannel({}, aSlack({ 'users.info': () => answers.shift() ?? {} }));
    const parsed = await channel.parse(recorded('slack', 'message-im'));
    await expect(channel.complete?.(parsed)).rejects.toMatchObject({ code: 'chat.unavailable' });
    expect(await channel.complete?.(parsed)).toMatchObject({ messages: [{ from: { name: 'Greta' } }] });
  });
});

describe('an answer in Slack', () => {
  const posted = { ok: true, channel: 'C0HELP123', ts: '1763800100.000100' };

  it('stands in the thread, and mentions nobody', async () => {
    const slack = aSlack({ 'chat.postMessage': posted });
    const delivery = await aSlackChannel({}, slack).send?.(
      said('Hello <!channel> & <@U1>, see <https://a.example|this>'),
    );
    expect(delivery).toEqual({
      kind: 'sent',
      id: 'C0HELP123/1763800100.000100',
      knownAs: ['slack:C0HELP123/1763800002.000300'],
    });
    expect(slack.asked[0]?.params).toMatchObject({
      channel: 'C0HELP123',
      thread_ts: '1763800002.000300',
      link_names: 'false',
      text: 'Hello &lt;!channel&gt; &amp; &lt;@U1&gt;, see &lt;https://a.example|this&gt;',
    });
  });

  it('to one person is known by the conversation that it opens', async () => {
    const slack = aSlack({ 'chat.postMessage': { ...posted, channel: 'D024BE91L' } });
    const delivery = await aSlackChannel({}, slack).send?.({ ...said('Hello'), to: 'U061F7AUR', thread: null });
    expect(delivery).toMatchObject({ knownAs: ['slack:D024BE91L'] });
  });

  it.each([
    [{ ok: false, error: 'channel_not_found' }, 'chat.refused', 'never'],
    [{ ok: false, error: 'token_revoked' }, 'chat.not-authorised', 'later'],
    [{ ok: false, error: 'ratelimited' }, 'chat.rate-limited', { afterSeconds: 30 }],
    ['<html>', 'chat.unavailable', 'later'],
  ])('that Slack answers with %j fails as %s, %j', async (answer, code, retry) => {
    const channel = aSlackChannel({}, aSlack({ 'chat.postMessage': answer }));
    await expect(channel.send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });

  it('comes again when Slack says', async () => {
    const slack = aSlack({ 'chat.postMessage': posted }, { status: 429, headers: { 'retry-after': '7' } });
    await expect(aSlackChannel({}, slack).send?.(said('Hello'))).rejects.toMatchObject({
      code: 'chat.rate-limited',
      retry: { afterSeconds: 7 },
    });
  });

  it('needs access, and says so', async () => {
    const channel = createSlackChannel(SlackSettings.parse({}), aChannelGiven());
    expect(await channel.send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });
});

describe('files of Slack', () => {
  it('are fetched with the token, which nobody else is shown', async () => {
    const link = async (url: string) => (await aSlackChannel().linkTo?.(url))?.headers;
    expect(await link('https://files.slack.com/files-pri/T1-F1/a.png')).toEqual({ authorization: 'Bearer xoxb-1' });
    for (const url of ['https://slack.com.evil.example/a', 'https://evilslack.com/a', 'http://files.slack.com/a']) {
      expect(await link(url)).toEqual({});
    }
  });
});
