import { describe, expect, it } from 'vitest';
import { createTypeformChannel } from '../../../connectors/typeform/channel.ts';
import { TypeformSettings } from '../../../connectors/typeform/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { hmacOf, messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: [], signing: ['new-secret', 'old-secret'] };

function aTypeform(settings: object = {}, access: string | null = null): PlainChannel {
  return createTypeformChannel(TypeformSettings.parse(settings), aChannelGiven({ access }));
}

function signed(request: RawRequest, secret = 'new-secret'): RawRequest {
  return withHeaders(request, { 'typeform-signature': `sha256=${hmacOf(secret, [request.body], 'base64')}` });
}

/** The recorded response with something written in another way. */
function changed(from: string | RegExp, to: string): RawRequest {
  const body = new TextDecoder().decode(recorded('typeform', 'response').body);
  return aRequest('application/json', body.replaceAll(from, to));
}

describe('a Typeform', () => {
  const request = recorded('typeform', 'response');
  const { 'typeform-signature': signature = '' } = signed(request).headers;
  testChannel({
    channel: aTypeform(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('typeform').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, 'old-secret')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, 'new-secre')],
      ['another body', withHeaders(changed('once', 'never'), { 'typeform-signature': signature })],
      ['an empty signature', withHeaders(request, { 'typeform-signature': 'sha256=' })],
      ['the same in hex', withHeaders(request, { 'typeform-signature': hmacOf('new-secret', [request.body], 'hex') })],
    ],
  });

  it('says which header it missed, and what to compare', () => {
    expect(aTypeform().verify(request, SECRETS)).toEqual({
      authentic: false,
      reason: 'there is no typeform-signature',
    });
    expect(aTypeform().verify(signed(request, 'x'), SECRETS)).toEqual({
      authentic: false,
      reason: 'typeform-signature is not of the secret in force, or not of this body',
    });
  });
});

describe('a response', () => {
  it('is read by the types of its questions (A-004, A-006)', () => {
    const message = messageRead(aTypeform(), recorded('typeform', 'response'));
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.subject).toBe('I paid once.');
    expect(message.externalId).toBe('a3a12ec67a1365927098a606107fbc15');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('keeps every other answer under its title, without stars and with what the title quotes (A-011)', () => {
    expect(messageRead(aTypeform(), recorded('typeform', 'response')).fields).toEqual({
      'Thanks, Zoë. Which plan?': 'Pro',
      'What is it about?': 'Billing, Cards, my own',
      'Did it happen before?': 'No',
      'Since when?': '2026-03-01',
      user_id: 'u-77',
      ticket: 'T-1042',
      Form: 'Help',
      Response: 'https://admin.typeform.com/form/lT4Z3j/results#responses',
    });
  });

  it('brings its files as links (A-010)', () => {
    expect(messageRead(aTypeform(), recorded('typeform', 'response')).attachments).toEqual([
      {
        name: 'shot one.png',
        contentType: 'application/octet-stream',
        size: 0,
        url: 'https://api.typeform.com/responses/files/7f2c/shot%20one.png',
      },
    ]);
  });

  it('is read as the config says, by title, id or ref', () => {
    for (const subject of ['plan', 'k6TP9oLGgHjl', 'Thanks, Zoë. Which plan?']) {
      const channel = aTypeform({ fields: { subject } });
      expect(messageRead(channel, recorded('typeform', 'response')).subject).toBe('Pro');
    }
  });

  it('keeps both answers where two questions have one title', () => {
    const request = changed('Since when?', 'Did it happen before?');
    expect(messageRead(aTypeform(), request).fields).toMatchObject({
      'Did it happen before?': 'No',
      'Did it happen before? (2)': '2026-03-01',
    });
  });

  it('is read by names and looks where it has another shape', () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aTypeform(), request)).toMatchObject({
      text: 'It is broken.',
      from: { email: 'a@example.com' },
    });
  });

  it('never finds what an object inherits', () => {
    const field = { id: 'a', type: 'short_text', ref: 'r' };
    const answers = [
      { type: 'constructor', field },
      { type: 'text', text: 'my own words', field },
    ];
    const body = { event_type: 'form_response', form_response: { token: 't', answers } };
    const message = messageRead(aTypeform(), aRequest('application/json', JSON.stringify(body)));
    expect(message).toMatchObject({ text: 'my own words', fields: {} });
  });

  it('in which nobody answered anything is unreadable', () => {
    const request = aRequest('application/json', '{"event_type":"form_response","form_response":{"token":"t"}}');
    const parsed = aTypeform().parse(request);
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.empty');
  });
});

describe('a response that nobody submitted', () => {
  const partial = changed('"form_response",', '"form_response_partial",');

  it('is set aside, with the message that it would be', () => {
    const parsed = aTypeform().parse(partial);
    expect(parsed.kind === 'ignored' && parsed.reason).toBe('The form was left before it was submitted.');
    expect(parsed.kind === 'ignored' && parsed.messages[0]?.from.email).toBe('zoe@example.com');
  });

  it('is taken where the config says so, and the whole one later belongs to it', () => {
    const channel = aTypeform({ partial: 'take' });
    const names = ['typeform:a3a12ec67a1365927098a606107fbc15'];
    expect(messageRead(channel, partial).thread).toMatchObject({ belongsTo: names, knownAs: names });
    expect(messageRead(channel, recorded('typeform', 'response')).thread).toMatchObject({ belongsTo: names });
    expect(channel.deliveryId(partial)).toBe('a3a12ec67a1365927098a606107fbc15 partial 01HZX5Z8T1');
    expect(channel.deliveryId(recorded('typeform', 'response'))).toBe('a3a12ec67a1365927098a606107fbc15');
  });

  it('is not confused with what Typeform may tell some day', () => {
    const parsed = aTypeform({ partial: 'take' }).parse(changed('"form_response",', '"form_viewed",'));
    expect(parsed.kind === 'ignored' && parsed.reason).toBe('Typeform tells of form_viewed, which is no response.');
  });
});

describe('a file', () => {
  it('is fetched with the token of the account, which nobody else is shown', async () => {
    const channel = aTypeform({}, 'tfp_access');
    const at = async (url: string) => (await channel.linkTo?.(url))?.headers;
    expect(await at('https://api.typeform.com/files/1')).toEqual({ authorization: 'Bearer tfp_access' });
    expect(await at('https://api.eu.typeform.com/files/1')).toEqual({ authorization: 'Bearer tfp_access' });
    expect(await at('https://typeform.com.evil.example/files/1')).toEqual({});
    expect(await at('http://api.typeform.com/files/1')).toEqual({});
    expect(await aTypeform().linkTo?.('https://api.typeform.com/files/1')).toEqual({
      url: 'https://api.typeform.com/files/1',
      headers: {},
    });
  });
});
