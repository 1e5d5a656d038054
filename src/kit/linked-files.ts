import type { Attachment } from '../domain/message.ts';
import { valueAt } from './answers.ts';
import { isObject, type Json } from './json-value.ts';
import { storable } from './storable-text.ts';

/** More than anybody sends with one request; the stored request keeps the rest. */
const MOST_FILES = 50;

/** Names under which a bare link is a file and not a page that somebody looks at. */
const FILE_NAMES = /^(attachment|file|upload)s?$/i;

/** How form tools call what they know of a file. */
const NAMES = ['name', 'filename', 'fileName', 'file_name', 'originalName', 'title'];
const TYPES = ['contentType', 'content_type', 'mimeType', 'mime_type', 'mimetype', 'type'];
const SIZES = ['size', 'fileSize', 'file_size', 'bytes', 'length'];
const LINKS = ['url', 'fileUrl', 'file_url', 'downloadUrl', 'download_url', 'href', 'link'];

/** The type of what nobody said anything about. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Files that a body names by their links: what stands at the path, or without one whatever is clearly a
 * file. Each link once.
 */
export function linkedFiles(value: Json, path: string | null): readonly Attachment[] {
  return path === null ? once(search(value, false)) : filesOf(valueAt(value, path) ?? null);
}

/** The files of a value that holds nothing else. Each link once. */
export function filesOf(value: Json): readonly Attachment[] {
  return once(search(value, true));
}

function once(found: readonly Attachment[]): readonly Attachment[] {
  const files = new Map(found.map((file) => [file.url, file]));
  return [...files.values()].slice(0, MOST_FILES);
}

/** `isMeant` where the place itself says that these are files. */
function search(value: Json, isMeant: boolean): Attachment[] {
  if (typeof value === 'string') return isMeant ? fileAt(value, {}) : [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => search(item, isMeant));
  if (!isObject(value)) return [];
  const link = firstText(value, LINKS);
  if (link !== null && (isMeant || looksLikeFile(value))) return fileAt(link, value);
  return Object.entries(value).flatMap(([name, held]) => search(held, isMeant || FILE_NAMES.test(name)));
}

/** A page or a person has a name and a link too; only a file has a size or a type besides. */
function looksLikeFile(value: Readonly<Record<string, Json>>): boolean {
  const type = firstText(value, TYPES) ?? '';
  return firstText(value, NAMES) !== null && (sizeOf(value) > 0 || type.includes('/'));
}

function fileAt(link: string, said: Readonly<Record<string, Json>>): Attachment[] {
  const url = URL.parse(link.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return [];
  const type = firstText(said, TYPES) ?? '';
  return [
    {
      name: storable(firstText(said, NAMES) ?? lastSegment(url)),
      contentType: type.includes('/') ? storable(type) : UNKNOWN_TYPE,
      size: sizeOf(said),
      url: storable(link.trim()),
    },
  ];
}

function firstText(value: Readonly<Record<string, Json>>, names: readonly string[]): string | null {
  for (const name of names) {
    const held = value[name];
    if (typeof held === 'string' && held.trim() !== '') return held.trim();
  }
  return null;
}

/** Bytes; 0 when nobody says. Numbers of a body may be kept as they were written. */
function sizeOf(value: Readonly<Record<string, Json>>): number {
  const sizes = SIZES.map((name) => value[name]).filter((size) => typeof size === 'string' || typeof size === 'number');
  return Number(sizes.find((size) => /^\d{1,15}$/.test(String(size))) ?? 0);
}

function lastSegment({ pathname }: URL): string {
  const last = pathname.split('/').findLast((segment) => segment !== '') ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
