import { describe, expect, it } from 'vitest';
import { languageName, statedLanguage } from '../../src/domain/language.ts';

describe('what a form or an account says', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['EN_us', 'en'],
    ['German', 'de'],
    [' deutsch ', 'de'],
    ['español', 'es'],
    ['日本語', 'ja'],
  ])('%s is %s', (stated, code) => {
    expect(statedLanguage(stated)).toBe(code);
  });

  it.each(['', 'xx', 'klingon', 'whatever suits you', 'x'.repeat(5000)])('"%s" is no language', (stated) => {
    expect(statedLanguage(stated)).toBeNull();
  });

  it('has a name for people', () => {
    expect([languageName('de'), languageName('qq')]).toEqual(['German', 'qq']);
  });
});
