import { describe, expect, it } from 'vitest';
import { anonymous, contactsIn, createMask } from '../../../src/kit/masking/index.ts';
import { processorSeconds } from '../../support/processor-time.ts';
import { fc } from '../../support/properties.ts';

const GRETA = { name: 'Greta Olsen', email: 'greta.olsen@example.com' };

function hide(text: string, known = GRETA): string {
  return createMask(known).hide(text);
}

/** What must not leave the house: the secret, and the sentence that it stands in. */
const SECRETS: readonly (readonly [secret: string, text: string])[] = [
  ['jane.doe+shop@mail.example.co.uk', 'Please write to jane.doe+shop@mail.example.co.uk instead.'],
  ['müller@bücher.example', 'Meine Adresse ist müller@bücher.example, bitte dorthin.'],
  ['+49 30 901820', 'You reach me at +49 30 901820 until five.'],
  ['(415) 555-2671', 'My cell is (415) 555-2671, thanks.'],
  ['06 12 34 56 78', 'Rappelez-moi au 06 12 34 56 78 svp.'],
  ['020 7946 0958', 'Ring 020 7946 0958 and ask for me.'],
  ['612 345 678', 'Llámame al 612 345 678 por favor.'],
  ['4111 1111 1111 1111', 'I paid with 4111 1111 1111 1111, expires 12/27.'],
  ['3782-822463-10005', 'Amex 3782-822463-10005 was charged twice.'],
  ['DE89 3704 0044 0532 0130 00', 'Refund to DE89 3704 0044 0532 0130 00 BIC COBADEFF.'],
  ['GB82WEST12345698765432', 'Our IBAN: GB82WEST12345698765432.'],
  ['203.0.113.42', 'All our traffic comes from 203.0.113.42 only.'],
  ['2001:db8::8a2e:370:7334', 'The host 2001:db8::8a2e:370:7334 is blocked.'],
  ['123-45-6789', 'My SSN is 123-45-6789, for the form.'],
  ['sk-proj-4f9aKq82LmZx71Tb', 'The key sk-proj-4f9aKq82LmZx71Tb stopped working.'],
  ['Jürgen Müller', 'Guten Tag, mein Name ist Jürgen Müller aus Köln.'],
  ['Aoife Ní Bhriain', 'Hello, my name is Aoife Ní Bhriain and I rent a car.'],
  ['Maria García', 'I spoke with Maria García about it on Monday.'],
  ['Hans-Peter Müller', 'Herr Hans-Peter Müller wartet auf die Rechnung.'],
  ['Hans Brandt', 'Unser Kollege Hans Brandt weiß davon nichts.'],
  ['Tomasz Nowak', 'The contract of Tomasz Nowak has ended.'],
  ['swordfish', 'Please look yourself, my password is swordfish.'],
  ['Tr0ub4dor&3', 'I cannot sign in, my password is Tr0ub4dor&3.'],
  ['sonnenblume', 'Passwort: sonnenblume'],
  ['abc123&user=7', 'It fails at https://app.example.com/reset?token=abc123&user=7 each time.'],
  ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'CI uses ghp_16C7e42F292c6912E7710c838347Ae178B4a.'],
  ['Élodie Dupont', 'Merci d’avance.\n\nCordialement,\nÉlodie Dupont'],
  ['AB123456C', 'National insurance number AB 12 34 56 C or AB123456C.'],
  ['12345678Z', 'Mi DNI es 12345678Z.'],
];

const HARMLESS: readonly string[] = [
  'Order 4711-0815 has not arrived.',
  'Invoice 2026-00123 names the wrong company.',
  'Tracking number 00340434161094042557 says delivered.',
  'Parcel 1Z999AA10123456784 is lost.',
  'SKU AB-1234-5678 is sold out.',
  'Error 0x80070057 in line 42 of main.ts.',
  'Version 10.4.2.1 crashes, 10.4.2 did not.',
  'It happened on 2026-11-22 at 10:15.',
  'Seit dem 22.11.2026 um 14:30 Uhr geht nichts.',
  'We paid 1,234,567.89 EUR on 03/11/2026.',
  'Amazon order #114-3941689-8772232 is open.',
  'The build 26.10.0 (17763.1234) of commit 9fceb02d0ae598e95dc970b74767f19372d61af8 fails.',
  'Request id 550e8400-e29b-41d4-a716-446655440000 timed out.',
  'My password is not working, and the password reset mail never came.',
  'My password is expired. Mein Passwort ist falsch. Mon mot de passe est incorrect.',
  'The Web Shop in New York shows Google Chrome and Visual Studio under Order Number.',
  'Die Rechnung Nummer 12 der Firma Muster Handel liegt im Ordner Alte Belege.',
  'ISBN 978-3-16-148410-0, room 612 345, part no. 0301-2345-678.',
  'Kind regards and thanks,\nthe whole team',
  'I am Tired of this. This is Urgent: the API Key page is blank.',
];

describe('what nobody outside is to read', () => {
  it.each(SECRETS)('is hidden: %s', (secret, text) => {
    const hidden = hide(text);
    expect(hidden).not.toContain(secret);
    expect(hidden).toMatch(/\[[A-Z_]+_1\]/);
  });

  it.each(HARMLESS)('is not made of: %s', (text) => {
    expect(hide(text)).toBe(text);
  });

  it('is what is known of the requester, wherever it stands', () => {
    const known = {
      ...GRETA,
      identities: [
        { kind: 'phone', value: '4915112345' },
        { kind: 'slack', value: 'U0GRETA' },
      ],
    };
    const text = 'Greta Olsen here, as GRETA.OLSEN@example.com; Olsen, Greta; <@U0GRETA>; 4915112345. A great day.';
    expect(createMask(known).hide(text)).toBe(
      '[NAME_1] here, as [EMAIL_1]; [NAME_2], [NAME_3]; <@[ID_NUMBER_1]>; [PHONE_1]. A great day.',
    );
  });

  it('is what the team calls so, too', () => {
    const find = (text: string) => {
      const start = text.search(/K-\d{6}/);
      return start < 0 ? null : { start, end: start + 'K-123456'.length };
    };
    const mask = createMask(GRETA, [{ name: 'customer number', find }]);
    expect(mask.hide('K-123456 and K-654321, and K-123456 again')).toBe(
      '[CUSTOMER_NUMBER_1] and [CUSTOMER_NUMBER_2], and [CUSTOMER_NUMBER_1] again',
    );
    expect(mask.show('About [CUSTOMER_NUMBER_2].')).toBe('About K-654321.');
  });

  it('keeps the page of an address, and not what opens it', () => {
    expect(hide('See https://a.example/x/y?k=1#z now')).toBe('See https://a.example/x/y[QUERY_1] now');
    expect(hide('postgres://ana:geheim@db.example/x')).toBe('postgres://[PASSWORD_1]@db.example/x');
  });
});

describe('a placeholder', () => {
  it('is one for the same thing, over all texts of a ticket', () => {
    const mask = createMask(GRETA);
    expect(mask.hide('From ana@example.com')).toBe('From [EMAIL_1]');
    expect(mask.hide('bob@example.com wrote to ANA@example.com')).toBe('[EMAIL_2] wrote to [EMAIL_1]');
  });

  it('is filled in again, whether its brackets came back or not', () => {
    const mask = createMask(GRETA);
    mask.hide('Call +49 30 901820 or ana@example.com');
    expect(mask.show('Call [PHONE_1], mail EMAIL_1, not [EMAIL_2].')).toBe(
      'Call +49 30 901820, mail ana@example.com, not [EMAIL_2].',
    );
  });

  it('of a secret says only what it was', () => {
    const mask = createMask(GRETA);
    mask.hide('my password is Tr0ub4dor&3, card 4111 1111 1111 1111');
    expect(mask.show('They sent [PASSWORD_1] and [CARD_1].')).toBe('They sent (password) and (card number).');
  });

  it('is none of those that somebody wrote', () => {
    const mask = createMask(GRETA);
    expect(mask.hide('[EMAIL_1] is not ana@example.com')).toBe('[EMAIL_1] is not [EMAIL_2]');
    expect(mask.show('[EMAIL_1], [EMAIL_2]')).toBe('[EMAIL_1], ana@example.com');
  });
});

describe('any text', () => {
  const SECRET = /\[(?:KEY|PASSWORD|CARD|IBAN|ID_NUMBER|QUERY)_\d+\]/;
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(...SECRETS.map(([, text]) => text), ...HARMLESS, '[EMAIL_1]', 'EMAIL_2'),
  );

  it('comes back as it was, but for secrets', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const mask = createMask(GRETA);
        const text = pieces.join('\n');
        const hidden = mask.hide(text);
        if (!SECRET.test(hidden)) expect(mask.show(hidden)).toBe(text);
      }),
    );
  });
});

describe('a text that is made to take long', () => {
  it.each([
    ['digits', '1 '.repeat(4000)],
    ['dots', 'a.'.repeat(4000)],
    ['at signs', 'a@'.repeat(4000)],
    ['colons', '1:'.repeat(4000)],
    ['capitals', 'Ana '.repeat(2000)],
    ['greetings', 'regards\n'.repeat(1000)],
    ['passwords', 'password is '.repeat(700)],
    ['slashes', 'http://'.repeat(1100)],
    ['letters and digits', 'aA1'.repeat(2700)],
    ['zeros', '00 '.repeat(2700)],
    ['brackets', '(415) 555-'.repeat(800)],
    ['IBANs', 'DE89 '.repeat(1600)],
  ])('does not: %s', (_, text) => {
    expect(processorSeconds(() => hide(text))).toBeLessThan(1);
  });
});

describe('a whole name of which a part is known', () => {
  it('is hidden whole', () => {
    const mask = createMask({ name: 'Jonas', email: null });
    expect(mask.hide('I am Jonas Brandt, and my card is gone.')).toBe('I am [NAME_1], and my card is gone.');
  });
});

describe('a text of the team’s own', () => {
  it('loses who asks and what was hidden before, and keeps its links and addresses', () => {
    const mask = createMask(GRETA);
    expect(mask.hide('My account is DE89 3704 0044 0532 0130 00.')).toBe('My account is [IBAN_1].');
    expect(
      mask.hideKnown(
        'Hello Greta Olsen, de89 3704 0044 0532 0130 00 is yours; see https://a.example/?id=7, +49 30 901820.',
      ),
    ).toBe('Hello [NAME_1], [IBAN_1] is yours; see https://a.example/?id=7, +49 30 901820.');
  });
});

describe('a text that is to be nobody’s', () => {
  it('has the same sign wherever something was left out', () => {
    expect(anonymous('I am Greta Olsen, ring +49 30 901820.', { known: GRETA, own: [] })).toBe('I am […], ring […].');
  });
});

describe('contacts in a text', () => {
  it('are addresses, numbers and secrets, and neither names nor what follows an address', () => {
    expect(
      contactsIn('Greta Olsen, see https://a.example/?id=7, write to me@a.example or ring +49 30 901820. Order 4711.'),
    ).toEqual(['me@a.example', '+49 30 901820']);
  });
});
