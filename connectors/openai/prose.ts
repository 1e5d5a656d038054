import { plainLine } from '../../src/kit/plain-line.ts';

/** As much of a sentence is looked at: of a longer one only the beginning would stay. */
const MOST_LOOKED_AT = 2000;

/** So many words in a row that stand in our own instructions are no words of the model's. */
const TELLING_WORDS = 7;

/**
 * A sentence that a model wrote, as a cell of a base may hold it: one line of words, without links, formulas or
 * mark-up, and nothing of what the model was told. Null where nothing is left.
 */
export function plainProse(written: string | null, { most, told }: { most: number; told: string }): string | null {
  if (written === null) return null;
  const line = plainLine(written.slice(0, MOST_LOOKED_AT));
  if (line === '' || repeats(line, told)) return null;
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/\s+\S*$/, '')}…`;
}

/** Whether a text holds words of what the model was told. */
export function repeats(line: string, told: string): boolean {
  const [said, known] = [wordsOf(line), ` ${wordsOf(told).join(' ')} `];
  for (let at = 0; at + TELLING_WORDS <= said.length; at += 1) {
    if (known.includes(` ${said.slice(at, at + TELLING_WORDS).join(' ')} `)) return true;
  }
  return false;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
