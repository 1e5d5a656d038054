import { generateKeyPairSync, sign } from 'node:crypto';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { describe, expect, it } from 'vitest';
import { createSendGridChannel } from '../../../connectors/sendgrid/channel.ts';
import { SendGridSettings } from '../../../connectors/sendgrid/settings.ts';
import type { RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { messageRead, textOf, withHeaders } from '../../support/form-tools.ts';
import { RECORDED_FILE, RECORDED_MAIL } from '../../support/mails.ts';
import { allRecorded, recorded } from '../../support/recorded.ts';

const CHANNEL = createSendGridChannel(SendGridSettings.parse({}));
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const SECRETS = { tokens: [], signing: ['no key at all', KEY] };
const TIMESTAMP = String(MORNING.epochMilliseconds / 1000);

function signed(request: RawRequest, timestamp = TIMESTAMP): RawRequest {
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), request.body]), privateKey);
  return withHeaders(request, {
    'x-twilio-email-event-webhook-signature': signature.toString('base64'),
    'x-twilio-email-event-webhook-timestamp': timestamp,
  });
}

/** What SendGrid's own library says, which takes a body for a text, and looks at no time. */
function isValidForSendGrid(request: RawRequest, key: string): boolean | null {
  const { headers } = request;
  const signature = headers['x-twilio-email-event-webhook-signature'] ?? '';
  const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
  const webhook = new EventWebhook();
  const body = textOf(request);
  return body === null
    ? null
    : webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), body, signature, timestamp);
}

describe('SendGrid with a key', () => {
  const request = recorded('sendgrid', 'parsed');
  testChannel({
    channel: CHANNEL,
    secrets: SECRETS,
    authentic: allRecorded('sendgrid').map(([name, each]) => [name, signed(each)] as const),
    forged: [
      ['no signature', { ...request, token: 'right-token' }],
      ['another body', { ...signed(request), body: recorded('sendgrid', 'raw').body }],
      ['another time', withHeaders(signed(request), { 'x-twilio-email-event-webhook-timestamp': '1' })],
      ['an old time', signed(recorded('sendgrid', 'raw'), String(Number(TIMESTAMP) - 74 * 3600))],
      ['no signature that can be one', withHeaders(signed(request), { 'x-twilio-email-event-webhook-signature': '!' })],
    ],
    library: { name: '@sendgrid/eventwebhook', accepts: isValidForSendGrid, letsPass: ['an old time'] },
  });
});

describe('SendGrid without a key', () => {
  const tokens = { tokens: ['right-token'], signing: [] };
  testChannel({
    channel: CHANNEL,
    secrets: tokens,
    authentic: allRecorded('sendgrid').map(([name, each]) => [name, { ...each, token: 'right-token' }] as const),
    forged: [['another token', { ...recorded('sendgrid', 'raw'), token: 'right-tokem' }]],
  });

  it('is told by a token, and never so that it drops a mail', () => {
    const request = recorded('sendgrid', 'raw');
    const secrets = { tokens: ['right-token'], signing: [] };
    expect(CHANNEL.verify({ ...request, token: 'right-token' }, secrets).authentic).toBe(true);
    expect(CHANNEL.verify(signed(request), secrets).authentic).toBe(false);
    expect(CHANNEL.verify(request, { tokens: [], signing: [] }).authentic).toBe(false);
    expect(CHANNEL.statuses).toEqual({ 401: 503, 413: 503, 429: 503 });
  });
});

describe('a mail that SendGrid received', () => {
  it.each(['parsed', 'raw'])('is read where it came %s, each field in its own characters (A-007)', async (name) => {
    const request = recorded('sendgrid', name);
    expect(messageRead(CHANNEL, request)).toMatchObject(RECORDED_MAIL);
    expect(CHANNEL.deliveryId(request)).toBe('CAF=1@mail.example.com');
    expect(Buffer.from((await CHANNEL.file?.(request, 0)) ?? []).equals(RECORDED_FILE)).toBe(true);
  });
});
