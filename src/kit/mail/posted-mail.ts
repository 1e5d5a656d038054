import type { RawRequest } from '../../ports/channel.ts';
import { readFile } from '../read-body.ts';
import { readMultipartBytes } from '../multipart.ts';
import { inCharset } from './charset.ts';
import type { MailFile } from './mail.ts';

const NOTHING = new Uint8Array();

/** What a provider posted as a form: fields of which every byte counts, and files. */
export interface Posted {
  /** In UTF-8, unless other characters are named; empty where there is no such field. Of several the last counts. */
  text(name: string, charset?: string): string;
  /** The field as it came; null where there is none. */
  bytes(name: string): Buffer | null;
  files: readonly MailFile[];
}

/** Reads a form that a provider posted; one that cannot be read has no fields. */
export function readPosted(request: Pick<RawRequest, 'headers' | 'body'>): Posted {
  const contentType = request.headers['content-type'] ?? '';
  const { fields, files } = /^multipart\//i.test(contentType) ? multipart(request) : urlencoded(request);
  const named = new Map(fields);
  const bytes = (name: string) => named.get(name) ?? null;
  return { bytes, files, text: (name, charset = '') => inCharset(bytes(name) ?? NOTHING, charset) };
}

interface Taken {
  fields: readonly (readonly [string, Buffer])[];
  files: readonly MailFile[];
}

function multipart({ headers, body }: Pick<RawRequest, 'headers' | 'body'>): Taken {
  try {
    const { fields, files } = readMultipartBytes(headers['content-type'] ?? '', body);
    return {
      fields,
      files: files.map(({ name, contentType, size, part = 0 }) => {
        return { name, contentType, size, bytes: () => readFile({ headers, body }, part) ?? new Uint8Array() };
      }),
    };
  } catch {
    return { fields: [], files: [] };
  }
}

function urlencoded({ body }: Pick<RawRequest, 'body'>): Taken {
  const pairs = [...new URLSearchParams(Buffer.from(body).toString())];
  return { fields: pairs.map(([name, value]) => [name, Buffer.from(value)]), files: [] };
}
