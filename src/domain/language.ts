/** Languages by how people call them, in English and in the language itself; made when the first name is looked up. */
const CODES = new Map<string, string>();

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
