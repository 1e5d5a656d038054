import type { Attachment } from '../domain/message.ts';
import type { RawRequest } from '../ports/channel.ts';
import { type Json, parseJson } from './json-value.ts';
import { inUtf8 } from './mail/charset.ts';
import { readMultipart, readPart } from './multipart.ts';

/** More than any form has; what comes beyond stays in the stored request and is not read. */
const MOST_FIELDS = 1000;

const MULTIPART = 'multipart/form-data';

/** A request's body, read. */
export interface ReadBody {
  /** What JSON said; for a form one object of its fields; for anything else the text. */
  value: Json;
  files: readonly Attachment[];
}

/**
 * Reads a body by its content type, and by a look at it where the type says little: JSON is often sent
 * as plain text, and some senders name no type at all.
 *
 * @throws Problem `request.not-json`, `request.too-deep`, `request.not-multipart`
 */
export function readBody(request: Pick<RawRequest, 'headers' | 'body'>): ReadBody {
  const contentType = request.headers['content-type'] ?? '';
  const type = typeOf(contentType);
  if (type === MULTIPART) {
    const { fields, files } = readMultipart(contentType, request.body);
    return { value: objectOf(fields), files };
  }
  const text = textOf(request.body, contentType);
  if (type === 'application/x-www-form-urlencoded') return { value: objectOf(pairsOf(text)), files: [] };
  if (/^application\/(.+\+)?json$/.test(type)) return { value: parseJson(text), files: [] };
  return { value: jsonOrText(text), files: [] };
}

/**
 * The bytes of a file that came in a body, by its `part`; null when the body has no such file.
 *
 * @throws Problem `request.not-multipart`
 */
export function readFile(request: Pick<RawRequest, 'headers' | 'body'>, part: number): Uint8Array | null {
  const contentType = request.headers['content-type'] ?? '';
  return typeOf(contentType) === MULTIPART ? readPart(contentType, request.body, part) : null;
}

function typeOf(contentType: string): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** UTF-8 unless the sender names another encoding; a byte order mark is not part of the text. */
function textOf(body: Uint8Array, contentType: string): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  return (/^utf-?8$/i.test(charset) ? null : decoderFor(charset))?.decode(body) ?? inUtf8(body);
}

/** Null where nobody knows the name. */
function decoderFor(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}

function pairsOf(text: string): (readonly [string, string])[] {
  return [...new URLSearchParams(text)].slice(0, MOST_FIELDS);
}

/** A field that comes once is its value; one that comes again, as ticked boxes do, is a list. */
function objectOf(pairs: readonly (readonly [string, string])[]): Json {
  const values = Map.groupBy(pairs, ([name]) => name.replace(/\[\]$/, ''));
  return Object.fromEntries(
    [...values].map(([name, all]) => {
      const texts = all.map(([, value]) => value);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts] as const;
    }),
  );
}

function jsonOrText(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
