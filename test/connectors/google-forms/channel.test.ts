import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGoogleFormsChannel } from '../../../connectors/google-forms/channel.ts';
import { GoogleFormsSettings } from '../../../connectors/google-forms/settings.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { messageRead, standardSigned } from '../../support/form-tools.ts';
import { aRequest, recorded } from '../../support/recorded.ts';
import { formEvent, runScript, scriptText, sheetEvent } from './google-services.ts';

const SECRET = 'whsec_bmV3LXNlY3JldC1vZi1vdXJz';
const SECRETS = { tokens: [], signing: [SECRET, 'old words'] };

function aForm(settings: object = {}): PlainChannel {
  return createGoogleFormsChannel(GoogleFormsSettings.parse(settings));
}

describe('a Google Form', () => {
  const request = recorded('google-forms', 'response');
  testChannel({
    channel: aForm(),
    secrets: SECRETS,
    authentic: [
      ['response', standardSigned(request, SECRET)],
      ['the old secret, while both are in force', standardSigned(request, 'old words')],
    ],
    forged: [
      ['no signature', request],
      ['another secret', standardSigned(request, 'new words')],
      ['a signature of an hour ago', standardSigned(request, SECRET, MORNING.subtract({ hours: 1 }))],
      ['another body', { ...standardSigned(request, SECRET), body: new TextEncoder().encode('{"a":"b c"}') }],
    ],
  });
});

describe('a response', () => {
  const message = messageRead(aForm(), recorded('google-forms', 'response'));

  it('is read by the types of its questions (A-004, A-006)', () => {
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once.\nI was charged twice. 🙈');
    expect(message.externalId).toBe('2_ABaOnuf');
    expect(message.sentAt?.toString()).toBe('2026-03-02T08:00:00Z');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('keeps every other answer under its question (A-011)', () => {
    expect(message.fields).toEqual({
      'What is it about?': 'Billing, Cards',
      'How urgent?': 'For me: today',
      ticket: 'T-1042',
      Picture: 'https://drive.google.com/open?id=1a2b',
      Form: 'Help',
    });
  });

  it('is known again by its form and its id', () => {
    expect(aForm().deliveryId(recorded('google-forms', 'response'))).toBe('1FAIpQL 2_ABaOnuf');
    expect(aForm().deliveryId(aRequest('application/json', '{}'))).toBeNull();
  });

  it('is read by names and looks where the script was changed', () => {
    const request = aRequest('application/json', '{"mail": "a@example.com", "note": "It is broken."}');
    expect(messageRead(aForm(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
  });
});

describe('the script to paste', () => {
  const given = { secret: SECRET, at: MORNING, answers: [] as (number | Error)[] };

  function first(sent: readonly RawRequest[]): RawRequest {
    if (sent[0] === undefined) throw new Error('nothing was sent');
    return sent[0];
  }

  it('stands in the guide as it is', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/channels/google-forms.md'), 'utf8');
    expect(page).toContain(`\`\`\`js\n${scriptText()}\`\`\`\n`);
  });

  it('has Google call it once for each response, however often it is installed', () => {
    const script = runScript(given);
    script.call('install');
    script.call('install');
    expect(script.triggers).toEqual([{ handler: 'onResponse', of: 'the form' }]);
    const inSheet = runScript({ ...given, isSheet: true });
    inSheet.call('install');
    expect(inSheet.triggers).toEqual([{ handler: 'onResponse', of: 'the sheet' }]);
  });

  it('sends a response of a form so that the channel believes and reads it', () => {
    const script = runScript(given);
    script.call(
      'onResponse',
      formEvent([
        { title: 'Your name', type: 'TEXT', value: 'Zoë Müller' },
        { title: 'What happened?', type: 'PARAGRAPH_TEXT', value: 'Charged twice. 🙈' },
        { title: 'How urgent?', type: 'GRID', value: ['today', null], rows: ['For me', 'For others'] },
        { title: 'Boxes', type: 'CHECKBOX_GRID', value: [['a', 'b'], null], rows: ['One', 'Two'] },
        { title: 'Picture', type: 'FILE_UPLOAD', value: ['1a2b'] },
      ]),
    );
    const request = first(script.sent);
    expect(aForm().verify(request, SECRETS)).toEqual({ authentic: true });
    expect(aForm().verify(request, { tokens: [], signing: ['whsec_b3RoZXI='] }).authentic).toBe(false);
    expect(messageRead(aForm(), request)).toMatchObject({
      externalId: '2_ABaOnuf',
      from: { name: 'Zoë Müller', email: 'zoe@example.com' },
      text: 'Charged twice. 🙈',
      fields: {
        'How urgent?': 'For me: today',
        Boxes: 'One: a, b',
        Picture: 'https://drive.google.com/open?id=1a2b',
        Form: 'Help',
      },
    });
  });

  it('sends a row of a sheet, with its place as id', () => {
    const script = runScript({ ...given, secret: 'old words' });
    script.call(
      'onResponse',
      sheetEvent({ Timestamp: ['02/03/2026'], Email: ['zoe@example.com'], 'What happened?': ['It broke twice.'] }),
    );
    const request = first(script.sent);
    expect(aForm().verify(request, SECRETS)).toEqual({ authentic: true });
    expect(aForm().deliveryId(request)).toBe('book-1 7:12');
    expect(messageRead(aForm(), request)).toMatchObject({
      text: 'It broke twice.',
      from: { email: 'zoe@example.com' },
    });
  });

  it('tries again where that may help, and signs anew each time', () => {
    const script = runScript({ ...given, answers: [new Error('DNS'), 503, 429, 200] });
    script.call('onResponse', formEvent([{ title: 'Note', type: 'TEXT', value: 'It broke.' }]));
    expect(script.sent).toHaveLength(4);
    expect(script.slept).toEqual([5000, 20_000, 60_000]);
  });

  it.each([
    ['at once when it is refused', [401], 1],
    ['after the last attempt', [503, 503, 503, 503], 4],
  ])('fails aloud %s, so that Google writes its owner', (_when, answers, times) => {
    const script = runScript({ ...given, answers });
    const event = formEvent([{ title: 'Note', type: 'TEXT', value: 'It broke.' }]);
    expect(() => script.call('onResponse', event)).toThrow('Tabledesk did not take the response');
    expect(script.sent).toHaveLength(times);
  });
});
