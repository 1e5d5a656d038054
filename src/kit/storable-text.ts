/** What stands in for the one character that PostgreSQL cannot keep in a text. */
const VISIBLE_NUL = '\u2400';

/**
 * A text as the database can hold it: NUL becomes the visible sign for it, and half a surrogate pair
 * becomes U+FFFD. Everything else stays as written; the raw request keeps even those.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', VISIBLE_NUL).toWellFormed();
}
