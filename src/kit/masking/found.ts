/** What personal data is, for the name of its placeholder. Custom kinds have names of their own. */
export const MASKED_KINDS = [
  'NAME',
  'EMAIL',
  'PHONE',
  'CARD',
  'IBAN',
  'ID_NUMBER',
  'IP',
  'KEY',
  'PASSWORD',
  'QUERY',
] as const;
export type MaskedKind = (typeof MASKED_KINDS)[number];

/** A place in a text that nobody outside is to read. */
export interface Found {
  kind: string;
  start: number;
  end: number;
}

/** Finds one kind of data. What two find counts as what the first of them says. */
export type Detector = (text: string) => readonly Found[];

/** Everything that a pattern finds: its group `it` where it has one, else the whole. */
export function byPattern(kind: MaskedKind, pattern: RegExp, isOne: (it: string) => boolean = () => true): Detector {
  const each = new RegExp(pattern, [...new Set([...pattern.flags, 'g', 'd'])].join(''));
  return (text) =>
    Array.from(text.matchAll(each)).flatMap((match) => {
      const [start, end] = match.indices?.groups?.['it'] ?? match.indices?.[0] ?? [0, 0];
      return end > start && isOne(text.slice(start, end)) ? [{ kind, start, end }] : [];
    });
}

/** Whether the words right before a place call it something else: `order 4111`, `version 1.2.3.4`. */
export function isCalled(text: string, start: number, words: RegExp): boolean {
  return words.test(text.slice(Math.max(0, start - LABEL_CHARACTERS), start));
}

/** As far back a label stands, `tracking number is: ` and a little more. */
const LABEL_CHARACTERS = 40;
