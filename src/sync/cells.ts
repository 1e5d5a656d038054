import type { Cell, ColumnType } from '../ports/ticket-store.ts';

/** Said at the end of a text that was cut to fit a cell. */
const CUT = '\n… (cut to fit; the whole text is in Tabledesk)';

/** Whether two cells say the same to a person. Bases differ in how they keep nothing, lists and moments. */
export function sameCell(type: ColumnType, one: Cell, other: Cell): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (type.kind === 'instant') return sameMoment(String(one), String(other));
  if (Array.isArray(one) && Array.isArray(other)) return sameSet(one, other);
  if (typeof one === 'string' && typeof other === 'string') return withPlainLines(one) === withPlainLines(other);
  return one === other;
}

/** No text, no list, no tick: bases leave these out, each in its way. */
export function isEmpty(cell: Cell): boolean {
  return cell === null || cell === '' || cell === false || (Array.isArray(cell) && cell.length === 0);
}

/** Bases keep milliseconds at most. */
function sameMoment(one: string, other: string): boolean {
  const moments = [one, other].map(momentOf);
  return moments[0] === moments[1] && (moments[0] !== null || one === other);
}

function momentOf(written: string): number | null {
  try {
    return Temporal.Instant.from(written).epochMilliseconds;
  } catch {
    return null;
  }
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const [these, those] = [new Set(one), new Set(other)];
  return these.size === those.size && [...these].every((item) => those.has(item));
}

function withPlainLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** A moment as a cell holds it. */
export function instantCell(at: Temporal.Instant | null): Cell {
  return at === null ? null : at.toString({ smallestUnit: 'millisecond' });
}

/**
 * A cell that every base can keep: without NUL and half characters, no longer than a cell may be, and
 * null when there is no text. A text that is cut says so.
 */
export function fitted(cell: Cell, longest: number): Cell {
  if (typeof cell === 'string') return cell === '' ? null : cut(clean(cell), longest);
  if (Array.isArray(cell)) return cell.map((item: string) => cut(clean(item), longest));
  return cell;
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** The cut never parts the two halves of one character. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return text.slice(0, longest - CUT.length).replace(/[\uD800-\uDBFF]$/, '') + CUT;
}
