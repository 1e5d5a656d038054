import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/domain/message.ts';
import { parsedMail } from '../../../src/kit/mail/mail-message.ts';
import { readMail } from '../../../src/kit/mail/read-mail.ts';
import { createReplyTokens, replyName } from '../../../src/kit/reply-tokens.ts';
import { MORNING } from '../../support/builders.ts';
import { aMail } from '../../support/mails.ts';

const KEY = '01HZX5Z8T1ABCDEFGHJKMNPQRS';
const TOKEN = createReplyTokens({ secret: 'of the tests' }).tokenOf(KEY);

function read(headers: readonly string[], extras: Partial<Parameters<typeof parsedMail>[1]> = {}) {
  const mail = readMail(aMail({ headers, body: 'It is broken.\nReally.' }));
  const parsed = parsedMail(mail, { receivedAt: MORNING, ...extras });
  const [message] = parsed.kind === 'messages' ? parsed.messages : [];
  return message as InboundMessage;
}

describe('a mail as a message', () => {
  it('has sender, subject, text and the time at which it was sent (A-004)', () => {
    const message = read(['Subject: Printer', 'Message-ID: <1@example.com>', 'Date: Mon, 2 Mar 2026 08:00:00 +0100']);
    expect(message).toMatchObject({
      externalId: '1@example.com',
      from: { name: 'Greta Holm', email: 'greta@example.com' },
      subject: 'Printer',
      text: 'It is broken.\nReally.',
      fields: {},
      automatic: null,
    });
    expect(message.sentAt?.toString()).toBe('2026-03-02T07:00:00Z');
    expect(message.from).not.toHaveProperty('doubt');
  });

  it('without a subject has its first line, and a time to come counts for nothing', () => {
    const message = read(['Date: Mon, 2 Mar 2099 08:00:00 +0100']);
    expect(message).toMatchObject({ subject: 'It is broken.', sentAt: null, externalId: null });
    expect(message.thread.knownAs).toEqual([]);
  });

  it('belongs first to the address to which it came, then to what it answers, the last first', () => {
    const message = read([
      'Subject: Re: Printer [T-1042]',
      'Message-ID: <4@example.com>',
      'In-Reply-To: <3@desk.example>',
      'References: <1@example.com> <2@desk.example>\r\n <3@desk.example>',
      `Delivered-To: help+${TOKEN.toUpperCase()}@desk.example`,
    ]);
    expect(message.thread).toEqual({
      ticketNumber: 1042,
      ticketKey: null,
      belongsTo: [replyName(TOKEN), 'mail:3@desk.example', 'mail:2@desk.example', 'mail:1@example.com'],
      knownAs: ['mail:4@example.com'],
    });
  });

  it('belongs to an address that stands beside it', () => {
    const { thread } = read([], { recipients: [`help+${TOKEN}@desk.example`] });
    expect(thread.belongsTo).toEqual([replyName(TOKEN)]);
  });

  it('of which our own server says that it is forged bears that doubt', () => {
    const ours = 'Authentication-Results: mx.desk.example; spf=pass; dmarc=fail (p=none) header.from=example.com';
    const theirs = 'Authentication-Results: mx.evil.example; dmarc=pass';
    expect(read([ours, theirs]).from.doubt).toBe('dmarc=fail');
    expect(read([theirs, ours]).from).not.toHaveProperty('doubt');
    expect(read(['Authentication-Results: spf=fail; dkim=none; dmarc=fail action=none']).from.doubt).toBe('dmarc=fail');
    expect(read(['Authentication-Results: mx.desk.example; x=1 (says ; dmarc=pass)']).from).not.toHaveProperty('doubt');
    expect(read([], { doubt: 'dmarc=fail' }).from.doubt).toBe('dmarc=fail');
  });

  it('with nothing in it at all is unreadable', () => {
    const parsed = parsedMail(readMail(Buffer.from('From: a@example.com\r\n\r\n \r\n')), { receivedAt: MORNING });
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.empty');
  });
});

describe('the token of an address', () => {
  const tokens = createReplyTokens({ secret: 'of the tests' });

  it('opens its ticket, in letters that any server keeps, and short enough for an address', () => {
    expect(tokens.opens(TOKEN)).toBe(KEY);
    expect(TOKEN).toMatch(/^[0-9a-z]{42}$/);
  });

  it('of another desk, another ticket or another letter opens nothing', () => {
    expect(createReplyTokens({ secret: 'another' }).opens(TOKEN)).toBeNull();
    expect(tokens.opens(TOKEN.replace('01hzx5', '01hzx6'))).toBeNull();
    expect(tokens.opens(`${TOKEN.slice(0, -1)}${TOKEN.endsWith('0') ? '1' : '0'}`)).toBeNull();
    expect(tokens.opens('')).toBeNull();
  });
});
