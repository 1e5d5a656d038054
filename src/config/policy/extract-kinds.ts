import type { ExtractKind } from '../written/intake.ts';

/** A way in which a value is written, and what is made of the groups of the match; null where it is none after all. */
export interface Writing {
  pattern: string;
  read?(groups: readonly string[], match: string): string | null;
}

/** By their first letters, which tell them apart in English, German, French and Spanish. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'jän', 'ene'],
  ['feb', 'fev', 'fév'],
  ['mar', 'mär'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aoû', 'aou', 'ago'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez', 'déc', 'dic'],
];
const MONTH = `((?:${MONTHS.flat().toSorted(longestFirst).join('|')})\\p{L}*)\\.?`;

const AMOUNT = String.raw`\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d{2})?`;
const CURRENCY = '(?:€|\\$|£|EUR|USD|GBP|CHF)';

/** How each kind is written. RE2 syntax; capitals count only in error codes, which are told by them. */
export const WRITINGS: Readonly<Record<ExtractKind, readonly Writing[]>> = {
  url: [{ pattern: String.raw`(?i)\bhttps?://[^\s<>"]+`, read: (_, match) => withoutStop(match) }],
  email: [{ pattern: String.raw`(?i)\b[a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9-]+\.)+[a-z]{2,}\b` }],
  date: [
    { pattern: String.raw`\b(\d{4})-(\d\d)-(\d\d)\b`, read: ([year, month, day]) => date(year, month, day) },
    {
      pattern: String.raw`\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b`,
      read: ([day, month, year]) => date(year, month, day),
    },
    { pattern: String.raw`\b(\d{1,2})/(\d{1,2})/(\d{4})\b`, read: slashed },
    {
      pattern: String.raw`(?i)\b(\d{1,2})(?:st|nd|rd|th|er|\.)? (?:of |de )?${MONTH},? (?:de )?(\d{4})\b`,
      read: ([day, month, year]) => date(year, monthNamed(month), day),
    },
    {
      pattern: String.raw`(?i)\b${MONTH} (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`,
      read: ([month, day, year]) => date(year, monthNamed(month), day),
    },
  ],
  money: [{ pattern: `${CURRENCY} ?${AMOUNT}\\b` }, { pattern: `\\b${AMOUNT} ?${CURRENCY}` }],
  error_code: [
    { pattern: String.raw`\b(?:E|ERR|ERROR)_[A-Z0-9_]+\b` },
    {
      pattern: String.raw`\b[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:ERROR|EXCEPTION|FAILED|FAILURE|REFUSED|DENIED|TIMEOUT|INVALID)\b`,
    },
    { pattern: String.raw`\b0x[0-9A-Fa-f]{4,8}\b` },
    { pattern: String.raw`\bHTTP(?:/\d(?:\.\d)?)? [45]\d\d\b` },
    { pattern: String.raw`\bORA-\d{5}\b` },
    {
      pattern: String.raw`(?:(?i:\b(?:error|fehler|erreur|status)(?: ?(?:code|number|no\.?|nr\.?))?) ?[:#]? ?)\b([A-Z]{1,5}-?\d{2,6}|\d{3,6})\b`,
    },
  ],
};

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

/** What ends a sentence or closes a bracket around a link is not of the link. */
function withoutStop(link: string): string {
  return link.replace(/[.,;:!?'"»”)\]}]+$/, '');
}

/** Which is the month of two numbers up to twelve, nobody knows; then it is no date to us. */
function slashed([one = '', other = '', year]: readonly string[]): string | null {
  if (Number(one) > 12) return date(year, other, one);
  if (Number(other) > 12 || one === other) return date(year, one, other);
  return null;
}

function monthNamed(written = ''): string {
  const name = written.toLowerCase();
  // The longest beginning has it: "juil" is July, though it begins as June does in French.
  const known = MONTHS.map((names) => Math.max(0, ...names.map((each) => (name.startsWith(each) ? each.length : 0))));
  return String(known.indexOf(Math.max(...known)) + 1);
}

/** As rules compare dates; null for a day that no calendar has. */
function date(year = '', month = '', day = ''): string | null {
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    ).toString();
  } catch {
    return null;
  }
}
