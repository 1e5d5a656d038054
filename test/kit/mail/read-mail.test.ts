import { addressParser } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { addressIn } from '../../../src/kit/guess-message.ts';
import type { Mail } from '../../../src/kit/mail/mail.ts';
import { readMail as readWhole, senderOf } from '../../../src/kit/mail/read-mail.ts';
import { aMail } from '../../support/mails.ts';
import { processorSeconds } from '../../support/processor-time.ts';
import { fc } from '../../support/properties.ts';

/** Without the end of the last line, which nobody wrote. */
function readMail(raw: Uint8Array): Mail {
  const mail = readWhole(raw);
  return { ...mail, text: mail.text.trimEnd() };
}

const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex');

describe('a mail', () => {
  it('is read in the characters in which it is written (A-007)', () => {
    const latin = aMail({
      headers: [
        'Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?8J+ZiA==?=',
        'Content-Type: text/plain; charset=iso-8859-15',
      ],
      body: Buffer.from('Preis: 5 \xa4, gr\xfc\xdfe', 'latin1'),
    });
    expect(readMail(latin)).toMatchObject({ subject: 'Grüße🙈', text: 'Preis: 5 €, grüße' });
    const japanese = aMail({
      headers: ['Content-Type: text/plain; charset=ISO-2022-JP', 'Content-Transfer-Encoding: 7bit'],
      body: Buffer.from('\x1b$B$3$s$K$A$O\x1b(B', 'latin1'),
    });
    expect(readMail(japanese).text).toBe('こんにちは');
    const quoted = aMail({
      headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      body: 'one line that =\r\ngoes on =F0=9F=99=88',
    });
    expect(readMail(quoted).text).toBe('one line that goes on 🙈');
  });

  it('in HTML alone is read as text, and of two versions the plain one', () => {
    const html = 'Content-Type: text/html\r\n\r\n<p>Hello <b>there</b></p>';
    const plain = 'Content-Type: text/plain\r\n\r\nHello *there*';
    expect(readMail(aMail({ type: 'multipart/alternative', parts: [html] })).text).toBe('Hello there');
    expect(readMail(aMail({ type: 'multipart/alternative', parts: [plain, html] })).text).toBe('Hello *there*');
    const blank = 'Content-Type: text/plain\r\n\r\n ';
    expect(readMail(aMail({ type: 'multipart/alternative', parts: [blank, html] })).text).toBe('Hello there');
  });

  it('brings its files, pictures in the text and mails within it, each with a name (A-010)', () => {
    const { files, text } = readMail(
      aMail({
        type: 'multipart/mixed',
        parts: [
          'Content-Type: text/plain\r\n\r\nSee both.',
          `Content-Type: image/png\r\nContent-Id: <a@b>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n${PICTURE.toString('base64')}`,
          "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf\r\n\r\n%PDF-",
          'Content-Type: message/rfc822\r\n\r\nSubject: Older\r\nFrom: a@example.com\r\n\r\nOld words',
        ],
      }),
    );
    expect(text).toBe('See both.');
    expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['image-1.png', 'image/png'],
      ['Rechnung März.pdf', 'application/pdf'],
      ['file-3.eml', 'message/rfc822'],
    ]);
    expect(Buffer.from(files[0]?.bytes() ?? []).equals(PICTURE)).toBe(true);
  });

  it('that reports of another says which, and what became of it', () => {
    const report = readMail(aMail({ type: 'multipart/report; report-type=delivery-status', parts: BOUNCE }));
    expect(report.text).toContain('could not be delivered');
    expect(report.text).toContain('Final-Recipient: rfc822; greta@example.com');
    expect(report.reported).toContainEqual(['Message-ID', '<ours@desk.example>']);
    expect(readMail(aMail({ body: 'Hello' })).reported).toBeNull();
  });

  it('has as many headers as it likes, in any characters', () => {
    const trace = Array.from({ length: 400 }, (_, n) => `X-Trace-${n}: ${'x'.repeat(40)}`);
    const raw = aMail({ headers: [...trace, 'Subject: Grüße'], body: 'words\n\nmore' });
    expect(readMail(raw)).toMatchObject({ subject: 'Grüße', text: 'words\n\nmore' });
    expect(readMail(Buffer.from('X-A: b\nSubject: c\n\nwords\r\n\r\nmore'))).toMatchObject({
      subject: 'c',
      text: 'words\r\n\r\nmore',
    });
  });

  it.each([
    ['too deep', aMail({ type: 'multipart/mixed', parts: [nested(200)] })],
    ['headed without end', aMail({ headers: Array.from({ length: 20_000 }, (_, n) => `X-${n}: ${'x'.repeat(40)}`) })],
  ])('that is %s is refused, and says why', (_what, raw) => {
    expect(() => readMail(raw)).toThrow(expect.objectContaining({ code: 'mail.malformed' }));
  });

  it.each([
    ['', { text: '', subject: '' }],
    ['\0\0\0', { subject: '' }],
    ['Subject: only a head', { text: '', subject: 'only a head' }],
    ['From: <<<>>>\r\n\r\nwords', { text: 'words', from: { email: null } }],
    ['Date: whenever\r\n\r\nwords', { text: 'words' }],
    ['Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nnever closed', { text: 'never closed' }],
    ['Content-Type: text/plain; charset=nonsense\r\n\r\nwords', { text: 'words' }],
    [`\r\n${'x'.repeat(100)}`, { text: 'x'.repeat(100) }],
  ])('that is damaged as %j is read as far as it goes', (raw, read) => {
    expect(readMail(Buffer.from(raw))).toMatchObject(read);
  });

  it('of thousands of parts is read in no time, and its files are counted out', () => {
    const part = 'Content-Type: application/x\r\n\r\n.';
    const mail = aMail({ type: 'multipart/mixed', parts: Array.from({ length: 10_000 }, () => part) });
    expect(processorSeconds(() => expect(readMail(mail).files).toHaveLength(200))).toBeLessThan(10);
  });
});

describe('who wrote a mail', () => {
  it.each([
    ['Zoe Miller <Zoe@example.com>', 'Zoe Miller', 'zoe@example.com'],
    ['"Miller, Zoe" <zoe@example.com>', 'Miller, Zoe', 'zoe@example.com'],
    ['=?utf-8?Q?Zo=C3=AB?= <zoe@example.com>', 'Zoë', 'zoe@example.com'],
    ['zoe@example.com <zoe@example.com>', '', 'zoe@example.com'],
    ['zoe@example.com (Zoe)', 'Zoe', 'zoe@example.com'],
    ['Team: Zoe <zoe@example.com>, Max <max@example.com>;', 'Zoe', 'zoe@example.com'],
  ])('is found in %j', (from, name, email) => {
    expect(senderOf(from)).toEqual({ name, email });
  });

  it('is whom a parser of addresses finds, however the name is written', () => {
    const bits = ['"', '\\', ' ', '<', '>', '@', 'Zoë', '=?utf-8?Q?a=3Cb=40c=2Ed=3E?=', '(', ',', ':', '\0', 'a@b.com'];
    const text = fc.array(fc.constantFrom(...bits), { maxLength: 5 }).map((each) => each.join(''));
    const usual = fc.tuple(text, text, fc.constantFrom('zoe@example.com', 'a@b.com'), fc.boolean());
    const written = usual.map(([name, other, email, isQuoted]) => {
      return isQuoted ? `"${name}" <${email}>` : `${name} <${other}${email}>`;
    });
    fc.assert(
      fc.property(written, (from) => {
        const [first] = addressParser(from, { flatten: true });
        const name = (first?.name ?? '').replaceAll(/\s+/g, ' ').trim();
        expect(senderOf(from)).toEqual({ name, email: addressIn(first?.address ?? '') });
      }),
      { numRuns: 2000 },
    );
  });
});

/** A multipart within a multipart, and so on. */
function nested(depth: number): string {
  return Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=n${level}\r\n\r\n--n${level}\r\n`,
  ).join('');
}

const BOUNCE = [
  'Content-Type: text/plain\r\n\r\nYour mail could not be delivered.',
  'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; greta@example.com\r\nStatus: 5.1.1',
  'Content-Type: text/rfc822-headers\r\n\r\nFrom: help@desk.example\r\nMessage-ID: <ours@desk.example>\r\nSubject: Hello',
];
