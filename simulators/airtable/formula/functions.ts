import { ERROR, isError, isTruthy, momentOf, textOf, type Value } from './value.ts';

interface FormulaFunction {
  least: number;
  most: number;
  /** None of the values is an error. */
  compute: (values: readonly Value[]) => Value;
}

const MANY = Number.POSITIVE_INFINITY;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The functions of section 5 that need nothing but their arguments. */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  AND: { least: 1, most: MANY, compute: (values) => values.every(isTruthy) },
  OR: { least: 1, most: MANY, compute: (values) => values.some(isTruthy) },
  NOT: { least: 1, most: 1, compute: ([value]) => !isTruthy(value ?? null) },
  BLANK: { least: 0, most: 0, compute: () => null },
  TRUE: { least: 0, most: 0, compute: () => true },
  FALSE: { least: 0, most: 0, compute: () => false },
  ERROR: { least: 0, most: 0, compute: () => ERROR },
  IS_AFTER: { least: 2, most: 2, compute: (values) => inTime(values, (one, other) => one > other) },
  IS_BEFORE: { least: 2, most: 2, compute: (values) => inTime(values, (one, other) => one < other) },
  IS_SAME: { least: 2, most: 3, compute: isSame },
  DATETIME_PARSE: { least: 1, most: 1, compute: ([value]) => momentOf(value ?? null) },
  FIND: { least: 2, most: 3, compute: find },
  LOWER: { least: 1, most: 1, compute: ([value]) => textOf(value ?? null).toLowerCase() },
  UPPER: { least: 1, most: 1, compute: ([value]) => textOf(value ?? null).toUpperCase() },
  TRIM: { least: 1, most: 1, compute: ([value]) => textOf(value ?? null).trim() },
  LEN: { least: 1, most: 1, compute: ([value]) => textOf(value ?? null).length },
  CONCATENATE: { least: 1, most: MANY, compute: (values) => values.map(textOf).join('') },
};

/** A blank moment is neither before nor after: it is an error, and the row is dropped [U, section 5]. */
function inTime(values: readonly Value[], compare: (one: number, other: number) => boolean): Value {
  const [one, other] = values.slice(0, 2).map(momentOf);
  if (!one || !other || isError(one) || isError(other)) return ERROR;
  return compare(one.at, other.at);
}

/** The same moment, or with a unit, in the same day (UTC) or finer. */
function isSame(values: readonly Value[]): Value {
  const unit = values[2] === undefined ? 'millisecond' : textOf(values[2]).replace(/s$/, '');
  const lengths: Readonly<Record<string, number>> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };
  const length = unit === 'day' ? DAY_MS : lengths[unit];
  if (length === undefined) return ERROR;
  return inTime(values, (one, other) => Math.floor(one / length) === Math.floor(other / length));
}

/** Counts from 1; 0 is nowhere. */
function find([sought, text, from]: readonly Value[]): Value {
  const start = typeof from === 'number' ? from : 0;
  return textOf(text ?? null).indexOf(textOf(sought ?? null), start) + 1;
}
