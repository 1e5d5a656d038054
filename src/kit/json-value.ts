import { Problem } from '../domain/problem.ts';

/** Whatever JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Deeper than any form nests; reading deeper could run out of stack. */
const DEEPEST = 64;

/** Whole numbers of fewer digits are exact in JavaScript. */
const LONG_NUMBER = 16;

const [ZERO, NINE] = [0x30, 0x39];

/**
 * Reads JSON that a stranger wrote. A number that JavaScript would round stays as the text of it.
 *
 * @throws Problem `request.too-deep`, `request.not-json`
 */
export function parseJson(text: string): Json {
  const depth = mayBeDeep(text) ? depthOf(text) : 0;
  if (depth > DEEPEST) throw tooDeep(depth);
  try {
    // To look at each number costs more than to read the text; most have none that is long enough.
    return hasLongNumber(text) ? parseExactly(text, keepLongNumbers) : parsePlainly(text);
  } catch (cause) {
    throw notJson(cause);
  }
}

/** Of so many digits in a row one stands at every sixteenth place, so that no other place needs a look. */
function hasLongNumber(text: string): boolean {
  for (let at = LONG_NUMBER - 1; at < text.length; at += LONG_NUMBER) {
    if (!isDigit(text, at)) continue;
    let [first, last] = [at, at];
    while (isDigit(text, first - 1)) first -= 1;
    while (isDigit(text, last + 1)) last += 1;
    if (last - first + 1 >= LONG_NUMBER) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= NINE;
}

/** Whether a value has named members. */
export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether there are more brackets than may nest, which most texts do not have: to find them costs less than to read all. */
function mayBeDeep(text: string): boolean {
  let count = 0;
  for (const bracket of '{[') {
    for (let at = text.indexOf(bracket); at !== -1 && count <= DEEPEST; at = text.indexOf(bracket, at + 1)) count += 1;
  }
  return count > DEEPEST;
}

/** How deep brackets nest, in one pass and without recursion; brackets within strings do not count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === '[' || character === '{')) deepest = Math.max(deepest, (depth += 1));
    else if (!inString && (character === ']' || character === '}')) depth -= 1;
  }
  return deepest;
}

const parsePlainly: (text: string) => Json = JSON.parse;

/** `JSON.parse` as Node has it: the reviver also learns how a value was written, which TypeScript does not know yet. */
const parseExactly: (text: string, revive: typeof keepLongNumbers) => Json = JSON.parse;

function keepLongNumbers(_name: string, value: Json, written?: { source?: string }): Json {
  return typeof value === 'number' && !isExact(value, written?.source) ? (written?.source ?? value) : value;
}

/** Whether the number as JavaScript holds it is the one that was written: not so for long ids. */
function isExact(value: number, source: string | undefined): boolean {
  return source === undefined || !/^-?\d+$/.test(source) || String(value) === source;
}

function tooDeep(depth: number): Problem {
  return new Problem({
    code: 'request.too-deep',
    message: `The request nests ${depth} levels deep; at most ${DEEPEST} are read.`,
    fix: 'Let the sender send a flatter body.',
  });
}

function notJson(cause: unknown): Problem {
  const reason = cause instanceof SyntaxError ? withoutQuote(cause.message) : 'it could not be read';
  return new Problem(
    {
      code: 'request.not-json',
      message: `The request says that it is JSON, but it is not: ${reason}.`,
      fix: 'Correct the body in the sending system, or let it send the content type that fits.',
    },
    { cause },
  );
}

/** The engine quotes what it could not read; a problem never carries a customer's words. */
function withoutQuote(message: string): string {
  return message.replace(/, (\.\.\.)?".*$/s, '').slice(0, 120);
}
