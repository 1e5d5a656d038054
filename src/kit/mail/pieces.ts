import { Problem } from '../../domain/problem.ts';
import { type HeaderLine, headerLinesIn } from '../mail-headers.ts';
import { inCharset } from './charset.ts';

/** More parts than mails and forms have; what comes beyond stays in the stored request and is not read. */
export const MOST_PIECES = 1000;

/** Headers of one part, in bytes: Exchange writes up to 30 KB. */
const LONGEST_HEAD = 512 * 1024;

/** As much as has the headers of nearly every mail, in bytes: on its way through Google or Microsoft it gets 5 to 12 KB. */
const USUAL_HEAD = 16 * 1024;

/** The line that ends the headers, with the end of the one before. */
const EMPTY_LINE = /(?:^|\n)\r?\n/;

const BEYOND_ASCII = /[^\0-\x7F]/;

const [NEW_LINE, RETURN, HYPHEN] = [0x0a, 0x0d, 0x2d];

/**
 * Headers and what comes after them: they end at the first empty line.
 *
 * @throws Problem `mail.malformed` of headers without end
 */
export function apart(piece: Buffer): { headers: readonly HeaderLine[]; body: Buffer } {
  const head = headIn(piece, USUAL_HEAD) ?? headIn(piece, LONGEST_HEAD);
  if (head !== null) return { headers: linesIn(head.text), body: piece.subarray(head.ends) };
  if (piece.includes(NEW_LINE, LONGEST_HEAD))
    throw malformed(`its headers go on for more than ${LONGEST_HEAD / 1024} KB`);
  // Without an empty line it is all headers, or a text with none.
  const text = piece.length <= LONGEST_HEAD ? piece.toString('latin1') : '';
  return /^[!-9;-~]{1,199}:/.test(text)
    ? { headers: linesIn(text), body: piece.subarray(piece.length) }
    : { headers: [], body: piece };
}

/** Headers as a text of which each sign is a byte, and where they end; null where that is not within so many bytes. */
function headIn(piece: Buffer, most: number): { text: string; ends: number } | null {
  const text = piece.toString('latin1', 0, most);
  const found = EMPTY_LINE.exec(text);
  return found === null ? null : { text: text.slice(0, found.index), ends: found.index + found[0].length };
}

function linesIn(text: string): readonly HeaderLine[] {
  return headerLinesIn(BEYOND_ASCII.test(text) ? inCharset(Buffer.from(text, 'latin1'), '') : text);
}

/** What stands between the lines that are the boundary; what stands before the first is for nobody. */
export function piecesOf(body: Buffer, boundary: string): readonly Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const pieces: Buffer[] = [];
  let from: number | null = null;
  for (let at = body.indexOf(mark); at !== -1 && pieces.length < MOST_PIECES; at = body.indexOf(mark, at + 1)) {
    const line = boundaryLine(body, at, mark.length);
    if (line === null) continue;
    if (from !== null) pieces.push(body.subarray(from, Math.max(from, line.begins)));
    from = line.isLast ? null : line.ends;
    if (line.isLast) break;
  }
  if (from !== null && pieces.length < MOST_PIECES) pieces.push(body.subarray(from));
  return pieces;
}

/** A boundary stands alone on its line, and the end of the line before belongs to it. Null when it does not. */
function boundaryLine(
  body: Buffer,
  at: number,
  length: number,
): { begins: number; ends: number; isLast: boolean } | null {
  if (at > 0 && body[at - 1] !== NEW_LINE) return null;
  const after = at + length;
  const isLast = body[after] === HYPHEN && body[after + 1] === HYPHEN;
  const end = body.indexOf(NEW_LINE, after);
  const ends = end === -1 ? body.length : end + 1;
  const rest = body.subarray(isLast ? after + 2 : after, Math.min(ends, after + 200)).toString('latin1');
  if (rest.trim() !== '') return null;
  const begins = at - (body[at - 2] === RETURN ? 2 : 1);
  return { begins: Math.max(begins, 0), ends, isLast };
}

/** A mail that would cost too much to read. */
export function malformed(why: string): Problem {
  return new Problem({
    code: 'mail.malformed',
    message: `The mail is made so that it is not read: ${why}.`,
    fix: 'Open the mail in your mailbox; if a person wrote it, make a ticket of it from here.',
  });
}
