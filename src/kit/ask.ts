import type { Ask } from './connector.ts';
import { guardedFetch } from './guarded-fetch.ts';

/** Answers of the systems of chats and forms are short, and come within a second or two. */
const USUAL = { maxBytes: 1_000_000, timeoutSeconds: 10, maxRedirects: 0 };

/** Asks a system on the internet at large, or one in our own network that the admin named as such. */
export function ask(url: string, { internal = false, ...asked }: Parameters<Ask>[1]): ReturnType<Ask> {
  return guardedFetch(url, { ...USUAL, ...asked, ...(internal ? { mayConnect: () => true } : {}) });
}
