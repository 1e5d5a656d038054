import { describe, expect, it } from 'vitest';
import { createFilloutChannel } from '../../../connectors/fillout/channel.ts';
import { FilloutSettings } from '../../../connectors/fillout/settings.ts';
import type { PlainChannel } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aFillout(settings: object = {}): PlainChannel {
  return createFilloutChannel(FilloutSettings.parse(settings));
}

describe('a Fillout form', () => {
  const request = recorded('fillout', 'submission');
  testChannel({
    channel: aFillout(),
    secrets: SECRETS,
    authentic: [
      ['submission', { ...request, token: 'new-token' }],
      [
        'the old token as a header, while both are in force',
        withHeaders(request, { authorization: 'Bearer old-token' }),
      ],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'new-toke' }],
    ],
  });
});

describe('a submission', () => {
  const message = messageRead(aFillout(), recorded('fillout', 'submission'));

  it('is read by the types of its questions (A-004, A-006)', () => {
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.externalId).toBe('abc12345-0000');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('keeps every other answer, sums and parameters under their names (A-011)', () => {
    expect(message.fields).toEqual({
      Plan: 'Pro',
      'What is it about?': 'Billing, Cards',
      Address: 'city: Berlin\nzipCode: 10115',
      Score: '7',
      ticket: 'T-1042',
      Form: 'Help',
    });
  });

  it('brings its files (A-010)', () => {
    expect(message.attachments).toMatchObject([
      { name: 'shot one.png', url: 'https://prod-fillout-oregon-s3.s3.example.com/orgid-1/shot%20one.png' },
    ]);
  });

  it('is known again by its id, also after it was edited', () => {
    expect(aFillout().deliveryId(recorded('fillout', 'submission'))).toBe('abc12345-0000');
  });

  it('is read as the config says, by title or id', () => {
    for (const subject of ['Plan', 'pL2']) {
      expect(messageRead(aFillout({ fields: { subject } }), recorded('fillout', 'submission')).subject).toBe('Pro');
    }
  });

  it('is read as any JSON where the admin wrote the body, by the paths that the config names', () => {
    const request = aRequest(
      'application/json',
      '{"who": {"mail": "a@example.com"}, "one": "It is broken.", "two": "Very."}',
    );
    expect(messageRead(aFillout({ fields: { message: 'two' } }), request)).toMatchObject({
      from: { email: 'a@example.com' },
      text: 'Very.',
      fields: { one: 'It is broken.' },
    });
  });
});
