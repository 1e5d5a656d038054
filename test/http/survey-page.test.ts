import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/console/markup.ts';
import { surveyPage, thanksPage } from '../../src/http/survey-page.ts';

const GIVEN = {
  address: '/survey/x',
  desk: { name: 'Help desk', prefix: 'T', language: 'en' },
  ticket: { number: 1042, subject: 'Drucker', language: 'de' },
};

describe('the survey of a ticket in German', () => {
  it('asks in German', () => {
    const { locale, title, main } = surveyPage({ ...GIVEN, chosen: 4, comment: '', isMissing: true });
    expect([locale, title]).toEqual(['de', 'Wie war es? · Help desk']);
    const page = textOf(main);
    for (const words of [
      'Ihre Anfrage T-1042',
      'Gar nicht zufrieden',
      'Bitte wählen Sie',
      'Sonst noch etwas?',
      'Senden',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/Your|content|Please|Send</);
  });

  it.each([
    [5, 'Ihre Antwort ist bei uns: sehr zufrieden.'],
    [null, 'Ihre Antwort ist bei uns.'],
  ] as const)('thanks in German for %s', (score, words) => {
    expect(textOf(thanksPage({ ...GIVEN, score }).main)).toContain(words);
  });
});
