import { describe, expect, it } from 'vitest';
import { ownPart, withoutQuotes } from '../../../src/decide/conditions/quoted.ts';
import { ANSWER_ABOVE } from '../../../src/domain/message.ts';
import { processorSeconds } from '../../support/processor-time.ts';

describe('what an answer quotes is not read (A-029)', () => {
  it.each([
    ['English', 'Mine\n\nOn Mon, 2 Mar 2026 at 09:00, Desk <help@desk.example> wrote:\n> Yours'],
    ['English over two lines', 'Mine\n\nOn Mon, 2 Mar 2026 at 09:00, Desk <help@desk.example>\nwrote:\n\n> Yours'],
    ['German', 'Mine\n\nAm Mo., 2. März 2026 um 09:00 Uhr schrieb Desk <help@desk.example>:\n> Yours'],
    ['French', 'Mine\n\nLe lun. 2 mars 2026 à 09:00, Desk <help@desk.example> a écrit :\n> Yours'],
    ['Dutch', 'Mine\n\nOp ma 2 mrt 2026 om 09:00 schreef Desk <help@desk.example>:\n> Yours'],
    ['Japanese', 'Mine\n\n2026年3月2日(月) 9:00 Desk <help@desk.example>:\n> Yours'],
    ['Korean', 'Mine\n\n2026년 3월 2일 (월) 오전 9:00, Desk <help@desk.example>님이 작성:\n> Yours'],
    ['Polish', 'Mine\n\npon., 2 mar 2026 o 09:00 Desk <help@desk.example> napisał(a):\n\n> Yours'],
    ['Outlook', 'Mine\n\nFrom: Desk <help@desk.example>\nSent: Monday, 2 March 2026 09:00\nTo: Jo\n\nYours'],
    [
      'Outlook in German',
      'Mine\n\nVon: Desk <help@desk.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Jo\n\nYours',
    ],
    ['Outlook with a line', 'Mine\n\n-----Original Message-----\nYours'],
    ['our mark, in words that nobody knows', `Mine\n\n${ANSWER_ABOVE}\nYours`],
    ['our mark, under words that nobody knows', `Mine\n\n09:00 kirjoitti:\n${ANSWER_ABOVE}\nYours`],
    ['a signature', 'Mine\n-- \nYours truly\nDesk'],
  ])('in %s', (_what, text) => {
    expect(withoutQuotes(text).trim()).toBe('Mine');
    expect(withoutQuotes(text)).toHaveLength(text.length);
    expect(ownPart(text)).toBe('Mine');
  });

  it.each([
    'From: 12 Main Street\nTo: 5 Side Street\nThe parcel was lost.',
    'It fails at 09:00:\nnothing is there',
    'Dear desk:\n-- is that right?\n--\nI hope.',
    'One line: nothing else',
  ])('but %j is all theirs', (text) => {
    expect(withoutQuotes(text)).toBe(text);
  });

  it('and an answer between the lines keeps both in the conversation', () => {
    const text = '> Which plan?\nPro\n> Since when?\nMonday\n> Bye';
    expect(withoutQuotes(text).split(/\s+/).filter(Boolean)).toEqual(['Pro', 'Monday']);
    expect(ownPart(text)).toBe('> Which plan?\nPro\n> Since when?\nMonday');
  });

  it('and an answer below our mark is theirs', () => {
    expect(withoutQuotes(`> ${ANSWER_ABOVE}\n> Yours\nMine`).trim()).toBe('Mine');
  });

  it('and takes no longer than its length', () => {
    const texts = ['On a '.repeat(100_000), 'a 9:00:\n\n'.repeat(50_000), `${'##-'.repeat(100_000)}\n`];
    expect(processorSeconds(() => texts.map((text) => withoutQuotes(`x\n${text}`)))).toBeLessThan(10);
  });
});
