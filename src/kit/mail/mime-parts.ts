import { type HeaderLine, headersOf, type MailHeaders } from '../mail-headers.ts';
import { type PartHeader, readPartHeader } from './part-header.ts';
import { apart, malformed, MOST_PIECES, piecesOf } from './pieces.ts';

/** Parts within parts: a signed answer with files and pictures has five. */
const DEEPEST = 30;

const EQUALS = 0x3d;

/** A part of a mail: the mail itself, one of several within it, or one that is the end of a branch. */
export interface Part {
  headers: readonly HeaderLine[];
  /** The same by name. */
  named: MailHeaders;
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
    for (const each of within) if (counted < MOST_PIECES) parts.push(read(each, depth + 1));
    const disposition = readPartHeader(named['content-disposition']);
    return { headers, named, type, disposition, parts, bytes: () => decoded(body, named) };
  }

  return read(bytes, 0);
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
  const out = Buffer.allocUnsafe(body.length);
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
  const next = body.toString('latin1', at + 1, at + 3);
  if (/^[\da-fA-F]{2}$/.test(next)) return { byte: Number.parseInt(next, 16), length: 3 };
  if (next.startsWith('\n')) return { byte: null, length: 2 };
  return next === '\r\n' ? { byte: null, length: 3 } : null;
}
