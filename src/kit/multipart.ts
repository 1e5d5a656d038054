import busboy from 'busboy';
import type { Readable } from 'node:stream';
import type { Attachment } from '../domain/message.ts';
import { Problem } from '../domain/problem.ts';
import { storable } from './storable-text.ts';

/** More than any form has; what comes beyond stays in the stored request and is not read. */
const MOST_PARTS = 1000;

export interface Multipart {
  /** Name and value of each field, in the order of the form. */
  fields: readonly (readonly [name: string, value: string])[];
  /** What is known of each file; the bytes stay in the stored request. */
  files: readonly Attachment[];
}

/** A file on its way through busboy. */
interface Part {
  stream: Readable;
  filename: string | undefined;
  contentType: string;
}

/**
 * What is in a whole multipart body. Fields are UTF-8, unless every byte of them counts: then each is one character of
 * `latin1`.
 *
 * @throws Problem `request.not-multipart`
 */
export function readMultipart(
  contentType: string,
  body: Uint8Array,
  { fieldsAs = 'utf8' }: { fieldsAs?: 'utf8' | 'latin1' } = {},
): Multipart {
  return takeApart({ contentType, body, fieldsAs }, (fields, parts) => ({
    fields,
    files: parts.map(attachmentOf).filter((file) => file.name !== '' || file.size > 0),
  }));
}

/**
 * The bytes of one file of a multipart body, by its number among the files; null when there is none.
 *
 * @throws Problem `request.not-multipart`
 */
export function readPart(contentType: string, body: Uint8Array, part: number): Uint8Array | null {
  return takeApart({ contentType, body, fieldsAs: 'utf8' }, (_fields, parts) => {
    const found = parts[part];
    return found === undefined ? null : bytesOf(found);
  });
}

/**
 * Works through a whole multipart body in one go. busboy does so at once, within the call, so that no stream
 * needs waiting for.
 */
function takeApart<Result>(
  { contentType, body, fieldsAs }: { contentType: string; body: Uint8Array; fieldsAs: 'utf8' | 'latin1' },
  use: (fields: Multipart['fields'], parts: readonly Part[]) => Result,
): Result {
  const fields: (readonly [string, string])[] = [];
  const parts: Part[] = [];
  try {
    const reader = busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      defCharset: fieldsAs,
      limits: { fieldSize: body.length, fieldNameSize: 1000, parts: MOST_PARTS },
    });
    // A body that breaks off is told apart by what could be read of it, not by an error that comes later.
    reader.on('error', () => undefined);
    reader.on('field', (name, value) => fields.push([name, value]));
    reader.on('file', (_name, stream, info) => {
      stream.on('error', () => undefined);
      parts.push({ stream, filename: info.filename, contentType: info.mimeType });
    });
    reader.write(body);
    const result = use(fields, parts);
    for (const { stream } of parts) stream.destroy();
    reader.destroy();
    return result;
  } catch (cause) {
    throw notMultipart(cause);
  }
}

/** Nobody has read the stream, so all of the file waits in it, and its length is the file's. */
function attachmentOf({ stream, filename, contentType }: Part, part: number): Attachment {
  const size = stream.readableLength;
  return { name: storable(filename ?? ''), contentType: storable(contentType), size, url: null, part };
}

function bytesOf({ stream }: Part): Uint8Array {
  const bytes: unknown = stream.read();
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
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
