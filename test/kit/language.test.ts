import { describe, expect, it } from 'vitest';
import { languageName, loadLanguageDetector, statedLanguage } from '../../src/kit/language.ts';

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

describe('the language of a text', () => {
  it.each([
    ['en', 'My payment failed twice and my card was charged.'],
    ['de', 'Die Rechnung stimmt nicht, bitte prüfen Sie den Betrag.'],
    ['es', 'Hola, necesito ayuda con la factura de este mes.'],
    ['fr', 'Je ne peux pas me connecter à mon compte.'],
    ['it', 'Ho bisogno di aiuto con la fattura, grazie.'],
    ['nl', 'Ik kan niet inloggen op mijn account sinds gisteren.'],
    ['pt', 'Não consigo entrar na minha conta desde ontem.'],
    ['pl', 'Nie mogę się zalogować na swoje konto.'],
  ])('is %s of “%s” (A-039)', async (code, text) => {
    const detect = await loadLanguageDetector();
    expect(detect(text)).toBe(code);
  });

  it.each(['Payment failed', 'T-1042', '', '4711 0815 2026-11-20 12:00:00 99.90 1234567890', '🙂'.repeat(50)])(
    'is not guessed from “%s”',
    async (text) => {
      const detect = await loadLanguageDetector();
      expect(detect(text)).toBeNull();
    },
  );
});
