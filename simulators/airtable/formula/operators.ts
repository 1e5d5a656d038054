import type { Operator } from './parse.ts';
import { ERROR, isError, momentOf, numberOf, textOf, type Value } from './value.ts';

/** Two values and what stands between them. */
export function compute(operator: Operator, left: Value, right: Value): Value {
  if (isError(left) || isError(right)) return ERROR;
  switch (operator) {
    case '=':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '&':
      return textOf(left) + textOf(right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compared(operator, left, right);
    default:
      return calculated(operator, numberOf(left), numberOf(right));
  }
}

/** Blank is the same as empty text and as 0; a moment is the same as text that says it. */
function isEqual(left: Value, right: Value): boolean {
  if (isMoment(left) || isMoment(right)) {
    const [one, other] = [momentOf(left), momentOf(right)];
    return isMoment(one) && isMoment(other) ? one.at === other.at : one === null && other === null;
  }
  if (typeof left === 'string' || typeof right === 'string') return textOf(left) === textOf(right);
  return numberOf(left) === numberOf(right);
}

function compared(operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): Value {
  const [one, other] =
    isMoment(left) || isMoment(right) ? [atOf(left), atOf(right)] : [numberOf(left), numberOf(right)];
  if (Number.isNaN(one) || Number.isNaN(other)) return ERROR;
  if (operator === '<') return one < other;
  if (operator === '>') return one > other;
  return operator === '<=' ? one <= other : one >= other;
}

function calculated(operator: '+' | '-' | '*' | '/', left: number, right: number): Value {
  if (Number.isNaN(left) || Number.isNaN(right)) return ERROR;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return right === 0 ? ERROR : left / right;
}

function atOf(value: Value): number {
  const at = momentOf(value);
  return isMoment(at) ? at.at : Number.NaN;
}

function isMoment(value: Value): value is { kind: 'moment'; at: number } {
  return typeof value === 'object' && value !== null && value.kind === 'moment';
}
