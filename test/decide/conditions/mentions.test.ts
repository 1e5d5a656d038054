import { describe, expect, it } from 'vitest';
import type { Ticket } from '../../../src/domain/ticket.ts';
import type { TextPart } from '../../../src/decide/condition.ts';
import { holds, subjectOf } from '../../../src/decide/conditions/index.ts';
import { phraseOf } from '../../../src/decide/conditions/words.ts';
import { aTicket, MORNING } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';

/** What the ticket says of the phrase; null when it does not, or denies it. */
function quoteOf(phrase: string, text: string | Partial<Ticket>, part: TextPart = 'text'): string | null {
  const ticket = aTicket(typeof text === 'string' ? { subject: '', description: text } : text);
  const condition = { kind: 'mentions', in: part, phrases: [phraseOf(phrase)] } as const;
  const proof = holds(condition, subjectOf(ticket, MORNING));
  const [evidence] = proof ?? [];
  return evidence?.kind === 'text' ? evidence.quote : null;
}

describe('a phrase', () => {
  it.each([
    ['urgent', 'This is URGENT!', 'URGENT'],
    ['payment failed', 'Payment  failed twice', 'Payment  failed'],
    ['payment failed', 'the payment\nfailed again', 'payment\nfailed'],
    ['double charge', 'a double-charge on my card', 'double-charge'],
    ['refund*', 'It was Refunded twice', 'Refunded'],
    ['log* out', 'it keeps logging out of it, I am logged out', 'logging out'],
    ["can't log in", 'I can’t log in', 'can’t log in'],
    ['uberweisung', 'Meine Überweisung fehlt', 'Überweisung'],
    ['Überweisung', 'meine ueber und die UBERWEISUNG', 'UBERWEISUNG'],
    ['strasse', 'in der Hauptstraße, also Straße', 'Straße'],
    ['garcon', 'Un garçon a payé', 'garçon'],
    ['urgence', "C'est l’urgence absolue", 'urgence'],
    ['оплата', 'Моя ОПЛАТА не прошла', 'ОПЛАТА'],
    ['πληρωμη', 'Η ΠΛΗΡΩΜΉ απέτυχε', 'ΠΛΗΡΩΜΉ'],
    ['退款', '我要退款,谢谢', '退款'],
    ['払い戻し', '払い戻しをお願いします', '払い戻し'],
    ['환불', '환불을 받고 싶어요', '환불'],
    ['คืนเงิน', 'ขอคืนเงินด้วยครับ', 'คืนเงิน'],
    ['भुगतान', 'मेरा भुगतान विफल', 'भुगतान'],
    ['version 3.5', 'since version 3.5 it hangs', 'version 3.5'],
    ['payment', 'pay\u00ADment please', 'pay\u00ADment'],
    ['refund', 'REFUND', 'REFUND'],
  ])('%j is found in %j as the customer wrote it', (phrase, text, quote) => {
    expect(quoteOf(phrase, text)).toBe(quote);
  });

  it.each([
    ['urgent', 'an insurgent detergent'],
    ['urgent', 'urgently'],
    ['refund*', 'a prerefund'],
    ['payment failed', 'The payment. Failed again'],
    ['payment failed', 'payment\n\nfailed'],
    ['payment failed', 'failed payment'],
    ['can', "I can't"],
    ['भुगतान', 'भुगताना'],
    ['urgent', ''],
  ])('%j is not found in %j', (phrase, text) => {
    expect(quoteOf(phrase, text)).toBeNull();
  });

  it('is found in the subject before the message, and in the part that was asked for', () => {
    const ticket = { subject: 'Refund please', description: 'I want my REFUND' };
    expect(quoteOf('refund', ticket)).toBe('Refund');
    expect(quoteOf('refund', ticket, 'message')).toBe('REFUND');
    expect(quoteOf('please', ticket, 'message')).toBeNull();
  });

  it('of several is the first that the text says', () => {
    const ticket = aTicket({ subject: '', description: 'my card was declined, so refund me' });
    const phrases = ['chargeback', 'refund', 'card'].map(phraseOf);
    const proof = holds({ kind: 'mentions', in: 'text', phrases }, subjectOf(ticket, MORNING));
    expect(proof).toEqual([{ kind: 'text', quote: 'refund' }]);
  });
});

describe('a denied phrase does not count (A-029)', () => {
  it.each([
    ['urgent', 'It is no longer urgent'],
    ['urgent', 'This is not urgent.'],
    ['urgent', "It isn't urgent"],
    ['urgent', 'it isn’t really that urgent'],
    ['urgent', 'Nothing urgent, take your time'],
    ['urgent', 'not at all urgent'],
    ['urgent', 'None of this is urgent'],
    ['urgent', "I don't think this is urgent"],
    ['urgent', 'neither important nor urgent'],
    ['urgent', 'it was never urgent'],
    ['refund', 'No refund needed'],
    ['refund', "I don't need a refund"],
    ['refund', 'A refund is not needed.'],
    ['refund', 'we do not want any refund'],
    ['downtime', 'We had no downtime'],
    ['downtime', 'it went without any downtime'],
    ['dringend', 'Das ist nicht dringend'],
    ['dringend', 'Es ist nicht mehr dringend.'],
    ['dringend', 'Dringend ist es nicht.'],
    ['erstattung', 'Ich brauche keine Erstattung'],
    ['erstattung', 'keine Erstattung nötig'],
    ['ausfall', 'es ging ohne Ausfall'],
    ['urgente', 'No es urgente'],
    ['urgente', 'ya no es urgente'],
    ['reembolso', 'no necesito un reembolso'],
    ['reembolso', 'sin reembolso, gracias'],
    ['urgent', "Ce n'est pas urgent"],
    ['urgent', 'ce n’est plus urgent'],
    ['remboursement', 'Pas de remboursement'],
    ['remboursement', 'je ne veux pas de remboursement'],
    ['urgente', 'não é urgente'],
    ['urgente', 'non è urgente'],
    ['dringend', 'het is niet dringend'],
    ['срочно', 'это не срочно'],
    ['acil', 'Bu acil değil.'],
    ['紧急', '这不紧急'],
  ])('%j in %j', (phrase, text) => {
    expect(quoteOf(phrase, text)).toBeNull();
  });
});

describe('a denial elsewhere denies nothing', () => {
  it.each([
    ['urgent', 'not only urgent but critical'],
    ['urgent', 'No, this is urgent'],
    ['urgent', 'I am not happy. Urgent!'],
    ['urgent', 'not a joke but urgent'],
    ['urgent', "Isn't it urgent?"],
    ['urgent', 'Your order no 1234 is urgent'],
    ['refund', 'I have not received my refund'],
    ['refund', "I didn't get my refund"],
    ['refund', 'still no refund'],
    ['refund', 'refund not received'],
    ['refund', "why don't you refund me"],
    ['log in', "I can't log in"],
    ['log in', 'I could not log in'],
    ['card', 'my card is not working'],
    ['payment', 'the payment did not go through'],
    ['no access', 'I have no access'],
    ['dringend', 'nicht nur dringend, sondern kritisch'],
    ['erstattung', 'immer noch keine Erstattung'],
    ['dringend', 'Ich war nicht zuhause, aber es ist dringend'],
    ['urgente', 'No puedo entrar, es urgente'],
    ['urgent', "c'est plus urgent que prévu"],
    ['退款', '我收不到退款'],
  ])('%j counts in %j', (phrase, text) => {
    expect(quoteOf(phrase, text)?.toLowerCase()).toBe(phrase);
  });

  it('counts where it is said once and denied once', () => {
    expect(quoteOf('urgent', 'Yesterday it was not urgent. Now it is Urgent.')).toBe('Urgent');
  });
});

describe('quoted mail does not count (A-029)', () => {
  it.each([
    ['a marked line', 'Thanks!\n> this is urgent'],
    ['a marked line with spaces before', 'Thanks!\n  >> urgent'],
    ['what follows an attribution', 'Thanks!\n\nOn Mon, 16 Nov 2026 at 09:00, Ana <ana@example.com> wrote:\nurgent'],
    [
      'an attribution over two lines',
      'Thanks!\nOn Mon, 16 Nov 2026 at 09:00, Ana Torres\n<ana@example.com> wrote:\nurgent',
    ],
    ['a German attribution', 'Danke!\nAm 16.11.2026 um 09:00 schrieb Ana Torres:\nurgent'],
    ['a French attribution', 'Merci !\nLe lun. 16 nov. 2026 à 09:00, Ana a écrit :\nurgent'],
    ['a Spanish attribution', 'Gracias\nEl lun, 16 nov 2026, Ana escribió:\nurgent'],
    ['an Outlook line', 'Thanks!\n-----Original Message-----\nurgent'],
    ['a German Outlook line', 'Danke!\n-----Ursprüngliche Nachricht-----\nurgent'],
    ['an Outlook head', 'Thanks!\n\nFrom: Ana Torres\nSent: Monday\nTo: Greta\nSubject: urgent\n\nurgent'],
    ['a German Outlook head', 'Danke!\n\nVon: Ana\nGesendet: Montag\nAn: Greta\nBetreff: urgent'],
    ['a forwarded mail', 'For you\n---------- Forwarded message ---------\nFrom: Ana\nurgent'],
    ['a mail forwarded by Apple', 'For you\n\nBegin forwarded message:\n\nurgent'],
    ['lines that end as on Windows', 'Thanks!\r\n> urgent\r\n-----Original Message-----\r\nurgent'],
  ])('%s', (_what, text) => {
    expect(quoteOf('urgent', text)).toBeNull();
  });

  it.each([
    ['an answer above the quote', 'This is urgent\n> what is it?'],
    ['an answer below a marked quote', 'On Monday Ana wrote:\n> what is it?\n\nIt is urgent'],
    ['an answer between marked lines', '> is it?\nyes, urgent\n> when?'],
    ['a sentence that begins like an attribution', 'On Monday I wrote to you: it is urgent'],
    ['a line with From alone', 'From: the shop\nurgent'],
    ['a comparison', 'x > y is urgent'],
  ])('but %s does', (_what, text) => {
    expect(quoteOf('urgent', text)).toBe('urgent');
  });
});

describe('any text', () => {
  const words = ['urgent', 'not', "isn't", '>', '\n', 'On Monday Ana wrote:', 'Refund', 'É', '退款', '.', ',', '😀'];
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join(' ')),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join('')),
  );

  it('can be asked without an error, and is quoted word for word', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('urgent', 'refund*', '退款', 'é', 'not urgent'), (text, phrase) => {
        const quote = quoteOf(phrase, text);
        expect(quote === null || text.includes(quote)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('that is the phrase alone says the phrase', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (text) => {
        fc.pre(phraseOf(text).words.length === 1 && !text.includes('>'));
        expect(quoteOf(text, { subject: text, description: '' })).not.toBeNull();
      }),
    );
  });
});
