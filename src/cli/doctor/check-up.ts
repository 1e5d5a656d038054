/** How it stands with one thing. */
export type Sign = 'good' | 'advice' | 'warning' | 'error';

/** One thing that was looked at. */
export interface CheckUp {
  /** What was looked at, in a word: `Config`, `Mail`. */
  what: string;
  sign: Sign;
  /** How it stands, with the values that matter. */
  message: string;
  /** What to do; null when nothing is to be done. */
  fix: string | null;
}

export function good(what: string, message: string): CheckUp {
  return { what, sign: 'good', message, fix: null };
}

/** Nothing is wrong, and something could be better. */
export function advice(what: string, said: { message: string; fix: string }): CheckUp {
  return { what, sign: 'advice', message: said.message, fix: said.fix };
}

export function warning(what: string, said: { message: string; fix: string }): CheckUp {
  return { what, sign: 'warning', message: said.message, fix: said.fix };
}

export function bad(what: string, said: { message: string; fix: string }): CheckUp {
  return { what, sign: 'error', message: said.message, fix: said.fix };
}
