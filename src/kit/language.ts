/** Says in which language a text is written, by its two letters in ISO 639-1; null when that is not sure. */
export type LanguageDetector = (text: string) => string | null;

/** Shorter texts look like several languages at once: an order number and a word or two. */
const FEWEST_LETTERS = 20;

/** Longer texts are no surer, and take longer. */
const MOST_CHARACTERS = 2000;

/**
 * Loads the detector, which knows 60 languages. It takes a quarter of a second and some 70 MB, so only who asks
 * for languages loads it; loaded again it costs nothing.
 */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const words = text.slice(0, MOST_CHARACTERS);
    if ((words.match(/\p{L}/gu) ?? []).length < FEWEST_LETTERS) return null;
    const found = eld.detect(words);
    return found.language === '' || !found.isReliable() ? null : found.language;
  };
}
