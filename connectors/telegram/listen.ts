import type { Answer, Listening, RawRequest } from '../../src/ports/channel.ts';
import type { TelegramApi } from './api.ts';
import type { Payload } from './payload.ts';
import { MethodCall, Sent, Updates } from './wire.ts';

/** Telegram keeps a question so long until there is something new, and we wait a while longer for its answer. */
const HELD_SECONDS = 30;
const PATIENCE_SECONDS = 45;

interface Handling {
  read: (request: Pick<RawRequest, 'headers' | 'body'>) => Payload;
  greet: (payload: Payload) => Answer | null;
}

/**
 * Asks Telegram again and again for what is new: https://core.telegram.org/bots/api#getupdates. What is on disk is
 * confirmed with the next question; what could not be kept comes again.
 */
export function listenByAsking(api: TelegramApi, handling: Handling): (given: Listening) => Promise<void> {
  return async (listening) => {
    const { signal } = listening;
    const { promise: stopped, resolve: stop } = Promise.withResolvers<null>();
    signal.addEventListener('abort', () => stop(null), { once: true });
    let offset = 0;
    while (!signal.aborted) {
      // An answer that nobody waits for any more is given again.
      const updates = await Promise.race([askForNew(api, offset), stopped]);
      for (const update of updates ?? []) {
        await take(update, { api, listening, handling });
        offset = update.update_id + 1;
      }
    }
  };
}

function askForNew(api: TelegramApi, offset: number): Promise<Updates> {
  const params = { offset, timeout: HELD_SECONDS, allowed_updates: ['message'] };
  return api.call('getUpdates', { result: Updates, params, timeoutSeconds: PATIENCE_SECONDS });
}

async function take(
  update: object,
  { api, listening, handling }: { api: TelegramApi; listening: Listening; handling: Handling },
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const request = { headers, body: Buffer.from(JSON.stringify(update)) };
  const greeting = handling.greet(handling.read(request));
  if (greeting === null) await listening.deliver(request);
  else if (greeting.body !== '') await say(api, greeting);
}

/** Nobody gets a second greeting because the first one failed. */
async function say(api: TelegramApi, { body }: Answer): Promise<void> {
  const { method, ...params } = MethodCall.parse(JSON.parse(body));
  await api.call(method, { result: Sent, params }).catch(() => undefined);
}
