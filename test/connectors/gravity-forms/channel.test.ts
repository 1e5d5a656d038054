import { describe, expect, it } from 'vitest';
import { createGravityFormsChannel } from '../../../connectors/gravity-forms/channel.ts';
import { GravityFormsSettings } from '../../../connectors/gravity-forms/settings.ts';
import type { PlainChannel } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };
const MAPPED = { fields: { name: '1', email: '2', message: '3' }, labels: { '4': 'Order number', '5': 'Areas' } };

function aGravityForm(settings: object = {}): PlainChannel {
  return createGravityFormsChannel(GravityFormsSettings.parse(settings));
}

describe('a form of Gravity Forms', () => {
  const request = recorded('gravity-forms', 'all-fields');
  testChannel({
    channel: aGravityForm(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('gravity-forms').map(([name, each]) => [name, { ...each, token: 'new-token' }] as const),
      [
        'the old token as a header, while both are in force',
        withHeaders(request, { 'x-tabledesk-token': 'old-token' }),
      ],
    ],
    forged: [
      ['no token', request],
      ['another token', withHeaders(request, { 'x-tabledesk-token': 'new-toke' })],
    ],
  });
});

describe('all fields of an entry', () => {
  const entry = recorded('gravity-forms', 'all-fields');

  it('are read by their numbers, as the config says (A-004, A-006)', () => {
    const message = messageRead(aGravityForm(MAPPED), entry);
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.externalId).toBe('77');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
  });

  it('have their boxes together, and leave out what WordPress keeps beside them (A-011)', () => {
    expect(messageRead(aGravityForm(MAPPED), entry).fields).toEqual({
      'Order number': 'A-77',
      Areas: 'Billing, Cards',
      'Field 6': 'Hill 1, Berlin, 10115',
      Page: 'https://shop.example.com/contact',
    });
  });

  it('are guessed where the config says nothing', () => {
    expect(messageRead(aGravityForm(), entry)).toMatchObject({
      from: { name: 'Zoë Müller', email: 'zoe@example.com' },
      text: 'I paid once.\nI was charged twice. 🙈',
    });
  });

  it('bring uploads, alone and as a list within a text (A-010)', () => {
    expect(messageRead(aGravityForm(), entry).attachments).toMatchObject([
      { name: 'shot-one.png' },
      { url: 'https://shop.example.com/index.php?gf-download=2026%2F03%2Flog.txt&form-id=2&field-id=8&hash=1f' },
    ]);
  });

  it('are the same in whatever order JSON has them', () => {
    const numbers = '{"3":"It broke twice.","10":"x","2":"a@example.com","1.6":"Doe","1.3":"Jo"}';
    const message = messageRead(aGravityForm(MAPPED), aRequest('application/json', numbers));
    expect(message).toMatchObject({ text: 'It broke twice.', fields: { 'Field 10': 'x' } });
  });
});

describe('fields that the admin selected', () => {
  it('are read by their keys, as JSON or as a form', () => {
    const message = messageRead(aGravityForm(), recorded('gravity-forms', 'select-fields'));
    expect(message).toMatchObject({
      externalId: '78',
      from: { name: 'Zoë Müller', email: 'zoe@example.com' },
      text: 'I paid once.\r\nI was charged twice. 🙈',
      thread: { ticketNumber: 1042 },
      fields: { 'Order number': 'A-77' },
    });
  });

  it('keep a text that begins like a list, and a link that is no upload', () => {
    const body = JSON.stringify({ message: '["broken', site: 'https://example.com/a', entry_id: 9 });
    const message = messageRead(aGravityForm(), aRequest('application/json', body));
    expect(message.attachments).toEqual([]);
    expect(message.text).toBe('["broken');
    expect(message.fields['site']).toBe('https://example.com/a');
  });
});

describe('an entry', () => {
  it('is known again by its id', () => {
    expect(aGravityForm().deliveryId(recorded('gravity-forms', 'all-fields'))).toBe('77');
    expect(aGravityForm().deliveryId(recorded('gravity-forms', 'select-fields'))).toBe('78');
    expect(aGravityForm().deliveryId(aRequest('application/json', '{"message":"x"}'))).toBeNull();
  });

  it('is read by its looks where it is a list or a text', () => {
    expect(messageRead(aGravityForm(), aRequest('text/plain', 'The printer is on fire.')).text).toBe(
      'The printer is on fire.',
    );
  });
});
