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

/**
 * Reads a whole multipart body in one go. busboy works through what it is given at once, within the
 * call, so that no stream needs waiting for.
 *
 * @throws Problem `request.not-multipart`
 */
export function readMultipart(contentType: string, body: Uint8Array): Multipart {
  const fields: (readonly [string, string])[] = [];
  const parts: { stream: Readable; filename: string | undefined; contentType: string }[] = [];
  try {
    const reader = busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
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
    const files = parts.map(attachmentOf).filter((file) => file.name !== '' || file.size > 0);
    reader.destroy();
    return { fields, files };
  } catch (cause) {
    throw notMultipart(cause);
  }
}

/** Nobody reads the stream, so all of the file waits in it, and its length is the file's. */
function attachmentOf(part: { stream: Readable; filename: string | undefined; contentType: string }): Attachment {
  const size = part.stream.readableLength;
  part.stream.destroy();
  return { name: storable(part.filename ?? ''), contentType: storable(part.contentType), size, url: null };
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
