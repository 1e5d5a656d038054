import type { Scene } from './scene.ts';

/** What a sender posts: its body and the headers that say how to read it. */
export interface Posted {
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

const BOUNDARY = '----BrambleFormBoundary7MA4YWxkTrZu0gW';

/** Sizes of attached files: as large as the demo can afford, since they stay in the stored request. */
const FILE_BYTES = { least: 1800, spread: 5200 };

/** The contact form, as a browser sends it: with a file in parts, else in one line. */
export function formBody(fields: Readonly<Record<string, string>>, file: string | null): Posted {
  if (file !== null) return multipartBody(fields, file);
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

function multipartBody(fields: Readonly<Record<string, string>>, file: string): Posted {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${file}"\r\nContent-Type: ${typeOf(file)}\r\n\r\n`;
  const bytes = Buffer.alloc(FILE_BYTES.least + ((file.length * 7919) % FILE_BYTES.spread), file);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

function typeOf(file: string): string {
  return TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

/** The question mark in the app, which knows who is signed in. `id` tells one submission from the next. */
export function appBody(
  { customer, subject, text }: Pick<Scene, 'customer' | 'subject' | 'text'>,
  { id, ticket }: { id: string; ticket: string | null },
): Posted {
  const { name, email, plan, isKey } = customer;
  const content = {
    id,
    title: subject,
    body: text,
    user: { name, email },
    account: { plan, ...(isKey ? { vip: true } : {}) },
    ...(ticket === null ? {} : { ticket }),
  };
  return rawJson(JSON.stringify(content));
}

/** A text that says that it is JSON. */
export function rawJson(text: string): Posted {
  return { headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}
