import { describe, expect, it } from 'vitest';
import { createWpformsChannel } from '../../../connectors/wpforms/channel.ts';
import { WpformsSettings } from '../../../connectors/wpforms/settings.ts';
import type { PlainChannel } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { messageRead, withHeaders } from '../../support/form-tools.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aWpform(settings: object = {}): PlainChannel {
  return createWpformsChannel(WpformsSettings.parse(settings));
}

describe('a form of WPForms', () => {
  const request = recorded('wpforms', 'json');
  testChannel({
    channel: aWpform(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('wpforms').map(([name, each]) => [name, { ...each, token: 'new-token' }] as const),
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

describe('the keys that the admin created', () => {
  const message = messageRead(aWpform(), recorded('wpforms', 'json'));

  it('are read as the table has them, however long other answers are (A-004)', () => {
    expect(message).toMatchObject({
      externalId: '5',
      from: { name: 'Zoë Müller', email: 'zoe@example.com' },
      subject: 'Card charged twice',
      text: 'I paid once.',
      thread: { ticketNumber: 1042 },
    });
  });

  it('become fields of the ticket where the table has none (A-011)', () => {
    expect(message.fields).toEqual({
      details: 'A longer text of which the form says nothing in particular.',
      ticket: 'T-1042',
      plan: 'Pro, Year',
      'Anything. Else?': 'no',
    });
  });

  it('bring files (A-010)', () => {
    expect(message.attachments).toMatchObject([{ name: 'shot-one.png' }]);
  });

  it('are read from a form just as from JSON', () => {
    const read = messageRead(aWpform(), recorded('wpforms', 'urlencoded'));
    expect(read).toMatchObject({ externalId: '6', from: { name: 'Zoë Müller' }, text: 'I paid once.', fields: {} });
  });

  it('may have other names, which the config says', () => {
    const channel = aWpform({ fields: { message: 'details' } });
    expect(messageRead(channel, recorded('wpforms', 'json')).text).toContain('A longer text');
  });

  it('are guessed where the admin chose others and the config says nothing', () => {
    const request = aRequest('application/json', '{"your-mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aWpform(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
  });

  it('name an entry by its id', () => {
    expect(aWpform().deliveryId(recorded('wpforms', 'json'))).toBe('5');
    expect(aWpform().deliveryId(aRequest('application/json', '{"id": 7}'))).toBeNull();
  });
});
