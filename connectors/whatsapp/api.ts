import { answeredJson, type AnswerSchema, chatProblem } from '../../src/kit/chat-api.ts';
import type { ChannelGiven } from '../../src/kit/connector.ts';
import { windowClosed } from '../../src/kit/whatsapp-window.ts';
import { ApiRefusal } from './wire.ts';

const ADDRESS = 'https://graph.facebook.com';

/** Each version lives for two years: https://developers.facebook.com/docs/graph-api/changelog */
const VERSION = 'v23.0';

/** Codes of too many calls: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const TOO_OFTEN = new Set([4, 80_007, 130_429, 131_048, 131_056]);

/** Codes of tokens that died, and of rights that are not there. */
const OF_TOKEN = new Set([3, 10, 190, 200, 131_005]);

/** Codes of faults of Meta's own. */
const PASSING = new Set([1, 2, 131_000, 131_016, 133_004]);

/** More than 24 hours have passed since the customer wrote. */
const WINDOW_CLOSED = 131_047;

/**
 * Asks what is at a path, or with `params` does something there.
 *
 * @throws Problem `whatsapp.window-closed`, those of `chatProblem` and of `guardedFetch`
 */
export type WhatsAppApi = <Result>(
  path: string,
  given: { result: AnswerSchema<Result>; params?: object },
) => Promise<Result>;

/** How a file is named until it is fetched. */
export function fileAddress(id: string): string {
  return `${ADDRESS}/${encodeURIComponent(id)}`;
}

/** The id in such an address; null for any other. */
export function fileIdIn(url: string): string | null {
  return url.startsWith(`${ADDRESS}/`) ? decodeURIComponent(url.slice(ADDRESS.length + 1)) : null;
}

/** Meta's Graph API with one token. */
export function createWhatsAppApi({ ask, environment }: ChannelGiven, token: string): WhatsAppApi {
  const base = environment['WHATSAPP_API_URL'] ?? `${ADDRESS}/${VERSION}`;
  return async (path, { result, params }) => {
    const { status, headers, body } = await ask(`${base}/${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(params === undefined ? {} : { method: 'POST', body: Buffer.from(JSON.stringify(params)) }),
    });
    const said = answeredJson(body);
    const read = result.safeParse(said);
    if (status === 200 && read.success) return read.data;
    const refusal = ApiRefusal.safeParse(said);
    const { code, message } = refusal.success ? refusal.data.error : { code: 0, message: '' };
    if (code === WINDOW_CLOSED) throw windowClosed();
    const call = params === undefined ? 'a file' : 'the message';
    const waitSeconds = Number(headers['retry-after'] ?? Number.NaN);
    throw chatProblem({ system: 'WhatsApp', call, status: statusOf(code, status), reason: message, waitSeconds });
  };
}

/** Meta answers 400 to nearly everything, and says with a code what it means. */
function statusOf(code: number, status: number): number {
  if (TOO_OFTEN.has(code)) return 429;
  if (OF_TOKEN.has(code)) return 401;
  return PASSING.has(code) ? 503 : status;
}
