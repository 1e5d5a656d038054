/** Longer words are no quote, and looking for them would take time. */
const LONGEST_COPY = 300;

/** As far into a text is looked. */
const MOST_LOOKED_AT = 20_000;

/** The one of a list that somebody named, whatever its case; null for what is none of them. */
export function chosen<Value extends string>(said: string | null, list: readonly Value[]): Value | null {
  if (said === null) return null;
  const bare = bareText(said);
  return list.find((value) => value === said) ?? list.find((value) => bareText(value) === bare) ?? null;
}

/** Words as they stand in a text, whatever their case and the spaces between; null where it does not hold them. */
export function copiedFrom(text: string, said: string): string | null {
  const bare = bareText(said);
  if (bare === '' || bare.length > LONGEST_COPY) return null;
  const words = bare.split(' ').map((word) => RegExp.escape(word));
  const pattern = new RegExp(words.join(String.raw`\s+`), 'iu');
  return pattern.exec(text.slice(0, MOST_LOOKED_AT).normalize('NFKC'))?.[0] ?? null;
}

function bareText(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
