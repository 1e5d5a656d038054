import { visibleText } from './plain-text.ts';

/** What leads somewhere: an address with or without its beginning, in Markdown or in HTML. */
const LINK =
  /\[[^\]]*\]\([^)]*\)|\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*|\b(?:mailto|tel|javascript|data|file):\S+|\bwww\.\S+|(?<![\p{L}\p{N}_@-])(?:[\p{L}\p{N}-]{1,63}\.){1,9}\p{L}{2,63}(?![\p{L}\p{N}@-])(?:[:/?#]\S*)?/giu;

/** Mark-up, and the brackets of templates. */
const MARK_UP = /<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|[`*_#~|<>{}\\]/gs;

/** What of a text leads somewhere, as it is written there. */
export function linksIn(text: string): readonly string[] {
  return text.match(LINK) ?? [];
}

/** As much of a sentence is looked at: of a longer one only the beginning would stay. */
const MOST_LOOKED_AT = 2000;

/** So many words in a row that stand in our own instructions are no words of the model's. */
const TELLING_WORDS = 7;

/**
 * A sentence that a model wrote, as a cell of a base may hold it: one line of words, without links, formulas or
 * mark-up, and nothing of what the model was told. Null where nothing is left.
 */
export function plainProse(written: string | null, { most, told }: { most: number; told: string }): string | null {
  if (written === null) return null;
  const line = visibleText(written.slice(0, MOST_LOOKED_AT))
    .replaceAll(LINK, '(link)')
    .replaceAll(MARK_UP, ' ')
    .replaceAll(/\s+/g, ' ')
    // What begins with one of = + - @ is a formula in a sheet.
    .replace(/^[^\p{L}\p{N}"“„«(]+/u, '')
    .trim();
  if (line === '' || repeats(line, told)) return null;
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/, '')}…`;
}

/** Whether a text holds words of what the model was told. */
export function repeats(line: string, told: string): boolean {
  const [said, known] = [wordsOf(line), ` ${wordsOf(told).join(' ')} `];
  for (let at = 0; at + TELLING_WORDS <= said.length; at += 1) {
    if (known.includes(` ${said.slice(at, at + TELLING_WORDS).join(' ')} `)) return true;
  }
  return false;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
