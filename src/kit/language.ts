/** In which language a text is written, by its two letters in ISO 639-1. */
export interface LanguageGuess {
  language: string;
  /** Not where another language is nearly as likely, as Norwegian mostly is for Danish. */
  isSure: boolean;
}

/** Says in which language a text is written; null when that cannot be told. */
export type LanguageDetector = (text: string) => LanguageGuess | null;

/** Shorter texts look like several languages at once: an order number and a word or two. */
const FEWEST_LETTERS = 20;

/** Longer texts are no surer, and take longer. */
const MOST_CHARACTERS = 2000;

/**
 * How far the likeliest language must be ahead of the next, on eld's scale from 0 to 1. Of the sentences in
 * test/fixtures/languages.ts all that are taken for another language, and all that are nearly so, lie below.
 */
const SURE_AHEAD = 0.1;

/** Addresses, links, and numbers with what hangs on them: they are of no language, or look like English. */
const NO_WORDS = /\S*(?:[@\\/_<>{}=]|www\.)\S*|[\p{L}\p{N}-]*\p{N}[\p{L}\p{N}.-]*/gu;

/** A sign of these is a syllable or a word, and so says as much as some letters. */
const SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const LETTERS_PER_SIGN = 3;

/**
 * Loads the detector, which knows 60 languages. It takes a third of a second and some 90 MB, so only who asks
 * for languages loads it; loaded again it costs nothing. Its larger sets of words take two to five times that, and
 * tell no more of such sentences.
 */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const words = text.slice(0, MOST_CHARACTERS).replaceAll(NO_WORDS, ' ');
    if (lettersIn(words) < FEWEST_LETTERS) return null;
    const found = eld.detect(words);
    if (found.language === '' || !found.isReliable()) return null;
    const [first = 0, next = 0] = Object.values(found.getScores()).toSorted((one, other) => other - one);
    return { language: found.language, isSure: first - next >= SURE_AHEAD };
  };
}

function lettersIn(words: string): number {
  const signs = words.match(SIGNS)?.length ?? 0;
  return (words.match(/\p{L}/gu)?.length ?? 0) + (LETTERS_PER_SIGN - 1) * signs;
}
