import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { OpenFile } from '../attachments/index.ts';

/**
 * A file of a stranger is saved and never shown: what it says that it is does not count, no browser looks
 * into it, and should one show it all the same, nothing in it runs.
 */
const HEADERS = {
  'Content-Type': 'application/octet-stream',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** Sends a file for saving, piece by piece. */
export async function sendFile(response: Response, { name, size, bytes }: OpenFile): Promise<void> {
  response.attachment(name).set({ ...HEADERS, 'Content-Length': String(size) });
  try {
    await pipeline(Readable.from(bytes), response);
  } catch {
    // Whoever asked has gone, or sees that the file breaks off: nothing can be said any more.
    response.destroy();
  }
}
