/** Says in which language a text is written, by its two letters in ISO 639-1; null when that is not sure. */
export type LanguageDetector = (text: string) => string | null;

/** Shorter texts look like several languages at once: an order number and a word or two. */
const FEWEST_LETTERS = 20;

/** Longer texts are no surer, and take longer. */
const MOST_CHARACTERS = 2000;

/** Languages by how people call them, in English and in the language itself; made when the first name is looked up. */
const CODES = new Map<string, string>();

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

/** A language as a form or an account names it, `de-AT`, `German` or `Deutsch`: its two letters; null for no language. */
export function statedLanguage(stated: string): string | null {
  const written = stated.trim().toLowerCase();
  const code = /^([a-z]{2})(?:[-_][a-z0-9]+)*$/.exec(written)?.[1];
  if (code !== undefined) return nameOf(code, 'en') === null ? null : code;
  if (written === '' || written.length > 40) return null;
  if (CODES.size === 0) for (const [name, each] of allNames()) CODES.set(name, each);
  return CODES.get(written) ?? null;
}

/** How people call a language: `German` for `de`. */
export function languageName(code: string): string {
  return nameOf(code, 'en') ?? code;
}

/** Tries every code of two letters, as the machine knows which of them are languages. */
function allNames(): readonly [name: string, code: string][] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.flatMap((code) =>
    [nameOf(code, 'en'), nameOf(code, code)].flatMap((name): [string, string][] =>
      name === null ? [] : [[name.toLowerCase(), code]],
    ),
  );
}

function nameOf(code: string, inLanguage: string): string | null {
  return new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'none' }).of(code) ?? null;
}
