import { describe, expect, it } from 'vitest';
import { weigh } from '../../../src/decide/frustration/weigh.ts';
import { ENGLISH } from '../../fixtures/frustration/english.ts';
import { FRENCH } from '../../fixtures/frustration/french.ts';
import { GERMAN } from '../../fixtures/frustration/german.ts';
import { SPANISH } from '../../fixtures/frustration/spanish.ts';

const ALL = Object.entries({ English: ENGLISH, German: GERMAN, Spanish: SPANISH, French: FRENCH });

/** Of each language, its parts in the order in which they were written. */
const PARTS = ALL.flatMap(([language, parts]) =>
  Object.entries(parts).map(([part, texts]): [string, Texts] => [`${language}, ${part}`, texts]),
);

interface Texts {
  angry: readonly string[];
  polite: readonly string[];
  plain?: readonly string[];
}

/** So many of the texts of a part that are angry may be missed at most; of most parts none is. */
const MISSED: Readonly<Record<string, number>> = {
  'English, last': 1,
  'English, unseen': 4,
  'German, last': 2,
  'French, afterwards': 1,
  'English, sober': 6,
  'German, sober': 4,
  'Spanish, sober': 4,
  'French, sober': 3,
};

function levels(texts: readonly string[]): readonly string[] {
  return texts.map((text) => weigh(text).level);
}

describe('words alone', () => {
  it.each(PARTS)('tell who is angry (%s, A-032)', (part, { angry }) => {
    const missed = levels(angry).filter((level) => level !== 'angry').length;
    expect(missed).toBeLessThanOrEqual(MISSED[part] ?? 0);
  });

  it.each(PARTS)('take nobody for angry who only is in a hurry (%s, A-032)', (_, { polite, plain = [] }) => {
    expect(levels([...polite, ...plain])).not.toContain('angry');
  });

  it('find who has lost patience without any word of urgency, and who is urgent without having lost it', () => {
    const urgent = /urgent|asap|immediately|emergency|dringend|sofort|urgente|urgence/i;
    expect(ENGLISH.heldOut.angry.filter((text) => urgent.test(text))).toEqual([]);
    expect(levels(ENGLISH.heldOut.angry)).toEqual(ENGLISH.heldOut.angry.map(() => 'angry'));
  });

  it('are quoted as they stand in the text, the weightiest first', () => {
    const text = 'Für die dritte Mahnung: Ich habe die NASE VOLL, und so geht man nicht mit Kunden um.';
    const { quotes } = weigh(text);
    expect(quotes.slice(0, 2)).toEqual(['die NASE VOLL', 'so geht man nicht']);
    expect(quotes.every((quote) => text.includes(quote))).toBe(true);
  });

  it('count a shout, and no abbreviation, nor what is marked as urgent', () => {
    expect(weigh('WHY is my order STILL not here?').level).toBe('annoyed');
    expect(weigh('URGENT IMPORTANT: the HTTP server of the VPN shows ERROR in JSON and HTML.').level).toBe('none');
  });

  it('are heard again where a sentence throws one back, in any language, and with thanks they are not', () => {
    expect(weigh('Nothing works. Nothing at all.')).toEqual({
      level: 'angry',
      quotes: ['Nothing at all.', 'Nothing'],
    });
    expect(weigh('Toimitus oli valmis. Valmis kenelle?')).toEqual({ level: 'annoyed', quotes: ['Valmis kenelle?'] });
    expect(weigh('Thank you for the update. Update received.').level).toBe('none');
    expect(weigh('Is it a card? Card or cash?').level).toBe('none');
  });

  it('are not counted more because a text is long', () => {
    const long = 'The old import never did that, at all. Instead it skipped the row. '.repeat(1);
    const report = `${long}${'We run it each night over the files of the shops, and it writes a line for each. '.repeat(20)}`;
    expect(weigh(report).level).toBe('none');
  });

  it('tell more of who wrote again and again in vain, and that alone never that somebody is angry', () => {
    expect(weigh('Is there any news?', { isWaiting: true }).level).toBe('annoyed');
    expect(weigh('There is nothing new, and nobody writes to me.').level).toBe('annoyed');
    expect(weigh('There is nothing new, and nobody writes to me.', { isWaiting: true }).level).toBe('angry');
  });

  it('take a moment, however odd the text', () => {
    const odd = ['if '.repeat(2000), 'or a '.repeat(1000), '!'.repeat(4000), 'very '.repeat(800), 'é'.repeat(4000)];
    const began = performance.now();
    for (const text of odd) weigh(text);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
