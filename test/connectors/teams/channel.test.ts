import { describe, expect, it } from 'vitest';
import { createTeamsChannel } from '../../../connectors/teams/channel.ts';
import { TeamsSettings } from '../../../connectors/teams/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aWorkflow, signed, TOKEN } from './teams.ts';

const OLD_TOKEN = Buffer.from('the token before this one, 32 b.').toString('base64');
const SECRETS = { tokens: [], signing: [TOKEN, OLD_TOKEN] };
const ADDRESS = 'https://prod-07.westeurope.logic.example/workflows/1/triggers/manual/run?sig=s3cret';
const CHANNEL = '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2';

function aTeam(workflow = aWorkflow(), settings: object = { workflow: 'env:TEAMS_WORKFLOW_URL' }): PlainChannel {
  const given = aChannelGiven({ environment: { TEAMS_WORKFLOW_URL: ADDRESS }, ask: workflow.ask });
  return createTeamsChannel(TeamsSettings.parse(settings), given);
}

/** The recorded message, changed. */
function aMessage(change: object): RawRequest {
  const { body, headers } = recorded('teams', 'mention');
  return aRequest(
    headers['content-type'] ?? '',
    JSON.stringify({ ...JSON.parse(Buffer.from(body).toString()), ...change }),
  );
}

function said(text: string): OutgoingMessage {
  return { to: CHANNEL, thread: '1763800000123', key: 'reply:1', subject: 'Re: My laptop', text, voice: 'person' };
}

describe('Teams', () => {
  const request = recorded('teams', 'mention');
  testChannel({
    channel: aTeam(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('teams').map(([name, each]) => [name, signed(each)] as const),
      ['the old token, while both are in force', signed(request, OLD_TOKEN)],
    ],
    forged: [
      ['no signature', request],
      ['another token', signed(request, 'AAAA')],
      ['another body', { ...signed(request), body: recorded('teams', 'in-thread').body }],
      ['a bearer token', withHeaders(request, { authorization: `Bearer ${TOKEN}` })],
    ],
  });

  it('is not believed where its token stands for no bytes', () => {
    const verdict = aTeam().verify(signed(request, '!'), { tokens: [], signing: ['!'] });
    expect(verdict).toMatchObject({ authentic: false });
  });
});

describe('a message in Teams', () => {
  it('is read as it was written, without our name before it, and its thread is a conversation', () => {
    const message = messageRead(aTeam(), recorded('teams', 'mention'));
    expect([message.text, message.subject]).toEqual([
      'My laptop & phone are dead 🙈\nWhat now?',
      'My laptop & phone are dead 🙈',
    ]);
    expect(message.from).toEqual({
      name: 'Zoë Müller',
      email: null,
      identities: [{ kind: 'teams', value: 'c9c5c2ab-7d9b-4f3a-9f0e-1f2d3c4b5a69' }],
    });
    expect(message.conversation).toEqual({
      to: CHANNEL,
      thread: '1763800000123',
      name: `teams:${CHANNEL}/1763800000123`,
    });
    expect(message.attachments).toEqual([]);
  });

  it('that continues a thread belongs to its ticket, and names people as they are seen', () => {
    const { text, conversation, externalId } = messageRead(aTeam(), recorded('teams', 'in-thread'));
    expect([text, conversation?.name]).toEqual([
      'It is still dark, Greta knows. Help desk',
      `teams:${CHANNEL}/1763800000123`,
    ]);
    expect(externalId).toBe(`${CHANNEL}/1763800360456`);
  });

  it('keeps what looks like markup', () => {
    expect(messageRead(aTeam(), aMessage({ text: '<at>Help desk</at> if a < b then <b>' })).text).toBe(
      'if a < b then <b>',
    );
  });

  it('brings a picture, and no copy of its text (A-010)', () => {
    const { text, attachments } = messageRead(aTeam(), recorded('teams', 'with-picture'));
    expect([text, attachments]).toEqual([
      'It looks so.',
      [
        {
          name: 'file',
          contentType: 'application/octet-stream',
          size: 0,
          url: 'https://smba.trafficmanager.net/emea/v3/attachments/0-weu-d1/views/original',
        },
      ],
    ]);
  });

  it('that is none makes no ticket', () => {
    expect(aTeam().parse(aMessage({ type: 'messageReaction' })).kind).toBe('ignored');
  });

  it.each([
    [{}, 'Thank you, we have it.'],
    [{ ticket: 'T-1042' }, 'Thank you, we have it as T-1042.'],
  ])('is thanked for in its thread: %j', (known, text) => {
    const answer = aTeam().answer?.(recorded('teams', 'mention'), { id: '1', isRepeat: false, ...known });
    expect(JSON.parse(answer?.body ?? '')).toEqual({ type: 'message', text });
  });
});

describe('an answer in Teams', () => {
  it('is a card in the channel of the workflow, in which nothing is markup', async () => {
    const workflow = aWorkflow();
    expect(await aTeam(workflow).send?.(said('Hello *Zoë*,\n\n[it] works.'))).toEqual({ kind: 'sent', id: 'reply:1' });
    const line = (text: string) => ({ type: 'RichTextBlock', spacing: 'None', inlines: [{ type: 'TextRun', text }] });
    expect(workflow.posted).toEqual([
      {
        url: ADDRESS,
        card: expect.objectContaining({
          type: 'AdaptiveCard',
          body: [
            { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Re: My laptop', weight: 'Bolder' }] },
            line('Hello *Zoë*,'),
            line('\u00a0'),
            line('[it] works.'),
          ],
        }),
      },
    ]);
  });

  it('that is long comes as several, each within what Teams takes', async () => {
    const workflow = aWorkflow();
    await aTeam(workflow).send?.(said('日本語の長い返事です。\n'.repeat(1000)));
    expect(workflow.posted).toHaveLength(2);
    for (const { card } of workflow.posted) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it.each([{}, { workflow: 'env:NOT_SET' }])('goes nowhere without a workflow: %j', async (settings) => {
    expect(await aTeam(aWorkflow(), settings).send?.(said('Hello'))).toMatchObject({ kind: 'not_configured' });
  });

  it.each([
    [400, 'chat.refused', 'never'],
    [404, 'chat.refused', 'never'],
    [401, 'chat.not-authorised', 'later'],
    [429, 'chat.rate-limited', { afterSeconds: 30 }],
    [502, 'chat.unavailable', 'later'],
  ])('that the workflow answers with %i fails as %s, %j, and names no address', async (status, code, retry) => {
    const sent = aTeam(aWorkflow(status)).send?.(said('Hello'));
    await expect(sent).rejects.toMatchObject({ code, retry, message: expect.not.stringContaining('sig') });
  });
});
