import type { Request } from 'express';

/**
 * Reads a body, byte for byte, and stops as soon as it is known to be larger than so many bytes: by the
 * length that the sender names, or by counting. Rejects when the sender hangs up.
 */
export function readUpTo(request: Request, maxBytes: number): Promise<Uint8Array | 'too_large'> {
  const announced = Number(request.get('content-length') ?? 0);
  if (announced > maxBytes) return Promise.resolve('too_large');
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    let size = 0;
    function take(chunk: Buffer): void {
      size += chunk.length;
      if (size > maxBytes) {
        request.off('data', take).pause();
        done('too_large');
      } else chunks.push(chunk);
    }
    function hungUp(): void {
      failed(new Error('The sender hung up.'));
    }
    request.on('data', take);
    request.once('error', failed);
    request.once('close', hungUp);
    request.once('end', () => {
      request.off('close', hungUp);
      done(Buffer.concat(chunks));
    });
  });
}

/** How long, and how much, of a body that we don't want is let pass. */
const PATIENCE = { milliseconds: 2000, bytes: 8_000_000 };

/**
 * Lets the rest of a body pass unread: most senders read no answer before they have sent everything, and
 * would only see that the line was cut. Resolves at the end, or when patience is.
 */
export function letPass(request: Request): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, PATIENCE.milliseconds);
    let bytes = 0;
    function count(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > PATIENCE.bytes) finish();
    }
    function finish(): void {
      clearTimeout(timer);
      request.off('data', count).pause();
      done();
    }
    request.once('end', finish);
    request.once('close', finish);
    request.on('data', count).resume();
  });
}
