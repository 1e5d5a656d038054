import { describe, expect, it } from 'vitest';
import { USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';
import { portalWords, statusOnPage } from '../../src/http/portal-words.ts';
import { surveyWords } from '../../src/http/survey-words.ts';

function speaking(language: string | null, desk = 'en') {
  return { ticket: { language }, desk: { language: desk } };
}

/** All that a page says, by name. */
function saidBy(words: object): Map<string, unknown> {
  const nested = Object.values(words).flatMap((each) => (typeof each === 'object' ? Object.entries(each ?? {}) : []));
  return new Map([...Object.entries(words).filter(([, each]) => typeof each === 'string'), ...nested]);
}

describe('the words of the pages of requesters', () => {
  it.each([
    ['de', 'en', 'de'],
    ['fr', 'de', 'fr'],
    ['es', 'en', 'es'],
    ['en', 'de', 'en-GB'],
    [null, 'de', 'de'],
    ['it', 'de', 'de'],
    ['it', 'it', 'en-GB'],
    ['constructor', 'toString', 'en-GB'],
  ])('of a ticket in %s on a desk in %s are those of %s', (language, desk, locale) => {
    expect(portalWords(speaking(language, desk)).locale).toBe(locale);
  });

  it.each([
    ['ticket', portalWords],
    ['survey', surveyWords],
  ])('are all there in each language: %s', (_page, wordsOf) => {
    const english = saidBy(wordsOf(speaking('en')));
    for (const language of ['de', 'es', 'fr']) {
      const said = [...saidBy(wordsOf(speaking(language)))];
      expect(said.filter(([name, word]) => word === '' || word === english.get(name))).toEqual([]);
      expect(said).toHaveLength(english.size);
    }
  });

  it('name a status as the team does, where it has a name of its own', () => {
    const words = portalWords(speaking('de'));
    const statuses = { ...USUAL_STATUS_NAMES, pending: ['Bei Ihnen', 'Wartet'] };
    expect(statusOnPage(words, { statuses }, 'pending')).toBe('Bei Ihnen');
    expect(statusOnPage(words, { statuses }, 'open')).toBe('In Arbeit');
  });
});
