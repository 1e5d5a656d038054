import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Node refuses heads of requests above 16 KiB; a session and the rest of the head need their part. */
const LONGEST_PACKED = 12_000;

/** A file of the config is some tens of kilobytes at most; what unpacks to more was not packed here. */
const LONGEST_TEXT = 1_000_000;

/** What the page Backtest is to begin with. */
export interface Prefilled {
  file: string;
  /** The text to try; null for the one in force. */
  text: string | null;
}

/** The address of the page Backtest with a file of the config in proposed words; without them where they are too long. */
export function linkToTry({ file, text }: { file: string; text: string }): string {
  const packed = deflateRawSync(Buffer.from(text, 'utf8')).toString('base64url');
  const query = new URLSearchParams({ file, ...(packed.length <= LONGEST_PACKED && { packed }) });
  return `/backtest?${query.toString()}`;
}

/** Reads it back. A text may stand there as it is, in `text`, or packed. */
export function prefilledBy(query: (name: string) => string): Prefilled {
  const [file, text, packed] = [query('file'), query('text'), query('packed')];
  return { file, text: text === '' ? unpacked(packed) : text };
}

/** Null for what was not packed here: anybody can write an address. */
function unpacked(packed: string): string | null {
  if (packed === '') return null;
  try {
    return inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: LONGEST_TEXT }).toString('utf8');
  } catch {
    return null;
  }
}
