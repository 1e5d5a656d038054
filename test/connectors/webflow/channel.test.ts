import { describe, expect, it } from 'vitest';
import { createWebflowChannel } from '../../../connectors/webflow/channel.ts';
import { WebflowSettings } from '../../../connectors/webflow/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { hmacOf, messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SIGNING = { tokens: [], signing: ['new-secret', 'old-secret'] };
const TOKENS = { tokens: ['letmein'], signing: [] };

function aWebflow(settings: object = {}): PlainChannel {
  return createWebflowChannel(WebflowSettings.parse(settings));
}

function signed(request: RawRequest, { secret = 'new-secret', at = MORNING } = {}): RawRequest {
  const timestamp = String(at.epochMilliseconds);
  return withHeaders(request, {
    'x-webflow-timestamp': timestamp,
    'x-webflow-signature': hmacOf(secret, [`${timestamp}:`, request.body], 'hex'),
  });
}

describe('a Webflow site', () => {
  const request = recorded('webflow', 'contact');
  testChannel({
    channel: aWebflow(),
    secrets: SIGNING,
    authentic: [
      ...allRecorded('webflow').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, { secret: 'old-secret' })],
      ['a signature of five minutes ago', signed(request, { at: MORNING.subtract({ minutes: 5 }) })],
      ['a clock that is ahead of ours', signed(request, { at: MORNING.add({ minutes: 5 }) })],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, { secret: 'new-secre' })],
      ['a signature of longer ago', signed(request, { at: MORNING.subtract({ minutes: 5, milliseconds: 1 }) })],
      ['a signature of the future', signed(request, { at: MORNING.add({ minutes: 6 }) })],
      ['another time', withHeaders(signed(request), { 'x-webflow-timestamp': String(MORNING.epochMilliseconds + 1) })],
      ['seconds', signed(request, { at: Temporal.Instant.fromEpochMilliseconds(MORNING.epochMilliseconds / 1000) })],
      ['the token, where there is a secret', { ...request, token: 'letmein' }],
    ],
  });
});

describe('a request that Webflow signed', () => {
  it('is one that its own library believes, too', () => {
    // `verifySignature` of webflow-api 3.3.4 took this, and not with a space behind the body; its 28 MB are not among ours.
    const headers = {
      'x-webflow-timestamp': '1795168800000',
      'x-webflow-signature': '3b225254bdf04b3b7e1edef7ffcf8db07cff64a1a8565eb3b25fe6340e7e8f76',
    };
    const given = withHeaders(recorded('webflow', 'contact'), headers);
    expect(aWebflow().verify(given, SIGNING)).toEqual({ authentic: true });
  });
});

describe('a Webflow site with a webhook of the dashboard', () => {
  const request = recorded('webflow', 'contact');

  it('shows its token', () => {
    expect(aWebflow().verify({ ...request, token: 'letmein' }, TOKENS)).toEqual({ authentic: true });
    expect(aWebflow().verify(request, TOKENS).authentic).toBe(false);
    expect(aWebflow().needs).toBe('either');
  });
});

describe('a form of the site', () => {
  const message = messageRead(aWebflow(), recorded('webflow', 'contact'));

  it('is read by the names of its fields (A-004, A-006)', () => {
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.externalId).toBe('6321ca84df3949bfc6752327');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('keeps everything else under its name, numbers and boxes too (A-011)', () => {
    expect(message.fields).toEqual({
      'Phone Number': '15550000000',
      Newsletter: 'Yes',
      'Order.No': 'A-77',
      ticket: 'T-1042',
      Form: 'Contact Us',
    });
  });

  it('is read as the config says', () => {
    const channel = aWebflow({ fields: { subject: 'Order.No' } });
    expect(messageRead(channel, recorded('webflow', 'contact')).subject).toBe('A-77');
  });

  it('is read by names and looks where it has another shape', () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aWebflow(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
  });

  it('is told from other events, which are set aside', () => {
    const body = '{"triggerType":"site_publish","payload":{"data":{"note":"It is out."}}}';
    const parsed = aWebflow().parse(aRequest('application/json', body));
    expect(parsed.kind === 'ignored' && parsed.reason).toBe('Webflow tells of site_publish, which is no form.');
  });
});
