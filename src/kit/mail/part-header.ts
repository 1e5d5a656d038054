import { decodeWords } from 'postal-mime';
import { inCharset } from './charset.ts';

/** What `Content-Type` and the like say: a word, and values by name. */
export interface PartHeader {
  value: string;
  params: ReadonlyMap<string, string>;
}

/** More than such a header ever says. */
const LONGEST = 20_000;

const PARAM = /;\s*([^\s=;]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^;]*))/g;

/** A value that goes on in several, or in percent signs, RFC 2231: `filename*0*`. */
const NAME = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/;

/** A piece of a value. */
interface Piece {
  at: number;
  text: string;
  isEncoded: boolean;
}

const ABSENT: PartHeader = { value: '', params: new Map() };

/**
 * Reads a header such as `Content-Disposition: attachment; filename="a.txt"`. Of two values of one name the first
 * counts, and before it one that is encoded, which says the same in all its characters (RFC 6266 section 4.3).
 */
export function readPartHeader(written: string | undefined): PartHeader {
  if (written === undefined) return ABSENT;
  const header = written.slice(0, LONGEST);
  const value = /^[^;(]*/.exec(header)?.[0].trim().toLowerCase() ?? '';
  const params = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  PARAM.lastIndex = 0;
  for (let found = PARAM.exec(header); found !== null; found = PARAM.exec(header)) {
    const [, name = '', quoted, bare = ''] = found;
    const key = name.toLowerCase();
    const text = quoted === undefined ? bare.replace(/\s\(.*$/, '').trim() : withoutEscapes(quoted);
    if (key.includes('*')) takePiece(pieces, key, text);
    else if (!params.has(key)) params.set(key, text.includes('=?') ? decodeWords(text) : text);
  }
  for (const [name, all] of pieces) params.set(name, joined(all));
  return { value, params };
}

function withoutEscapes(quoted: string): string {
  return quoted.includes('\\') ? quoted.replaceAll(/\\(.)/g, '$1') : quoted;
}

function takePiece(pieces: Map<string, Piece[]>, key: string, text: string): void {
  const [, name = '', written = '0', star] = NAME.exec(key) ?? [];
  const known = pieces.get(name) ?? [];
  const at = Number(written);
  if (!known.some((other) => other.at === at))
    pieces.set(name, [...known, { at, text, isEncoded: star !== undefined }]);
}

function joined(pieces: readonly Piece[]): string {
  const inOrder = pieces.toSorted((one, other) => one.at - other.at);
  if (!inOrder.some(({ isEncoded }) => isEncoded)) return decodeWords(inOrder.map(({ text }) => text).join(''));
  const [, charset = ''] = /^([\w-]*)'[^']*'/.exec(inOrder[0]?.text ?? '') ?? [];
  const bytes = inOrder.map(({ text, isEncoded }, index) =>
    isEncoded ? unescaped(index === 0 ? text.replace(/^[\w-]*'[^']*'/, '') : text) : Buffer.from(text),
  );
  return inCharset(Buffer.concat(bytes), charset);
}

function unescaped(text: string): Buffer {
  const bytes = Buffer.from(text);
  const latin = text.replaceAll(/%([\da-fA-F]{2})/g, (_sign, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return text.includes('%') ? Buffer.from(latin, 'latin1') : bytes;
}
