import { describe, expect, it } from 'vitest';
import { createTwilioChannel } from '../../../connectors/twilio/channel.ts';
import { TwilioSettings } from '../../../connectors/twilio/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import type { OutgoingMessage } from '../../../src/ports/notifier.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';
import { aTwilio, HOOK, signed } from './twilio.ts';

const SECRETS = { tokens: [], signing: ['new-secret', 'old-secret'] };
const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const TEMPLATE = 'HX0123456789abcdef0123456789abcdef';
const FORM = 'application/x-www-form-urlencoded';

function aNumber(twilio = aTwilio(), settings: object = {}, access = 'auth-token'): PlainChannel {
  const checked = TwilioSettings.parse({ account: ACCOUNT, ...settings });
  return createTwilioChannel(checked, aChannelGiven({ access, ask: twilio.ask }));
}

/** The recorded message, changed. */
function aMessage(name: string, change: Readonly<Record<string, string>>): RawRequest {
  const fields = Object.fromEntries(new URLSearchParams(Buffer.from(recorded('twilio', name).body).toString()));
  return aRequest(FORM, new URLSearchParams({ ...fields, ...change }).toString());
}

function said(text: string, place: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const to = { to: '+4915112345678', thread: '+4930123456', silentSeconds: 60 };
  return { ...to, key: 'reply:1', subject: 'Re', text, voice: 'person', ...place };
}

describe('Twilio', () => {
  const request = recorded('twilio', 'sms');
  testChannel({
    channel: aNumber(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('twilio').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, { secret: 'old-secret' })],
      ['the port that goes without saying', signed(request, { as: 'https://desk.example:443/hooks/twilio' })],
      ['no port', signed(request, { address: 'https://desk.example:8443/hooks/twilio', as: HOOK })],
      ['a query', signed(request, { address: `${HOOK}?foo=1&bar=2` })],
    ],
    forged: [
      ['no signature', { ...request, address: HOOK }],
      ['another secret', signed(request, { secret: 'new-secre' })],
      ['another address', signed(request, { as: 'https://desk.example/hooks/other' })],
      ['another port', signed(request, { as: 'https://desk.example:8443/hooks/twilio' })],
      ['another body', { ...signed(request), body: recorded('twilio', 'mms').body }],
      ['an address that nobody knows', signed(request, { address: '', as: HOOK })],
    ],
  });

  it('signs as in the example of its documentation', () => {
    const fields = { Digits: '1234', CallSid: 'CA1234567890ABCDE', To: '+18005551212', From: '+14158675309' };
    const body = new URLSearchParams({ ...fields, Caller: '+14158675309' }).toString();
    const headers = { 'content-type': FORM, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
    const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const given = { ...aRequest(FORM, body, { headers }), address };
    expect(aNumber().verify(given, { tokens: [], signing: ['12345'] })).toEqual({ authentic: true });
  });

  // What `getExpectedTwilioSignature` of twilio 6.2.0 gave; the package has 29 MB, so it is not among ours.
  it.each([
    ['sms', 'smw8lvzVyS6lDr6bdfhUtZj236o='],
    ['mms', 'rSZ0JcPPhPwN2cO6H65pUP7upQM='],
    ['whatsapp', 'B14N6KA9hLC5ZWMuABD1Urr73Xw='],
  ])('signs %s as its own library does', (name, signature) => {
    const given = { ...withHeaders(recorded('twilio', name), { 'x-twilio-signature': signature }), address: HOOK };
    expect(aNumber().verify(given, SECRETS)).toEqual({ authentic: true });
    expect(aNumber().verify({ ...given, body: given.body.subarray(1) }, SECRETS).authentic).toBe(false);
  });

  it('signs names that come again, empty values and a query as its own library does', () => {
    const address = `${HOOK}?foo=1&bar=2`;
    const headers = { 'x-twilio-signature': 'UeD8nkRE+C3sPEYKcrQfLhfudS4=' };
    const given = { ...withHeaders(aRequest(FORM, 'Body=a&Tag=b&Tag=a&Tag=b&Empty='), headers), address };
    expect(aNumber().verify(given, SECRETS)).toEqual({ authentic: true });
  });

  it('gets an answer that says nothing to the customer', () => {
    expect(aNumber().answer?.(request, { id: '1', isRepeat: false })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<Response/>',
    });
  });
});

describe('what Twilio tells of a message of ours', () => {
  const told = (status: string, more: Readonly<Record<string, string>> = {}) =>
    aRequest(
      FORM,
      new URLSearchParams({
        MessageSid: 'SM9',
        From: '+15550001',
        To: '+4915112345678',
        MessageStatus: status,
        ...more,
      }).toString(),
    );

  it.each(['queued', 'sent', 'delivered', 'read'])('is not kept while all is well: %s', async (status) => {
    expect(await aNumber().greet?.(told(status))).toMatchObject({ status: 200, body: '<Response/>' });
  });

  it.each([
    [told('failed', { ErrorCode: '30003' }), 'Twilio says: failed, https://www.twilio.com/docs/api/errors/30003'],
    [told('undelivered'), 'Twilio says: undelivered'],
  ])('is heard when it failed', async (request_, says) => {
    const channel = aNumber();
    expect(await channel.greet?.(request_)).toBeNull();
    expect(channel.parse(request_)).toEqual({
      kind: 'messages',
      messages: [],
      reports: [{ of: ['SM9'], outcome: 'failed', isAddressDead: false, says }],
    });
    expect(channel.deliveryId(request_)).toMatch(/^SM9 (failed|undelivered)$/);
  });
});

describe('a message over Twilio', () => {
  it('is read as it was written, and everything between two numbers is one conversation', () => {
    const message = messageRead(aNumber(), recorded('twilio', 'sms'));
    expect([message.text, message.externalId]).toEqual(['My laptop & phone are dead 🙈\nWhat now?', 'SM0001']);
    expect(message.from).toEqual({
      name: '+4915112345678',
      email: null,
      identities: [{ kind: 'phone', value: '+4915112345678' }],
    });
    expect(message.conversation).toEqual({
      to: '+4915112345678',
      thread: '+4930123456',
      name: 'twilio:+4930123456:+4915112345678',
    });
    expect(aNumber().deliveryId(recorded('twilio', 'sms'))).toBe('SM0001');
  });

  it('over WhatsApp has a name, and is of the same person (A-023)', () => {
    const { from, conversation } = messageRead(aNumber(), recorded('twilio', 'whatsapp'));
    expect([from.name, from.identities, conversation?.to]).toEqual([
      'Zoë Müller',
      [{ kind: 'phone', value: '+4915112345678' }],
      'whatsapp:+4915112345678',
    ]);
  });

  it('brings its files (A-010)', () => {
    const { text, attachments } = messageRead(aNumber(), recorded('twilio', 'mms'));
    expect([text, attachments.map(({ name, contentType }) => [name, contentType])]).toEqual([
      'image-1, application-2',
      [
        ['image-1', 'image/jpeg'],
        ['application-2', 'application/pdf'],
      ],
    ]);
  });

  it('that is a place has a text', () => {
    const place = aMessage('whatsapp', { Body: '', Latitude: '52.5', Longitude: '13.4', Address: 'Shop' });
    expect(messageRead(aNumber(), place).text).toBe('Shop\nhttps://maps.google.com/?q=52.5,13.4');
  });

  it.each([
    ['sms', { Body: ' Stop ' }],
    ['sms', { Body: 'Bitte nicht mehr', OptOutType: 'STOP' }],
  ])('by which people end messages is left to Twilio: %s %j', (name, change) => {
    expect(aNumber().parse(aMessage(name, change)).kind).toBe('ignored');
  });

  it('of that word is a message where Twilio does not obey it, and in a sentence', () => {
    expect(aNumber().parse(aMessage('whatsapp', { Body: 'Stop' })).kind).toBe('messages');
    expect(aNumber().parse(aMessage('sms', { Body: 'Stop charging me!' })).kind).toBe('messages');
  });

  it('of ours that was delivered is none, and is not kept', async () => {
    const delivered = aMessage('sms', { MessageStatus: 'delivered', Body: '' });
    expect((await aNumber().greet?.(delivered))?.body).toBe('<Response/>');
    for (const [, request] of allRecorded('twilio')) expect(await aNumber().greet?.(request)).toBeNull();
  });
});

describe('an answer over Twilio', () => {
  it('comes from the number to which was written', async () => {
    const twilio = aTwilio();
    expect(await aNumber(twilio).send?.(said('Hello'))).toEqual({
      kind: 'sent',
      id: 'SM1',
      knownAs: ['twilio:+4930123456:+4915112345678'],
    });
    expect(twilio.asked).toEqual([
      {
        path: `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
        fields: { To: '+4915112345678', From: '+4930123456', Body: 'Hello' },
        authorization: `Basic ${Buffer.from(`${ACCOUNT}:auth-token`).toString('base64')}`,
      },
    ]);
  });

  it('shows a key of its own where there is one', async () => {
    const twilio = aTwilio();
    await aNumber(twilio, {}, 'SK1:key').send?.(said('Hello'));
    expect(twilio.asked[0]?.authorization).toBe(`Basic ${Buffer.from('SK1:key').toString('base64')}`);
  });

  it('goes out over WhatsApp as a template once the customer was silent for a day, and never over SMS', async () => {
    const twilio = aTwilio();
    const late = { to: 'whatsapp:+49151', thread: 'whatsapp:+4930', silentSeconds: 90_000 };
    await aNumber(twilio, { template: TEMPLATE }).send?.(said('Hello,\n it works.', late));
    await aNumber(twilio, { template: TEMPLATE }).send?.(said('Hello', { silentSeconds: 90_000 }));
    expect(
      twilio.asked.map(({ fields }) => [fields['ContentSid'], fields['ContentVariables'], fields['Body']]),
    ).toEqual([
      [TEMPLATE, '{"1":"Hello, it works."}', undefined],
      [undefined, undefined, 'Hello'],
    ]);
    await expect(aNumber().send?.(said('Hello', late))).rejects.toMatchObject({
      code: 'whatsapp.window-closed',
      retry: 'never',
    });
  });

  it.each([
    [400, { code: 21_610, message: 'Attempt to send to unsubscribed recipient' }, 'chat.refused', 'never'],
    [401, { code: 20_003, message: 'Authenticate' }, 'chat.not-authorised', 'later'],
    [429, { code: 20_429, message: 'Too Many Requests' }, 'chat.rate-limited', { afterSeconds: 30 }],
    [503, '<html>', 'chat.unavailable', 'later'],
  ])('that Twilio answers with %i %j fails as %s, %j', async (status, answer, code, retry) => {
    await expect(aNumber(aTwilio(status, answer)).send?.(said('Hello'))).rejects.toMatchObject({ code, retry });
  });

  it('fails without telling the number of the customer', async () => {
    const answer = { code: 21_211, message: "Invalid 'To' Phone Number: +4915112345678" };
    await expect(aNumber(aTwilio(400, answer)).send?.(said('Hello'))).rejects.toThrow(
      "Twilio refuses the message: Invalid 'To' Phone Number: … (21211).",
    );
  });
});

describe('files over Twilio', () => {
  it('are fetched with the token, which nobody else is shown', async () => {
    const link = async (url: string) => (await aNumber().linkTo?.(url))?.headers;
    expect(await link('https://api.twilio.com/2010-04-01/Media/ME1')).toHaveProperty('authorization');
    for (const url of ['https://twilio.com.evil.example/a', 'http://api.twilio.com/a'])
      expect(await link(url)).toEqual({});
  });
});
