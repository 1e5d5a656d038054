/** Keys that the page has for something else, and those with which two keys begin. */
const TAKEN: ReadonlySet<string> = new Set(['s', 'u', 'o', 'j', 'k', 'g']);

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/**
 * A letter for each name: its first, or else another of its own, or else any; no name takes the first letter of one
 * that can have it. The same names in the same order have the same letters, so that hands learn them. Names beyond
 * the letters have none.
 */
export function hotkeysFor(names: readonly string[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const free = new Set(LETTERS.filter((letter) => !TAKEN.has(letter)));
  const wishes = [(name: string) => name.slice(0, 1), (name: string) => name, () => LETTERS.join('')];
  for (const wish of wishes) {
    for (const name of names) {
      const key = keys.has(name) ? undefined : [...wish(name.toLowerCase())].find((letter) => free.has(letter));
      if (key === undefined) continue;
      keys.set(name, key);
      free.delete(key);
    }
  }
  return keys;
}
