import { describe, expect, it } from 'vitest';
import { loadLanguageDetector } from '../../src/kit/language.ts';

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

  it('says nothing of what is no language, however odd, and never fails', async () => {
    const detect = await loadLanguageDetector();
    const odd = ['\uD800'.repeat(40), '\0'.repeat(40), '\u202E'.repeat(40), 'ـ'.repeat(40), 'qxzvkj '.repeat(400)];
    expect(odd.map(detect)).toEqual(odd.map(() => null));
  });
});
