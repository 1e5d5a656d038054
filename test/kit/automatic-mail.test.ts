import { describe, expect, it } from 'vitest';
import { automaticIn } from '../../src/kit/automatic-mail.ts';
import { mailHeadersIn, senderIn, ticketTagIn } from '../../src/kit/mail-headers.ts';

const PERSON = { from: 'Greta Holm <greta@example.com>', to: 'help@desk.example', 'message-id': '<1@example.com>' };

/** What kind of machine the headers betray; null for a person. */
function kindOf(headers: Record<string, string>, subject = 'Printer'): string | null {
  return automaticIn({ headers: { ...PERSON, ...headers }, subject, text: 'Hello.', isAnswer: false })?.kind ?? null;
}

describe('a mail of which the headers say that a machine wrote it (A-013)', () => {
  it.each([
    ['bounce', { 'content-type': 'multipart/report; report-type=delivery-status; boundary="x"' }],
    ['bounce', { from: 'Mail Delivery Subsystem <MAILER-DAEMON@mx.example>' }],
    ['bounce', { 'x-failed-recipients': 'greta@example.com' }],
    ['auto_reply', { 'auto-submitted': 'auto-replied (vacation)' }],
    ['auto_reply', { 'x-autoreply': 'yes' }],
    ['auto_reply', { precedence: 'auto_reply' }],
    ['auto_reply', { 'return-path': '<>' }],
    ['auto_reply', { 'content-type': 'multipart/report; report-type="disposition-notification"' }],
    ['list', { 'list-id': 'News <news.shop.example>' }],
    ['list', { 'list-unsubscribe': '<mailto:out@shop.example>', 'auto-submitted': 'auto-generated' }],
    ['list', { precedence: 'bulk' }],
    ['spam', { 'x-spam-flag': 'YES' }],
    ['spam', { 'x-spam-status': 'Yes, score=9.1' }],
    ['notification', { 'auto-submitted': 'auto-generated', precedence: 'bulk' }],
    ['notification', { 'x-auto-response-suppress': 'OOF, AutoReply' }],
    ['own', { 'x-loop': 'help@desk.example', 'auto-submitted': 'auto-replied' }],
    ['own', { 'x-loop': 'help@desk.example', to: 'greta@example.com', 'delivered-to': 'help@desk.example' }],
  ])('is of the kind %s: %j', (kind, headers) => {
    expect(kindOf(headers)).toBe(kind);
  });

  it.each([
    {},
    { 'auto-submitted': 'no' },
    { 'x-spam-status': 'No, score=-1.2' },
    { 'return-path': '<greta@example.com>' },
    // A desk like ours writes to us: its mail bears its own address, not ours.
    { from: 'help@other.example', 'x-loop': 'help@other.example' },
  ])('but a person wrote %j', (headers) => {
    expect(kindOf(headers)).toBeNull();
  });

  it('says what it is known by', () => {
    const headers = { ...PERSON, 'auto-submitted': 'auto-replied' };
    expect(automaticIn({ headers, subject: '', text: '', isAnswer: false })?.evidence).toBe(
      'Auto-Submitted: auto-replied',
    );
  });
});

describe('the subject of an absence (A-013)', () => {
  it.each([
    ['Automatic reply: Your invoice', { 'auto-submitted': 'auto-generated' }],
    ['Out of Office Re: Your invoice', { 'in-reply-to': '<2@desk.example>' }],
    ['Automatische Antwort: Ihre Rechnung', { 'x-auto-response-suppress': 'All' }],
    ['Réponse automatique : votre facture', { references: '<2@desk.example>' }],
    ['Respuesta automática: su factura', { 'in-reply-to': '<2@desk.example>' }],
  ])('counts with a header beside it: %s, %j', (subject, headers) => {
    expect(kindOf(headers, subject)).toBe('auto_reply');
  });

  it.each([
    ['Out of office', 'I am out of the office until Monday.'],
    ['Abwesenheitsnotiz', 'Guten Tag, ich bin bis zum 3. Mai nicht im Büro.'],
    ["Message d'absence", 'Bonjour, je suis actuellement en congés.'],
    ['Fuera de la oficina', 'Estaré fuera de la oficina hasta el lunes.'],
  ])('counts without any header where the text says so too: %s', (subject, text) => {
    expect(automaticIn({ headers: null, subject, text, isAnswer: false })?.kind).toBe('auto_reply');
  });

  it('counts on an answer to a ticket', () => {
    expect(automaticIn({ headers: null, subject: 'Out of office', text: 'Back on 3 May.', isAnswer: true })?.kind).toBe(
      'auto_reply',
    );
  });

  it.each([
    ['Out of office', 'How do I switch on my out of office message?'],
    ['Out of office replies are not sent', 'Since Monday nobody gets mine.'],
    ['Printer', 'I am out of the office until Monday, please mend it until then.'],
    ['Automatic replacement of toner', 'When is it delivered?'],
  ])('proves nothing alone: %s', (subject, text) => {
    expect(automaticIn({ headers: null, subject, text, isAnswer: false })).toBeNull();
  });
});

describe('the headers of a mail', () => {
  const read = { from: 'Greta Holm <greta@example.com>', received: 'one, two', 'auto-submitted': 'no' };
  it.each([
    ['by name', { From: 'Greta Holm <greta@example.com>', Received: ['one', 'two'], 'Auto-Submitted': 'no' }],
    [
      'as names and values',
      [
        { Name: 'From', Value: 'Greta Holm <greta@example.com>' },
        { Name: 'Received', Value: 'one' },
        { Name: 'Received', Value: 'two' },
        { Name: 'Auto-Submitted', Value: 'no' },
      ],
    ],
    [
      'as pairs',
      [
        ['From', 'Greta Holm <greta@example.com>'],
        ['Received', 'one'],
        ['Received', 'two'],
        ['Auto-Submitted', 'no'],
      ],
    ],
    [
      'as they stood',
      'From: Greta Holm\r\n <greta@example.com>\r\nReceived: one\r\nReceived: two\r\nAuto-Submitted: no\r\n',
    ],
  ])('are read %s', (_, headers) => {
    expect(mailHeadersIn(headers)).toEqual(read);
  });

  it('are none without what every mail has', () => {
    expect(mailHeadersIn({ Name: 'a question of a form' })).toBeNull();
    expect(mailHeadersIn('just words')).toBeNull();
    expect(mailHeadersIn(undefined)).toBeNull();
  });

  it('say who writes, and the subject says of which ticket', () => {
    expect(senderIn({ from: '"Holm, Greta" <Greta@Example.com>' })).toEqual({
      name: 'Holm, Greta',
      email: 'greta@example.com',
    });
    expect(senderIn({ from: 'nobody' })).toBeNull();
    expect(ticketTagIn('Re: Printer [T-1042]')).toBe('T-1042');
    expect(ticketTagIn('Printer [urgent]')).toBeNull();
  });
});
