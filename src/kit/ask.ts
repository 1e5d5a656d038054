import type { Ask } from './connector.ts';
import { guardedFetch } from './guarded-fetch.ts';

/** Answers of the systems of chats and forms are short, and come within a second or two. */
const USUAL = { maxBytes: 1_000_000, timeoutSeconds: 10, maxRedirects: 0 };

/** Asks a system on the internet at large. */
export function ask(url: string, asked: Parameters<Ask>[1]): ReturnType<Ask> {
  return guardedFetch(url, { ...USUAL, ...asked });
}
