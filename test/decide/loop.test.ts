import { describe, expect, it } from 'vitest';
import type { Spoken } from '../../src/decide/facts.ts';
import { loopBehind } from '../../src/decide/loop.ts';
import { MORNING, received } from '../support/builders.ts';

const LETTER = 'Hello Greta,\n\nwe have your request T-1000.';

/** Something that was said so many seconds after the morning began, on the ticket of that letter. */
function them(seconds: number, text: string, more: Partial<Spoken> = {}): Spoken {
  return { by: 'them', at: MORNING.add({ seconds }), leftAt: null, ticketKey: 'a', text, fields: {}, ...more };
}

function us(seconds: number, more: Partial<Spoken> = {}): Spoken {
  return { ...them(seconds, LETTER), by: 'us', ...more };
}

function signOf(exchange: readonly Spoken[], channel = 'json'): string | null {
  return loopBehind(exchange, { occasion: received(), ticket: { channel, conversation: null } })?.sign ?? null;
}

const HOUR = 3600;

describe('a message that a machine seems to have written', () => {
  it.each([
    ['word for word', 'Thank you for your mail.', 'Thank you for your mail.'],
    ['in capitals and other spaces', 'Thank you\nfor your mail.', 'THANK  you\n\nfor your mail.'],
    ['with a number counted up', 'Your case AX-17 came in at 10:02.', 'Your case AX-18 came in at 10:09.'],
    ['over other quotes', 'We have it.\n> It burns.', 'We have it.\n> we have your request T-1000.'],
    ['with our letter in it', 'We have it.', `We have it.\n\n${LETTER.replace('T-1000', 'T-1001')}`],
    ['as nothing but our letters', LETTER, LETTER.replace('T-1000', 'T-1001')],
  ])('says what was said before, %s', (_, first, second) => {
    expect(signOf([them(0, first), us(1), them(HOUR, second)])).toBe('the_same');
  });

  it('answers two of our letters in a row at once, whatever it says', () => {
    const twice = [them(0, 'One'), us(1), them(30, 'Two'), us(31)];
    expect(signOf([...twice, them(60, 'Three')])).toBe('at_once');
    expect(signOf([...twice, them(31 + 121, 'Three')])).toBe(null);
    expect(signOf([them(0, 'One'), us(1), them(200, 'Two'), us(201), them(230, 'Three')])).toBe(null);
  });

  it('answers at once a letter that left late', () => {
    const late = us(1, { leftAt: MORNING.add({ seconds: 600 }) });
    expect(signOf([them(0, 'One'), late, them(610, 'Two'), us(611), them(640, 'Three')])).toBe('at_once');
  });
});

describe('a message of a person', () => {
  it.each([
    ['the first of the day', [them(0, 'One')]],
    ['the second within a minute', [them(0, 'One'), us(1), them(40, 'Two')]],
    [
      'the same again where nothing of ours went',
      [them(0, 'One'), us(1), them(5, 'Two', { ticketKey: 'b' }), them(HOUR, 'Two')],
    ],
    [
      'one of three that came before our letters',
      [them(0, 'One'), them(1, 'Two'), them(2, 'Three'), us(3), us(3), them(2, 'Four')],
    ],
    ['an empty one, after another', [them(0, ' '), us(1), them(HOUR, '')]],
    [
      'a form that is filled in differently',
      [them(0, 'Broken', { fields: { room: '12' } }), us(1), them(HOUR, 'Broken', { fields: { room: '14' } })],
    ],
  ])('is %s', (_, exchange) => {
    expect(signOf(exchange)).toBe(null);
  });

  it('is what a colleague types, and what no message is behind', () => {
    const again = [them(0, 'One'), us(1), them(HOUR, 'One')];
    expect(signOf(again)).toBe('the_same');
    expect(signOf(again, 'phone')).toBe(null);
    expect(loopBehind(again, { occasion: { kind: 'due' }, ticket: { channel: 'json', conversation: null } })).toBe(
      null,
    );
  });
});
