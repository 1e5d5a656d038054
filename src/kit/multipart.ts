import type { Attachment } from '../domain/message.ts';
import { Problem } from '../domain/problem.ts';
import { inCharset } from './mail/charset.ts';
import { type PartHeader, readPartHeader } from './mail/part-header.ts';
import { apart, piecesOf } from './mail/pieces.ts';
import { headersOf } from './mail-headers.ts';
import { storable } from './storable-text.ts';

/** What a part is whose sender names no type, as RFC 7578 section 4.4 has it. */
const PLAIN_TEXT: PartHeader = { value: 'text/plain', params: new Map() };

/** What a part is that is a file, though nothing else says so. */
const BYTES = 'application/octet-stream';

/** The head of a part that has a name of simple signs and no more, and how long it is at most. */
const PLAIN = /^Content-Disposition: form-data; name="([\w .[\]-]*)"\r\n\r\n/i;
const LONGEST_PLAIN = 200;

export interface Multipart<Value = string> {
  /** Name and value of each field, in the order of the form. */
  fields: readonly (readonly [name: string, value: Value])[];
  /** What is known of each file; the bytes stay in the stored request. */
  files: readonly Attachment[];
}

/** A part of a form: a field, or a file when it has a file's name or type. */
interface Part {
  name: string;
  filename: string | undefined;
  type: PartHeader;
  bytes: Buffer;
}

/**
 * What is in a whole multipart body. Fields are UTF-8 where they name nothing else.
 *
 * @throws Problem `request.not-multipart`
 */
export function readMultipart(contentType: string, body: Uint8Array): Multipart {
  return readWith(({ bytes, type }) => inCharset(bytes, type.params.get('charset') ?? ''), partsOf(contentType, body));
}

/**
 * The same where every byte of a field counts.
 *
 * @throws Problem `request.not-multipart`
 */
export function readMultipartBytes(contentType: string, body: Uint8Array): Multipart<Buffer> {
  return readWith(({ bytes }) => bytes, partsOf(contentType, body));
}

function readWith<Value>(valueOf: (part: Part) => Value, parts: readonly Part[]): Multipart<Value> {
  return {
    fields: parts.filter((part) => !isFile(part)).map((part) => [part.name, valueOf(part)]),
    files: parts
      .filter(isFile)
      .map(attachmentOf)
      .filter((file) => file.name !== '' || file.size > 0),
  };
}

/**
 * The bytes of one file of a multipart body, by its number among the files; null when there is none.
 *
 * @throws Problem `request.not-multipart`
 */
export function readPart(contentType: string, body: Uint8Array, part: number): Uint8Array | null {
  return partsOf(contentType, body).filter(isFile)[part]?.bytes ?? null;
}

/** Forms are made of the same pieces as mails, without pieces in pieces. A body that breaks off has those that came. */
function partsOf(contentType: string, body: Uint8Array): readonly Part[] {
  const boundary = readPartHeader(contentType).params.get('boundary');
  if (!boundary) throw notMultipart(undefined);
  try {
    return piecesOf(Buffer.from(body.buffer, body.byteOffset, body.byteLength), boundary).flatMap(partOf);
  } catch (cause) {
    throw notMultipart(cause);
  }
}

/** None of a piece that is no field of a form. */
function partOf(piece: Buffer): readonly Part[] {
  const plain = plainField(piece);
  if (plain !== null) return [plain];
  const { headers, body: bytes } = apart(piece);
  const named = headersOf(headers);
  const { params } = readPartHeader(named['content-disposition']);
  const name = params.get('name');
  if (name === undefined) return [];
  const written = named['content-type'];
  const type = written === undefined ? PLAIN_TEXT : readPartHeader(written);
  return [{ name, filename: params.get('filename'), type, bytes }];
}

/** Most parts have a name and no more: to read their head as that of a mail would take most of the time of a form. */
function plainField(piece: Buffer): Part | null {
  const [head, name] = PLAIN.exec(piece.toString('latin1', 0, LONGEST_PLAIN)) ?? [];
  return head === undefined || name === undefined
    ? null
    : { name, filename: undefined, type: PLAIN_TEXT, bytes: piece.subarray(head.length) };
}

function isFile({ filename, type }: Part): boolean {
  return filename !== undefined || type.value === BYTES;
}

/** Old programs send the path of a file for its name. */
function attachmentOf({ filename = '', type, bytes }: Part, part: number): Attachment {
  const name = filename.replace(/^.*[/\\]/s, '');
  return { name: storable(name), contentType: storable(type.value), size: bytes.length, url: null, part };
}

function notMultipart(cause: unknown): Problem {
  return new Problem(
    {
      code: 'request.not-multipart',
      message: 'The request says that it is multipart, but its parts cannot be told apart.',
      fix: 'Let the sender name the boundary in the content type.',
    },
    { cause },
  );
}
