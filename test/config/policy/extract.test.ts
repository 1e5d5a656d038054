import { describe, expect, it } from 'vitest';
import { drawerOf } from '../../../src/config/policy/extract.ts';

const ORDER = { patterns: ['\\b[A-Z]{2}-\\d{6}\\b', 'order (?:number|no\\.?) (\\d{6})\\b'] };

/** What each kind gives of a text; null for nothing. */
function drawn(extract: Parameters<typeof drawerOf>[0], text: string): string | null {
  return drawerOf(extract)(text)?.value ?? null;
}

describe('a value drawn out of a text (A-017)', () => {
  it.each([
    [ORDER, 'Where is my order AB-123456?', 'AB-123456'],
    [ORDER, 'It is about Order no. 204511, sent on Monday.', '204511'],
    [
      { kind: 'url' },
      'It breaks on https://app.example.com/cart?id=7, every time.',
      'https://app.example.com/cart?id=7',
    ],
    [{ kind: 'url' }, 'See (http://example.com/a).', 'http://example.com/a'],
    [{ kind: 'error_code' }, 'The page says ERR_CONNECTION_REFUSED.', 'ERR_CONNECTION_REFUSED'],
    [{ kind: 'error_code' }, 'I get error code 1603 when I install it.', '1603'],
    [{ kind: 'error_code' }, 'Fehler: E-4711 beim Anmelden', 'E-4711'],
    [{ kind: 'email' }, 'Please use ben@shop.example from now on.', 'ben@shop.example'],
    [{ kind: 'date' }, 'Geliefert am 3. März 2026.', '2026-03-03'],
    [{ kind: 'date' }, 'Paid on July 4th, 2026, and again later.', '2026-07-04'],
    [{ kind: 'date' }, 'Le 14 juillet 2026, el 2 de agosto de 2026', '2026-07-14'],
    [{ kind: 'date' }, 'On 25/12/2026.', '2026-12-25'],
    [{ kind: 'money' }, 'You took € 1.200,50 from my card.', '€ 1.200,50'],
    [{ kind: 'money' }, 'I paid 30 EUR.', '30 EUR'],
  ] as const)('%j finds in “%s” %j', (extract, text, value) => {
    expect(drawn({ ...extract, patterns: 'patterns' in extract ? [...extract.patterns] : undefined }, text)).toBe(
      value,
    );
  });

  it.each([
    [ORDER, 'Call me at 030-123456.'],
    [ORDER, 'My order is late, and ABC-1234567 is its parcel.'],
    [{ kind: 'url' }, 'The address is example dot com, over http or https.'],
    [{ kind: 'email' }, 'Mention @ben at the office.'],
    [{ kind: 'error_code' }, 'My postal code is 10115, and I made an error.'],
    [{ kind: 'error_code' }, 'The code of conduct has 500 words.'],
    [{ kind: 'error_code' }, 'I set MAX_SIZE to 20.'],
    [{ kind: 'date' }, 'On 03/04/2026, whichever month that is.'],
    [{ kind: 'date' }, 'The 31st of February, 30.02.2026.'],
    [{ kind: 'date' }, 'Version 10.11.2 of 2026, may 5 people use it'],
    [{ kind: 'money' }, 'I have 30 users, and 2 of them pay.'],
  ] as const)('%j finds nothing in “%s”', (extract, text) => {
    expect(drawn({ ...extract, patterns: 'patterns' in extract ? [...extract.patterns] : undefined }, text)).toBeNull();
  });

  it('says where the words stand that give it', () => {
    expect(drawerOf(ORDER)('It is order no. 204511.')).toEqual({ value: '204511', start: 6, end: 22 });
  });
});
