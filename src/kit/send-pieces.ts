import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Sends a long text as it comes. Whoever goes away meanwhile is nobody's fault; whoever stays sees by the broken
 * connection that the text is not whole.
 *
 * @throws what failed in the making of it, once the connection is broken
 */
export async function sendPieces(response: ServerResponse, pieces: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
