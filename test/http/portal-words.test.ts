import { describe, expect, it } from 'vitest';
import { portalWords, statusOnPage } from '../../src/http/portal-words.ts';
import { USUAL_STATUS_NAMES } from '../../src/domain/status-names.ts';

describe('the words of the page of a ticket', () => {
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
    expect(portalWords({ language }, { language: desk }).locale).toBe(locale);
  });

  it('are all there in each language', () => {
    const english = portalWords({ language: 'en' }, { language: 'en' });
    for (const language of ['de', 'es', 'fr']) {
      const { statuses, ...words } = portalWords({ language }, { language: 'en' });
      const said = [...Object.entries(words), ...Object.entries(statuses)];
      const usual = new Map<string, unknown>(Object.entries({ ...english, ...english.statuses }));
      expect(said.filter(([name, word]) => word === '' || word === usual.get(name))).toEqual([]);
    }
  });

  it('name a status as the team does, where it has a name of its own', () => {
    const words = portalWords({ language: 'de' }, { language: 'en' });
    const statuses = { ...USUAL_STATUS_NAMES, pending: ['Bei Ihnen', 'Wartet'] };
    expect(statusOnPage(words, { statuses }, 'pending')).toBe('Bei Ihnen');
    expect(statusOnPage(words, { statuses }, 'open')).toBe('In Arbeit');
  });
});
