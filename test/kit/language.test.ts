import { describe, expect, it } from 'vitest';
import { loadLanguageDetector } from '../../src/kit/language.ts';
import { LANGUAGES } from '../fixtures/languages.ts';

/** Of a hundred sentences so many are told rightly; those of fewer than 20 letters are no part of it. */
const FLOOR = 0.97;

/** Of those of which it is sure, none may be told wrongly: they count before what is known of the requester. */
const SURELY_WRONG = 0;

/** Each sentence of each language, with what is told of it. */
async function allTold() {
  const detect = await loadLanguageDetector();
  return Object.entries(LANGUAGES).flatMap(([language, sentences]) =>
    sentences.map((sentence) => ({ language, sentence, told: detect(sentence) })),
  );
}

describe('the language of a text', () => {
  it('is told of the sentences of twelve languages (A-039)', async () => {
    const told = (await allTold()).flatMap((each) => (each.told === null ? [] : [{ ...each, told: each.told }]));
    const right = told.filter((each) => each.told.language === each.language);
    expect(Object.keys(LANGUAGES)).toHaveLength(12);
    expect(told.length).toBeGreaterThanOrEqual(115);
    expect(right.length / told.length).toBeGreaterThanOrEqual(FLOOR);
    const wrong = told.filter((each) => each.told.isSure && each.told.language !== each.language);
    expect(wrong).toHaveLength(SURELY_WRONG);
    expect(told.filter((each) => each.told.isSure).length / told.length).toBeGreaterThanOrEqual(0.75);
  });

  it('is in doubt where another is nearly as likely', async () => {
    const detect = await loadLanguageDetector();
    expect(detect('Jeg kan ikke logge ind på min konto siden i går.')).toEqual({ language: 'da', isSure: false });
    expect(detect('Ich kann mich seit gestern nicht mehr anmelden.')).toEqual({ language: 'de', isSure: true });
  });

  it('is that of the words, not of links, addresses and numbers among them', async () => {
    const detect = await loadLanguageDetector();
    const noise =
      'https://shop.example/order/confirmation/download?invoice=4711 support@shop.example ORDER-CONFIRMED-4711 ';
    expect(detect(noise.repeat(3))).toBeNull();
    expect(detect(`${noise.repeat(3)} Das Paket ist beschädigt angekommen.`)?.language).toBe('de');
  });

  it.each([
    'Payment failed',
    'T-1042',
    '',
    '4711 0815 2026-11-20 12:00:00 99.90 1234567890',
    '🙂'.repeat(50),
    '了解です',
  ])('is not guessed from “%s”', async (text) => {
    const detect = await loadLanguageDetector();
    expect(detect(text)).toBeNull();
  });

  it('says nothing of what is no language, however odd, and never fails', async () => {
    const detect = await loadLanguageDetector();
    const odd = ['\uD800'.repeat(40), '\0'.repeat(40), '\u202E'.repeat(40), 'ـ'.repeat(40), 'qxzvkj '.repeat(400)];
    expect(odd.map(detect)).toEqual(odd.map(() => null));
  });
});
