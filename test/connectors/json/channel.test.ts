import { describe, expect, it } from 'vitest';
import { createJsonChannel } from '../../../connectors/json/channel.ts';
import { JsonSettings } from '../../../connectors/json/settings.ts';
import type { InboundMessage } from '../../../src/domain/message.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aJson(settings: object = {}): PlainChannel {
  return createJsonChannel(JsonSettings.parse(settings));
}

function sent(body: unknown, headers: Record<string, string> = {}): RawRequest {
  const request = aRequest('application/json', typeof body === 'string' ? body : JSON.stringify(body));
  return { ...request, headers: { ...request.headers, ...headers } };
}

function messagesOf(channel: PlainChannel, request: RawRequest): readonly InboundMessage[] {
  const parsed = channel.parse(request);
  if (parsed.kind !== 'messages') throw new Error(`read as ${parsed.kind}`);
  return parsed.messages;
}

function messageOf(channel: PlainChannel, request: RawRequest): InboundMessage {
  const [message, ...others] = messagesOf(channel, request);
  if (message === undefined || others.length > 0) throw new Error('one message was expected');
  return message;
}

describe('any JSON', () => {
  const request = recorded('json', 'flat');
  const bearer = { ...request.headers, authorization: 'Bearer old-token' };
  testChannel({
    channel: aJson(),
    secrets: SECRETS,
    authentic: [
      ...allRecorded('json').map(([name, each]) => [name, { ...each, token: 'new-token' }] as const),
      ['the old token, while both are in force', { ...request, token: 'old-token' }],
      ['the token as a bearer', { ...request, headers: bearer }],
      [
        'the token in its own header',
        { ...request, headers: { ...request.headers, 'x-tabledesk-token': 'new-token' } },
      ],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'new-token2' }],
      ['an empty token', { ...request, token: '' }],
      ['another bearer', { ...request, headers: { ...request.headers, authorization: 'Bearer new' } }],
      ['a token as a user name', { ...request, headers: { ...request.headers, authorization: 'Basic new-token' } }],
    ],
  });

  it('is closed until there is a token', () => {
    expect(aJson().needs).toBe('token');
    expect(aJson().verify({ ...request, token: '' }, { tokens: [], signing: [] }).authentic).toBe(false);
  });
});

describe('a body that nobody mapped', () => {
  it.each(['flat', 'nested', 'zapier'])('is understood by its names: %s (A-004, A-011)', (name) => {
    const message = messageOf(aJson(), recorded('json', name));
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.subject).toBe('Card charged twice');
    expect(message.text).toMatch(/^I paid (10 €|once) and was charged twice\./);
  });

  it('keeps the message as it was written, and the rest as fields (A-007)', () => {
    const message = messageOf(aJson(), recorded('json', 'flat'));
    expect(message.text).toBe('I paid 10 € and was charged twice. 🙈\r\nPlease help.');
    expect(message.fields).toEqual({ order_id: 'A-77' });
  });

  it.each(['list-of-one', 'text-plain'])('is found in a list of one and in plain text: %s', (name) => {
    const message = messageOf(aJson(), recorded('json', name));
    expect(message.from).toEqual({ name: 'zoe', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once and was charged twice.');
  });

  it('is as many messages as the list has objects', () => {
    const list = [{ message: 'First one' }, { message: 'Second one' }];
    expect(messagesOf(aJson(), sent(list)).map((message) => message.text)).toEqual(['First one', 'Second one']);
  });

  it('becomes lines of question and answer when nobody wrote a sentence', () => {
    const message = messageOf(aJson(), sent({ sensor: 'cellar', level: 7, alarm: true, gone: null, empty: '' }));
    expect(message.text).toBe('sensor: cellar\nlevel: 7\nalarm: true');
    expect(message.from).toEqual({ name: '', email: null });
  });

  it('does not take a company, a user name or the name of a form for a person', () => {
    const body = { company: { name: 'Acme' }, username: 'zoe77', form: { name: 'Help' }, message: 'It is broken' };
    expect(messageOf(aJson(), sent(body)).from.name).toBe('');
  });

  it('prefers the longest text that a person wrote', () => {
    const body = {
      a: 'short words',
      b: 'a much longer text with many words in it',
      c: 'https://example.com/a/b/c?d=eeeeeeeeeeeeeeeeeee',
    };
    expect(messageOf(aJson(), sent(body)).text).toBe('a much longer text with many words in it');
  });

  it('keeps numbers exactly as they were written', () => {
    const message = messageOf(aJson(), recorded('json', 'nested'));
    expect(message.fields['submission.id']).toBe('90071992547409931234');
  });

  it('takes text that is no JSON for the message', () => {
    const message = messageOf(aJson(), aRequest('text/plain', 'The printer\nis on fire.'));
    expect(message).toMatchObject({ subject: 'The printer', text: 'The printer\nis on fire.' });
  });
});

describe('the time of the event', () => {
  it.each([
    ['with its zone', { created_at: '2026-03-02T07:00:00+01:00' }, '2026-03-02T06:00:00Z'],
    ['by another name', { submittedAt: '2026-03-02T06:00:00Z' }, '2026-03-02T06:00:00Z'],
    ['not without a zone', { created_at: '2026-03-02T07:00:00' }, null],
    ['not in the future', { created_at: '2126-03-02T07:00:00Z' }, null],
    ['not when it is none', { created_at: 'yesterday' }, null],
  ])('is taken %s (A-006)', (_what, body, expected) => {
    const receivedAt = Temporal.Instant.from('2026-03-02T09:00:00Z');
    const message = messageOf(aJson(), { ...sent({ message: 'It is broken', ...body }), receivedAt });
    expect(message.sentAt?.toString() ?? null).toBe(expected);
  });
});

describe('a body that the config maps', () => {
  const channel = aJson({
    fields: {
      name: 'who.name',
      email: 'who.mails.0',
      subject: 'what',
      message: 'long text',
      id: 'meta.id',
      ticket: 'ref',
    },
  });
  const body = {
    who: { name: 'Zoë', mails: ['zoe@example.com', 'z@example.com'], company_name: 'Acme' },
    what: 'Broken',
    'long text': 'It is broken since today.',
    description: 'not this one, although it is longer and has the better name',
    meta: { id: 7 },
    ref: 'T-1042',
  };

  it('is read where the config says, and guessed only for the rest', () => {
    const message = messageOf(channel, sent(body));
    expect(message.from).toEqual({ name: 'Zoë', email: 'zoe@example.com' });
    expect(message.subject).toBe('Broken');
    expect(message.text).toBe('It is broken since today.');
    expect(message.externalId).toBe('7');
    expect(message.thread.ticketNumber).toBe(1042);
    expect(message.fields['who.company_name']).toBe('Acme');
    expect(Object.keys(message.fields)).not.toContain('who.name');
  });

  it.each([
    ['nested', { a: { b: { c: 'x y' } } }],
    ['under a name with dots', { 'a.b': { c: 'x y' } }],
    ['with double underscores', { a__b__c: 'x y' }],
    ['half nested, half not', { a: { b__c: 'x y' } }],
    ['in a list of one', { a: [{ b: { c: 'x y' } }] }],
  ])('is found %s', (_what, each) => {
    expect(messageOf(aJson({ fields: { message: 'a.b.c' } }), sent(each)).text).toBe('x y');
  });

  it('never finds what an object inherits', () => {
    const settings = { fields: { message: 'constructor.name', subject: '__proto__' } };
    expect(messageOf(aJson(settings), sent({ note: 'my own words' }))).toMatchObject({
      text: 'my own words',
      subject: 'my own words',
    });
  });
});

describe("what the sender knows of the requester's account", () => {
  const channel = aJson({ account: { invoice: 'customer.invoice_state', vip: 'customer.vip', tier: 'customer.tier' } });

  it('is read where the config says, yes and no as such, and left out where it is not', () => {
    const message = messageOf(channel, sent({ note: 'Help me', customer: { invoice_state: 'unpaid', vip: true } }));
    expect(message.account).toEqual({ invoice: 'unpaid', vip: true });
  });

  it('is nothing when the config names nothing, whatever the sender says', () => {
    expect(messageOf(aJson(), sent({ note: 'Help me', account: { vip: true } })).account).toEqual({});
  });
});

describe('a path into a list', () => {
  it.each(['mails.1', 'mails[1]', 'mails[1].text', 'mails.1.text'])(
    'leads to what stands there, and uses it up: %s',
    (path) => {
      const body = { mails: [{ text: 'first words' }, { text: 'second words' }] };
      const message = messageOf(aJson({ fields: { message: path } }), sent(body));
      expect([message.text, message.fields]).toEqual(['second words', { 'mails.0.text': 'first words' }]);
    },
  );

  it('is a name where a form has such a one', () => {
    const request = aRequest('application/x-www-form-urlencoded', 'items%5B0%5D=It+broke.&note=words+that+are+longer');
    expect(messageOf(aJson({ fields: { message: 'items[0]' } }), request)).toMatchObject({
      text: 'It broke.',
      fields: { note: 'words that are longer' },
    });
  });
});

describe('by what else the requester is known', () => {
  it.each([
    [{ phone: '0049 (151) 12-345' }, [{ kind: 'phone', value: '+4915112345' }]],
    [{ chat_id: 'slack:U123' }, [{ kind: 'slack', value: 'U123' }]],
    [{ chatId: '4915112345@s.whatsapp.example' }, [{ kind: 'chat', value: '4915112345@s.whatsapp.example' }]],
    [{ chat_id: 'email:boss@example.com' }, [{ kind: 'chat', value: 'email:boss@example.com' }]],
    [{ phone: 'none', text: 'Hello there.' }, undefined],
  ])('is read from %j', (body, identities) => {
    expect(messageOf(aJson(), sent({ message: 'Please help me.', ...body })).from.identities).toEqual(identities);
  });

  it('is read where the config says (A-023)', () => {
    const settings = { fields: { phone: 'customer.tel', chat: 'customer.slack' } };
    const body = {
      message: 'Please help me.',
      customer: { tel: '+49 151 12345', slack: 'slack:U1' },
      phone: '+1 555 0000',
    };
    expect(messageOf(aJson(settings), sent(body)).from.identities).toEqual([
      { kind: 'phone', value: '+4915112345' },
      { kind: 'slack', value: 'U1' },
    ]);
  });
});

describe('the id of a delivery', () => {
  it('is the key that the sender gives', () => {
    expect(aJson().deliveryId(sent({}, { 'idempotency-key': ' evt-1 ' }))).toBe('evt-1');
    expect(aJson().deliveryId(recorded('json', 'nested'))).toBe('evt-1');
  });

  it('is what stands where the config says', () => {
    const channel = aJson({ fields: { id: 'meta.id' } });
    expect(channel.deliveryId(sent({ meta: { id: 7 } }))).toBe('7');
    expect(channel.deliveryId(sent([{ meta: { id: 7 } }]))).toBe('7');
  });

  it('is none for a list of several, for a body without one, and for one that cannot be read', () => {
    const channel = aJson({ fields: { id: 'id' } });
    expect(channel.deliveryId(sent([{ id: 1 }, { id: 2 }]))).toBeNull();
    expect(channel.deliveryId(sent({ name: 'x' }))).toBeNull();
    expect(channel.deliveryId(sent('{'))).toBeNull();
  });

  it('is never guessed: an id may be that of a person', () => {
    expect(aJson().deliveryId(sent({ id: 7, message: 'It is broken' }))).toBeNull();
  });
});

describe('what cannot be read', () => {
  it.each([
    ['{"a":', 'request.not-json'],
    ['{"name":"Zoë", oops}', 'request.not-json'],
    ['{}', 'request.empty'],
    ['[]', 'request.empty'],
    ['null', 'request.empty'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'request.too-deep'],
  ])('is told with its reason: %s', (body, code) => {
    const parsed = aJson().parse(sent(body));
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe(code);
  });

  it('never quotes the sender', () => {
    const parsed = aJson().parse(sent('{"message": My secret words}'));
    const problem = parsed.kind === 'unreadable' ? parsed.problem.message : '';
    expect(problem).toContain('it is not');
    expect(problem).not.toContain('secret');
  });
});
