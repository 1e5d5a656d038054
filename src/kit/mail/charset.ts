import { isUtf8 } from 'node:buffer';

/** Names under which UTF-8 and much else is sent, and those that say nothing. */
const UNSURE = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii', 'unknown-8bit', 'default', '7bit', '8bit']);

/** What mail programs of Western Europe write that name nothing. */
const WESTERN = new TextDecoder('windows-1252');

/** Signs beyond ASCII that UTF-8 makes of bytes, and those that it cannot make out. */
const [BEYOND, BROKEN] = [/[^\0-\x7F\uFFFD]/g, /\uFFFD/g];

/** Bytes as text: in the characters that are named, else in UTF-8 where that fits, else in those of Western Europe. */
export function inCharset(bytes: Uint8Array, charset: string): string {
  const name = charset.trim().toLowerCase();
  return (UNSURE.has(name) ? null : decoded(bytes, name)) ?? guessed(bytes);
}

/** What is no UTF-8 becomes U+FFFD. A byte order mark is not part of the text. */
export function inUtf8(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** A text that was cut within a character is UTF-8 all the same: more of it fits than does not. */
function guessed(bytes: Uint8Array): string {
  const text = inUtf8(bytes);
  const fits = isUtf8(bytes) || (text.match(BEYOND)?.length ?? 0) > (text.match(BROKEN)?.length ?? 0);
  return fits ? text : WESTERN.decode(bytes);
}

/** Null where nobody knows the name. */
function decoded(bytes: Uint8Array, name: string): string | null {
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return null;
  }
}
