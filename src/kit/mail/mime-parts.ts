import { type HeaderLine, headerLinesIn, headersOf, type MailHeaders } from '../mail-headers.ts';
import { Problem } from '../../domain/problem.ts';
import { inCharset } from './charset.ts';
import { type PartHeader, readPartHeader } from './part-header.ts';

/** Parts within parts: a signed answer with files and pictures has five. */
const DEEPEST = 30;

/** More parts than mails have; what comes beyond stays in the stored mail and is not read. */
const MOST_PARTS = 1000;

/** Headers of one part, in bytes: Exchange writes up to 30 KB. */
const LONGEST_HEAD = 512 * 1024;

const [NEW_LINE, RETURN, HYPHEN, EQUALS] = [0x0a, 0x0d, 0x2d, 0x3d];

/** A part of a mail: the mail itself, one of several within it, or one that is the end of a branch. */
export interface Part {
  headers: readonly HeaderLine[];
  type: PartHeader;
  disposition: PartHeader;
  /** Those within; none of a part that is a text or a file. */
  parts: readonly Part[];
  /** What it holds, decoded. Made anew at each call. */
  bytes: () => Buffer;
}

/**
 * Takes a mail into its parts, without copying any: what a part holds is decoded when it is asked for. How long that
 * takes grows with the length of the mail alone.
 *
 * @throws Problem `mail.malformed` of headers without end and of parts within too many parts
 */
export function partsOfMail(raw: Uint8Array): Part {
  let counted = 0;
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);

  function read(piece: Buffer, depth: number): Part {
    if (depth > DEEPEST) throw malformed(`it has parts within parts, more than ${DEEPEST} of them`);
    counted += 1;
    const { headers, body } = apart(piece);
    const named = headersOf(headers);
    const type = readPartHeader(named['content-type']);
    const boundary = type.value.startsWith('multipart/') ? type.params.get('boundary') : undefined;
    const within = boundary ? piecesOf(body, boundary) : [];
    const parts: Part[] = [];
    for (const each of within) if (counted < MOST_PARTS) parts.push(read(each, depth + 1));
    const disposition = readPartHeader(named['content-disposition']);
    return { headers, type, disposition, parts, bytes: () => decoded(body, named) };
  }

  return read(bytes, 0);
}

/** Headers end at the first empty line. */
function apart(piece: Buffer): { headers: readonly HeaderLine[]; body: Buffer } {
  for (let at = 0; at < piece.length;) {
    const end = piece.indexOf(NEW_LINE, at);
    const isEmpty = piece[at] === NEW_LINE || (piece[at] === RETURN && piece[at + 1] === NEW_LINE);
    if (isEmpty) return { headers: linesIn(piece.subarray(0, at)), body: piece.subarray(end + 1) };
    if (end === -1) break;
    at = end + 1;
    if (at > LONGEST_HEAD) throw malformed(`its headers go on for more than ${LONGEST_HEAD / 1024} KB`);
  }
  // Without an empty line it is all headers, or a text with none.
  const isHead = /^[!-9;-~]+:/.test(piece.subarray(0, 200).toString('latin1')) && piece.length <= LONGEST_HEAD;
  return isHead ? { headers: linesIn(piece), body: piece.subarray(piece.length) } : { headers: [], body: piece };
}

function linesIn(head: Buffer): readonly HeaderLine[] {
  return headerLinesIn(inCharset(head, ''));
}

/** What stands between the lines that are the boundary; what stands before the first is for nobody. */
function piecesOf(body: Buffer, boundary: string): readonly Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const pieces: Buffer[] = [];
  let from: number | null = null;
  for (let at = body.indexOf(mark); at !== -1 && pieces.length < MOST_PARTS; at = body.indexOf(mark, at + 1)) {
    const line = boundaryLine(body, at, mark.length);
    if (line === null) continue;
    if (from !== null) pieces.push(body.subarray(from, Math.max(from, line.begins)));
    from = line.isLast ? null : line.ends;
    if (line.isLast) break;
  }
  if (from !== null && pieces.length < MOST_PARTS) pieces.push(body.subarray(from));
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

function decoded(body: Buffer, headers: MailHeaders): Buffer {
  const encoding = headers['content-transfer-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === 'base64') return fromBase64(body);
  return encoding === 'quoted-printable' ? fromQuotedPrintable(body) : body;
}

/** Some programs end each line with `=`, where a decoder would stop. */
function fromBase64(body: Buffer): Buffer {
  const text = body.toString('latin1');
  const end = text.indexOf('=');
  if (end === -1 || text.slice(end).replaceAll(/[=\s]/g, '') === '') return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/).map((each) => Buffer.from(each, 'base64')));
}

/** `=F0` is a byte, and `=` at the end of a line joins it with the next; a sign that is neither stays. */
function fromQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    const escape = byte === EQUALS ? escapeAt(body, at) : null;
    if (escape === null || escape.byte !== null) out[length++] = escape?.byte ?? byte;
    at += (escape?.length ?? 1) - 1;
  }
  return out.subarray(0, length);
}

function escapeAt(body: Buffer, at: number): { byte: number | null; length: number } | null {
  const next = body.subarray(at + 1, at + 3).toString('latin1');
  if (/^[\da-fA-F]{2}$/.test(next)) return { byte: Number.parseInt(next, 16), length: 3 };
  if (next.startsWith('\n')) return { byte: null, length: 2 };
  return next === '\r\n' ? { byte: null, length: 3 } : null;
}

function malformed(why: string): Problem {
  return new Problem({
    code: 'mail.malformed',
    message: `The mail is made so that it is not read: ${why}.`,
    fix: 'Open the mail in your mailbox; if a person wrote it, make a ticket of it from here.',
  });
}
