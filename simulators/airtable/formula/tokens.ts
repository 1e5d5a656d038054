import { badFormula } from '../refusal.ts';

export interface FormulaToken {
  kind: 'text' | 'number' | 'field' | 'word' | 'sign';
  text: string;
}

const SPACE = /\s+/y;
const NUMBER = /\d+(?:\.\d+)?|\.\d+/y;
const WORD = /[A-Za-z_]\w*/y;
const SIGN = /!=|<=|>=|[=<>&+\-*/(),]/y;
/** A name that contains `}` cannot be told (section 5). */
const FIELD = /\{([^{}]+)\}/y;
/** A backslash keeps the next character; a line break inside is refused [U, section 5]. */
const TEXT = /'((?:[^'\\\n\r]|\\[^\n\r])*)'|"((?:[^"\\\n\r]|\\[^\n\r])*)"/y;

/** @throws Refusal `INVALID_FILTER_BY_FORMULA` where a quote, a brace or a character has no meaning. */
export function tokensOf(formula: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  let at = 0;
  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(formula);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }
  while (at < formula.length) {
    if (take(SPACE) !== null) continue;
    const token = nextToken(take);
    if (token === null) throw badFormula('Invalid formula. Please check your formula text.');
    tokens.push(token);
  }
  return tokens;
}

function nextToken(take: (pattern: RegExp) => RegExpExecArray | null): FormulaToken | null {
  const text = take(TEXT);
  if (text !== null) return { kind: 'text', text: unescaped(text[1] ?? text[2] ?? '') };
  const field = take(FIELD);
  if (field !== null) return { kind: 'field', text: field[1] ?? '' };
  const number = take(NUMBER);
  if (number !== null) return { kind: 'number', text: number[0] };
  const word = take(WORD);
  if (word !== null) return { kind: 'word', text: word[0] };
  const sign = take(SIGN);
  return sign === null ? null : { kind: 'sign', text: sign[0] };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, kept: string) => (kept === 'n' ? '\n' : kept === 't' ? '\t' : kept));
}
