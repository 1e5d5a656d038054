import { badFormula } from '../refusal.ts';
import { tokensOf, type FormulaToken } from './tokens.ts';

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | '&' | '+' | '-' | '*' | '/';

/** A formula as a tree. */
export type Node =
  | { kind: 'literal'; value: string | number }
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; args: Node[] }
  | { kind: 'minus'; of: Node }
  | { kind: 'binary'; operator: Operator; left: Node; right: Node };

/** From what binds least to what binds most. */
const LEVELS: readonly (readonly string[])[] = [['=', '!=', '<', '>', '<=', '>='], ['&'], ['+', '-'], ['*', '/']];

/** What is left to read. */
interface Reader {
  tokens: readonly FormulaToken[];
  at: number;
}

/** @throws Refusal `INVALID_FILTER_BY_FORMULA` */
export function parse(formula: string): Node {
  const reader: Reader = { tokens: tokensOf(formula), at: 0 };
  const node = binary(reader, 0);
  if (reader.at < reader.tokens.length) throw invalid();
  return node;
}

export function invalid(): Error {
  return badFormula('Invalid formula. Please check your formula text.');
}

function binary(reader: Reader, level: number): Node {
  const operators = LEVELS[level];
  if (operators === undefined) return unary(reader);
  let left = binary(reader, level + 1);
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token?.kind !== 'sign' || !operators.includes(token.text)) return left;
    reader.at += 1;
    left = { kind: 'binary', operator: operatorOf(token.text), left, right: binary(reader, level + 1) };
  }
}

function operatorOf(text: string): Operator {
  const known: readonly Operator[] = ['=', '!=', '<', '>', '<=', '>=', '&', '+', '-', '*', '/'];
  const operator = known.find((one) => one === text);
  if (operator === undefined) throw invalid();
  return operator;
}

function unary(reader: Reader): Node {
  if (!takes(reader, '-')) return primary(reader);
  return { kind: 'minus', of: unary(reader) };
}

function primary(reader: Reader): Node {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === undefined) throw invalid();
  if (token.kind === 'text') return { kind: 'literal', value: token.text };
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
  if (token.kind === 'field') return { kind: 'field', name: token.text };
  if (token.kind === 'word') {
    return takes(reader, '(')
      ? { kind: 'call', name: token.text.toUpperCase(), args: argumentsOf(reader) }
      : { kind: 'field', name: token.text };
  }
  if (token.text !== '(') throw invalid();
  const inside = binary(reader, 0);
  if (!takes(reader, ')')) throw invalid();
  return inside;
}

function argumentsOf(reader: Reader): Node[] {
  const args: Node[] = [];
  if (takes(reader, ')')) return args;
  do args.push(binary(reader, 0));
  while (takes(reader, ','));
  if (!takes(reader, ')')) throw invalid();
  return args;
}

function takes(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.at += 1;
  return true;
}
