/** What a pattern is made of, as far as it matters here: a class, an escape, a repeat, or one character. */
const PIECES = /\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\\.|(?:\{\d*,?\d*\}|[*+?])\??|./gsu;

/** Escapes of more than one character, as `\x41` or `\pL`; and flags repeated, which repeats what stands before them. */
const TOO_CLEVER = /\\[^dDwWsSbBAzafnrtv\W_]|\(\?[-\w]*\)[*+?{]/;

/** A character that stands for itself, but for its case. */
const PLAIN = /^[a-z0-9 \-_#@/,;:!"'%&=<>~`]$/i;

/** A punctuation mark that stands for itself because it is escaped. */
const ESCAPED = /^\\[!-/:-@[-`{-~]$/;

/**
 * The longest run of characters, in lower case, that every text has which the pattern matches; null when
 * none is sure. A pattern costs a hundred times what looking for its letters does, and these are mostly
 * missing. Takes only what a pattern says outright, outside any group: to miss a literal costs time, to
 * name a wrong one would silence a rule.
 */
export function literalOf(pattern: string): string | null {
  if (TOO_CLEVER.test(pattern)) return null;
  let depth = 0;
  let run = '';
  let longest = '';
  for (const [piece] of pattern.matchAll(PIECES)) {
    if (piece === '|' && depth === 0) return null;
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    const isRepeat = /^[*+?{]/.test(piece);
    if (isRepeat) run = run.slice(0, -1);
    if (run.length > longest.length) longest = run;
    run = depth > 0 || isRepeat ? '' : runAfter(run, piece);
  }
  if (run.length > longest.length) longest = run;
  return longest === '' ? null : longest.toLowerCase();
}

/** The run with the piece added; empty where the piece ends it. */
function runAfter(run: string, piece: string): string {
  if (PLAIN.test(piece)) return run + piece;
  return ESCAPED.test(piece) ? run + piece.slice(1) : '';
}
