/** A moment in a formula. */
export interface Moment {
  kind: 'moment';
  at: number;
}

/** `#ERROR!`: it spreads through everything that uses it, and drops the row from a filter (section 5). */
export interface FormulaError {
  kind: 'error';
}

/** What a formula computes with. Null is blank. */
export type Value = string | number | boolean | null | Moment | FormulaError;

export const ERROR: FormulaError = { kind: 'error' };

export function isError(value: Value): value is FormulaError {
  return typeof value === 'object' && value !== null && value.kind === 'error';
}

export function moment(at: number): Value {
  return Number.isFinite(at) ? { kind: 'moment', at } : ERROR;
}

export function momentToIso({ at }: Moment): string {
  return new Date(at).toISOString();
}

/** A row passes a filter unless the result is one of these (section 5). */
export function isTruthy(value: Value): boolean {
  if (isError(value)) return false;
  return value !== null && value !== false && value !== '' && value !== 0 && !Number.isNaN(value);
}

export function textOf(value: Value): string {
  if (value === null) return '';
  if (value === true) return '1';
  if (value === false) return '0';
  if (typeof value !== 'object') return String(value);
  return value.kind === 'moment' ? momentToIso(value) : '';
}

/** A number, or NaN for text that is none. Blank is nothing, thus 0. */
export function numberOf(value: Value): number {
  if (value === null || value === '') return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  return Number.NaN;
}

/** A moment, from one or from text that says one; null for blank, an error for anything else. */
export function momentOf(value: Value): Moment | FormulaError | null {
  if (value === null || value === '') return null;
  if (typeof value === 'object') return value;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return ERROR;
  const at = Date.parse(value);
  return Number.isFinite(at) ? { kind: 'moment', at } : ERROR;
}
