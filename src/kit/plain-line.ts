import { visibleText } from './visible-text.ts';

/** What follows the name of a host. */
const PATH = String.raw`(?![\p{L}\p{N}@-])(?:[:/?#]\S*)?`;

/** What leads somewhere: an address with or without its beginning, in Markdown or in HTML. */
const LINK = new RegExp(
  [
    String.raw`\[[^\]]*\]\([^)]*\)`,
    String.raw`\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*`,
    String.raw`\b(?:mailto|tel|javascript|data|file):\S+`,
    String.raw`\bwww\.\S+`,
    String.raw`(?<![\p{L}\p{N}_@-])(?:[\p{L}\p{N}-]{1,63}\.){1,9}\p{L}{2,63}${PATH}`,
    // Browsers take wide letters for others, and full stops of East Asia for dots; between its words these end a sentence.
    String.raw`(?<![\p{L}\p{N}_@-])(?:[a-z0-9ａ-ｚ０-９-]{1,63}[.。．｡]){1,9}[a-zａ-ｚ]{2,63}${PATH}`,
  ].join('|'),
  'giu',
);

/** Mark-up, and the brackets of templates. */
const MARK_UP = /<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|[`*_#~|<>{}\\]/gs;

/** What of a text leads somewhere, as it is written there. */
export function linksIn(text: string): readonly string[] {
  return text.match(LINK) ?? [];
}

/** A text of strangers as one line of words, without links, formulas or mark-up. */
export function plainLine(written: string): string {
  return (
    visibleText(written)
      .replaceAll(LINK, '(link)')
      .replaceAll(MARK_UP, ' ')
      .replaceAll(/\s+/g, ' ')
      // What begins with one of = + - @ is a formula in a sheet.
      .replace(/^[^\p{L}\p{N}"“„«(]+/u, '')
      .trim()
  );
}
