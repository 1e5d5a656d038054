import { describe, expect, it } from 'vitest';
import { isAddressDead } from '../../../src/kit/dead-address.ts';
import { parsedMail } from '../../../src/kit/mail/mail-message.ts';
import { readMail } from '../../../src/kit/mail/read-mail.ts';
import { MORNING } from '../../support/builders.ts';
import { aMail } from '../../support/mails.ts';

const DAEMON = 'Mail Delivery System <MAILER-DAEMON@mx.example>';

/** What a mail reports of one of ours. */
function reportOf(raw: Buffer) {
  const parsed = parsedMail(readMail(raw), { receivedAt: MORNING });
  return parsed.kind === 'messages' ? parsed.messages[0]?.report : null;
}

function dsn(status: string, headers = 'Message-ID: <ours@desk.example>'): Buffer {
  return aMail({
    from: DAEMON,
    type: 'multipart/report; report-type=delivery-status',
    parts: [
      'Content-Type: text/plain\r\n\r\nThis is the mail system.',
      `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n${status}`,
      `Content-Type: text/rfc822-headers\r\n\r\nFrom: help@desk.example\r\n${headers}`,
    ],
  });
}

describe('a delivery report', () => {
  it('by the book says which mail failed, for good, and why (A-013)', () => {
    const status = [
      'Final-Recipient: rfc822; greta@example.com',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <greta@example.com>:\r\n    user unknown',
    ].join('\r\n');
    expect(reportOf(dsn(status))).toEqual({
      of: ['<ours@desk.example>'],
      outcome: 'failed',
      isAddressDead: true,
      says: '550 5.1.1 <greta@example.com>: user unknown',
    });
  });

  it.each([
    ['late', 'Action: delayed\r\nStatus: 4.4.1\r\nDiagnostic-Code: smtp; 451 4.4.1 no answer', 'delayed', false],
    ['a full mailbox', 'Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 full', 'failed', false],
    ['given up after days', 'Action: failed\r\nStatus: 4.4.7', 'failed', false],
    ['a policy', 'Action: failed\r\nStatus: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 spam', 'failed', false],
    [
      'some recipient late and another failed',
      'Action: delayed\r\nStatus: 4.0.0\r\n\r\nAction: failed\r\nStatus: 5.1.1',
      'failed',
      false,
    ],
  ])('tells of %s', (_, status, outcome, isAddressDead) => {
    expect(reportOf(dsn(status))).toMatchObject({ outcome, isAddressDead });
  });

  it('that all went well is none', () => {
    expect(reportOf(dsn('Action: delivered\r\nStatus: 2.0.0'))).toBeUndefined();
  });

  it.each([
    [
      'Exim',
      aMail({
        from: DAEMON,
        headers: [
          'X-Failed-Recipients: greta@example.com',
          'Subject: Mail delivery failed',
          'References: <ours@desk.example>',
        ],
        body: 'A message that you sent could not be delivered.\n\n  greta@example.com\n    550 No such user here\n',
      }),
      { of: ['<ours@desk.example>'], isAddressDead: true, says: '550 No such user here' },
    ],
    [
      'qmail',
      aMail({
        from: DAEMON,
        headers: ['Subject: failure notice'],
        body: 'Hi. This is the qmail-send program.\n\n<greta@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\nFrom: help@desk.example\nMessage-ID: <ours@desk.example>\n',
      }),
      { of: ['<ours@desk.example>'], isAddressDead: true, says: 'Remote host said: 550 5.1.1 User unknown' },
    ],
    [
      'a German one that is late',
      aMail({
        from: DAEMON,
        headers: ['Subject: Verzögert', 'In-Reply-To: <ours@desk.example>'],
        body: '451 4.7.1 Greylisted',
      }),
      { of: ['<ours@desk.example>'], outcome: 'delayed', isAddressDead: false },
    ],
  ])('of %s is understood without the book', (_, raw, report) => {
    expect(reportOf(raw)).toMatchObject(report);
  });

  it('is none of what people write, whatever it quotes', () => {
    expect(reportOf(aMail({ body: 'Action: failed\nStatus: 5.1.1\nMessage-ID: <ours@desk.example>' }))).toBeUndefined();
  });
});

describe('an address', () => {
  it.each([
    ['5.1.1', '', true],
    ['5.1.10', '', true],
    ['5.2.1', '', true],
    ['5.4.1', '550 5.4.1 Recipient address rejected: Access denied', true],
    ['5.1.8', '550 5.1.8 bad sender', false],
    ['5.2.2', '', false],
    ['5.3.4', '', false],
    ['5.7.1', '550 5.7.1 relaying denied', false],
    ['4.1.1', '', false],
    [null, '550 No such user here', true],
    [null, '550 relay not permitted', false],
    ['5.0.0', '550 user unknown', true],
    [null, '554 rejected', false],
  ])('with %j and %j: nothing arrives there: %j', (status, says, isDead) => {
    expect(isAddressDead(status, says)).toBe(isDead);
  });
});
