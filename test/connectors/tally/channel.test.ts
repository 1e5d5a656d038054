import { describe, expect, it } from 'vitest';
import { createTallyChannel } from '../../../connectors/tally/channel.ts';
import { TallySettings } from '../../../connectors/tally/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { hmacOf, messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: [], signing: ['new-secret', 'old-secret'] };

function aTally(settings: object = {}): PlainChannel {
  return createTallyChannel(TallySettings.parse(settings));
}

function signed(request: RawRequest, secret = 'new-secret'): RawRequest {
  return withHeaders(request, { 'tally-signature': hmacOf(secret, [request.body], 'base64') });
}

describe('a Tally form', () => {
  const request = recorded('tally', 'submission');
  const spaced = JSON.stringify(JSON.parse(new TextDecoder().decode(request.body)), null, 1);
  testChannel({
    channel: aTally(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('tally').map(([name, each]) => [name, signed(each)] as const),
      ['the old secret, while both are in force', signed(request, 'old-secret')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', signed(request, 'new-secre')],
      ['the same content in other bytes', { ...signed(request), body: new TextEncoder().encode(spaced) }],
    ],
  });
});

describe('a submission', () => {
  const message = messageRead(aTally(), recorded('tally', 'submission'));

  it('is read by the types of its blocks (A-004, A-006)', () => {
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.externalId).toBe('2wgx4n');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('names choices in place of their ids, and has boxes once (A-011)', () => {
    expect(message.fields).toEqual({
      Plan: 'Pro',
      'What is it about?': 'Billing, Cards, stolen',
      'I agree': 'Yes',
      'How urgent?': 'For me: today\nFor others: can wait',
      user_id: 'u-77',
      ticket: 'T-1042',
      Form: 'Help / 24h',
    });
  });

  it('brings its files, with what is known of them (A-010)', () => {
    expect(message.attachments).toEqual([
      {
        name: 'shot one.png',
        contentType: 'image/png',
        size: 1204,
        url: 'https://storage.tally.so/private/shot-one.png?id=Jq1&accessToken=ey.J&signature=ab',
      },
    ]);
  });

  it('is read as the config says, by title or key', () => {
    for (const subject of ['Plan', 'question_w4Q5dN']) {
      expect(messageRead(aTally({ fields: { subject } }), recorded('tally', 'submission')).subject).toBe('Pro');
    }
  });

  it('is known again by its id, whatever else the event says', () => {
    expect(aTally().deliveryId(recorded('tally', 'submission'))).toBe('2wgx4n');
    expect(aTally().deliveryId(aRequest('application/json', '{"data":{}}'))).toBeNull();
  });

  it('is read by names and looks where it has another shape', () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aTally(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
  });

  it('in which nobody answered anything is unreadable', () => {
    const body = { data: { submissionId: 'x', fields: [{ key: 'q', label: null, type: 'INPUT_TEXT', value: null }] } };
    const parsed = aTally().parse(aRequest('application/json', JSON.stringify(body)));
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.empty');
  });
});
