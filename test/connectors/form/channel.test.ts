import { describe, expect, it } from 'vitest';
import { createFormChannel } from '../../../connectors/form/channel.ts';
import { FormSettings } from '../../../connectors/form/settings.ts';
import type { InboundMessage } from '../../../src/domain/message.ts';
import type { PlainChannel, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { allRecorded, aRequest, recorded } from '../../support/recorded.ts';

const OPEN = { tokens: [], signing: [] };
const URLENCODED = 'application/x-www-form-urlencoded';

function aForm(settings: object = {}): PlainChannel {
  return createFormChannel(FormSettings.parse(settings), aChannelGiven({ name: 'website' }));
}

function posted(fields: Record<string, string>, headers: Record<string, string> = {}): RawRequest {
  const request = aRequest(URLENCODED, new URLSearchParams(fields).toString());
  return { ...request, headers: { ...request.headers, ...headers } };
}

function messageOf(channel: PlainChannel, request: RawRequest): InboundMessage {
  const parsed = channel.parse(request);
  const [message] = parsed.kind === 'messages' ? parsed.messages : [];
  if (message === undefined) throw new Error(`read as ${parsed.kind}`);
  return message;
}

describe('a web form', () => {
  testChannel({ channel: aForm(), secrets: OPEN, authentic: allRecorded('form'), forged: [] });
});

describe('a web form with a token', () => {
  const request = recorded('form', 'browser-urlencoded');
  testChannel({
    channel: aForm(),
    secrets: { tokens: ['new-token', 'old-token'], signing: [] },
    authentic: [
      ['the new token', { ...request, token: 'new-token' }],
      ['the old token, while both are in force', { ...request, token: 'old-token' }],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'new-toke' }],
      ['an empty token', { ...request, token: '' }],
    ],
  });
});

describe('what a browser sends', () => {
  it.each(['browser-urlencoded', 'browser-multipart'])('is read as it was typed: %s (A-004, A-007)', (name) => {
    const message = messageOf(aForm(), recorded('form', name));
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.subject).toBe('Card charged twice 🙈');
    expect(message.text).toBe('  Hello,\r\nI paid 10+10 € & was charged twice.\r\n\r\nשלום 👩‍💻\r\n');
    expect(message.fields['topics']).toBe('billing, cards');
  });

  it('gives back the bytes of a file by its place', async () => {
    const request = recorded('form', 'browser-multipart');
    expect((await aForm().file?.(request, 0))?.length).toBe(12);
    expect(await aForm().file?.(request, 7)).toBeNull();
    expect(await aForm().file?.(aRequest('text/plain', 'hello'), 0)).toBeNull();
  });

  it('names its files, and skips the input that was left empty (A-010)', () => {
    const message = messageOf(aForm(), recorded('form', 'browser-multipart'));
    expect(message.attachments).toEqual([
      { name: 'Bildschirm föto.png', contentType: 'image/png', size: 12, url: null, part: 0 },
    ]);
  });

  it('is read without files just as well: a multipart body of texts alone', () => {
    const body = '--b\r\nContent-Disposition: form-data; name="message"\r\n\r\nHello there\r\n--b--\r\n';
    const message = messageOf(aForm(), aRequest('multipart/form-data; boundary=b', body));
    expect(message.text).toBe('Hello there');
    expect(message.attachments).toEqual([]);
  });

  it('counts a large file in full', () => {
    const head =
      '--b\r\nContent-Disposition: form-data; name="f"; filename="log.txt"\r\nContent-Type: text/plain\r\n\r\n';
    const body = `${head}${'x'.repeat(900_000)}\r\n--b\r\nContent-Disposition: form-data; name="message"\r\n\r\nsee log\r\n--b--\r\n`;
    const message = messageOf(aForm(), aRequest('multipart/form-data; boundary=b', body));
    expect(message.attachments[0]?.size).toBe(900_000);
    expect(message.text).toBe('see log');
  });
});

describe('boxes of one name', () => {
  it('are a list, under the name without its brackets', () => {
    const request = aRequest(URLENCODED, 'message=Help+me&areas%5B%5D=billing&areas%5B%5D=cards&one%5B%5D=alone');
    expect(messageOf(aForm(), request).fields).toEqual({ areas: 'billing, cards', one: 'alone' });
  });
});

describe('what a form asks beyond the four', () => {
  it('becomes fields under its own names', () => {
    const message = messageOf(aForm(), posted({ message: 'Help me', plan: 'pro', order: 'A-77', empty: '' }));
    expect(message.fields).toEqual({ plan: 'pro', order: 'A-77' });
  });

  it('is searched for name and address when the form calls them otherwise', () => {
    const message = messageOf(aForm(), posted({ your_mail: 'Zoe@Example.com', full_name: 'Zoë', details: 'It broke' }));
    expect(message.from).toEqual({ name: 'Zoë', email: 'zoe@example.com' });
    expect(message.text).toBe('It broke');
  });

  it('keeps an address that is none as a field, and the requester without one', () => {
    const message = messageOf(aForm(), posted({ name: 'Zoë', email: 'zoe at example', message: 'Call me back' }));
    expect(message.from.email).toBeNull();
    expect(message.fields).toEqual({ email: 'zoe at example' });
  });

  it.each([
    ['1042', 1042],
    ['T-1042', 1042],
    ['#1042 ', 1042],
    ['my old one', null],
    ['99999999999999999999', null],
  ])('ties the message to the ticket that it names: %s', (ticket, number) => {
    expect(messageOf(aForm(), posted({ message: 'Again', ticket })).thread.ticketNumber).toBe(number);
  });

  it('takes its subject from the first line when the form asks for none', () => {
    const long = `${'word '.repeat(30)}\nmore`;
    expect(messageOf(aForm(), posted({ message: 'It broke.\r\nBadly.' })).subject).toBe('It broke.');
    expect([...messageOf(aForm(), posted({ message: long })).subject]).toHaveLength(80);
  });
});

describe('the hidden field', () => {
  it('sets a request aside when it is filled in, with the message that it would be (A-013)', () => {
    const parsed = aForm().parse(posted({ message: 'Buy now', hp_website: 'http://spam.test' }));
    expect(parsed.kind).toBe('ignored');
    expect(parsed.kind === 'ignored' && parsed.reason).toContain('hp_website');
    expect(parsed.kind === 'ignored' && parsed.messages[0]?.text).toBe('Buy now');
    expect(parsed.kind === 'ignored' && parsed.messages[0]?.fields).toEqual({});
  });

  it('can have another name', () => {
    const channel = aForm({ honeypot: 'fax' });
    expect(channel.parse(posted({ message: 'Hello', fax: '1' })).kind).toBe('ignored');
    expect(channel.parse(posted({ message: 'Hello', hp_website: 'mine' })).kind).toBe('messages');
    expect(channel.form).toEqual({
      heading: 'Ask for help',
      intro: 'Tell us what you need. We answer by email.',
      honeypot: 'fax',
      shownAt: 'hp_shown',
    });
  });
});

describe('the time that somebody took', () => {
  const channel = aForm({ fastestSeconds: 3 });

  function sentAfter(seconds: number, given = channel) {
    const shown = MORNING.subtract({ milliseconds: seconds * 1000 }).toString();
    return given.parse(posted({ message: 'Buy now', hp_shown: shown }));
  }

  it('sets a request aside that came sooner than people type, with the message that it would be (A-013)', () => {
    const parsed = sentAfter(2.9);
    expect(parsed.kind === 'ignored' && parsed.reason).toBe(
      'The form was sent 2.9 s after it was shown, which is faster than people type.',
    );
    expect(parsed.kind === 'ignored' && parsed.messages[0]?.fields).toEqual({});
    expect(sentAfter(3).kind).toBe('messages');
    expect(sentAfter(86_400).kind).toBe('messages');
  });

  it.each(['soon', '2126-01-01T00:00:00Z'])('is not what a machine writes there: %s', (shown) => {
    const parsed = channel.parse(posted({ message: 'Buy now', hp_shown: shown }));
    expect(parsed.kind === 'ignored' && parsed.reason).toContain('hp_shown was changed');
  });

  it('is not asked of pages that do not say when they were shown, or unless the config wants it', () => {
    expect(channel.parse(posted({ message: 'Hello' })).kind).toBe('messages');
    expect(sentAfter(0, aForm()).kind).toBe('messages');
  });
});

describe('the origins of a form', () => {
  const channel = aForm({ origins: ['https://shop.example.com'] });
  it.each([
    ['a page of the list', { origin: 'https://shop.example.com', host: 'desk.example.com' }, true],
    ['our own form', { origin: 'https://desk.example.com', host: 'desk.example.com' }, true],
    ['the page of somebody else', { origin: 'https://evil.example.com', host: 'desk.example.com' }, false],
    ['the same name over another protocol', { origin: 'http://shop.example.com', host: 'desk.example.com' }, false],
    ['a page that hides where it is', { origin: 'null', host: 'desk.example.com' }, false],
    ['no browser', { host: 'desk.example.com' }, false],
  ])('decide about %s', (_what, headers, isWelcome) => {
    expect(channel.verify(posted({ message: 'Hello' }, headers), OPEN).authentic).toBe(isWelcome);
  });
});

describe('the answer of a form', () => {
  const receipt = { id: '01J', isRepeat: false };
  const browser = { accept: 'text/html,application/xhtml+xml' };

  it('leads a browser to the page with the ticket number', () => {
    const answer = aForm().answer?.(posted({ message: 'Hello' }, browser), receipt);
    expect(answer).toEqual({ status: 303, headers: { location: '/forms/website/received/01J' }, body: '' });
  });

  it('leads a browser to the page that the config names, never to one that the form names', () => {
    const channel = aForm({ redirect: 'https://shop.example.com/thanks' });
    const request = posted({ message: 'Hello', redirect: 'https://evil.example.com' }, browser);
    expect(channel.answer?.(request, receipt)?.headers['location']).toBe('https://shop.example.com/thanks');
  });

  it('is the usual one for a script', () => {
    expect(aForm().answer?.(posted({ message: 'Hello' }, { accept: 'application/json' }), receipt)).toBeNull();
  });
});

describe('a form that says nothing', () => {
  it.each(['', '&&&', 'name=&message=+++'])('is unreadable, with the reason: "%s"', (body) => {
    const parsed = aForm().parse(aRequest(URLENCODED, body));
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.empty');
  });

  it('is unreadable as multipart without a boundary', () => {
    const parsed = aForm().parse(aRequest('multipart/form-data', 'x'));
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.not-multipart');
  });
});

describe('what the database cannot hold', () => {
  it('is replaced, and the rest of the message stays', () => {
    expect(messageOf(aForm(), posted({ message: 'before\0after' })).text).toBe('before\u2400after');
  });
});

describe('the settings of a form', () => {
  it.each([
    [{ redirect: 'javascript:alert(1)' }],
    [{ origins: ['shop.example.com'] }],
    [{ honeypot: '' }],
    [{ fastestSeconds: -1 }],
    [{ honey: 'x' }],
  ])('refuse %j', (settings) => {
    expect(FormSettings.safeParse(settings).success).toBe(false);
  });
});
